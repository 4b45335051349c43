import type { LanguageData } from './language-data.ts'

export const dutch: LanguageData = {
  title: `dhr mevr mw mr drs dr ir ing prof jhr ds pres min gen kol kap lt sgt burg St H Sint`,
  inner: `bijv bv d.w.z dwz d.m.v dmv i.p.v ipv i.v.m ivm m.b.t mbt m.a.w maw m.n mn o.a oa o.l.v t.a.v tav t.o.v tov
    t.w.v z.g zgn zg evt incl excl resp vgl ca geb overl ned eng aanw vnw bnw znw n.a.v nav i.h.b
    ihb o.i.d t.g.v t.n.v c.q cq v`,
  numeric: `nr nrs no art blz p pag afb fig hfdst hst par bijl dl jrg tel afl tab vers
    jan feb mrt apr jun jul aug sep sept okt nov dec`,
  maybe: `N.V B.V S.V V.S V.K V.N v.Chr n.Chr Inc Ltd Corp Co jr sr U.S U.K`,
  final: `enz etc e.d e.a ed mln mld km cm mm kg min sec u uur jan feb mrt apr jun jul aug sep sept okt nov dec a.m p.m`,
  starters: `De Het Een Deze Dit Die Dat Hij Zij Ze We Wij Ik Je Jij U Er Hier Daar En Maar Of Want Dus In Op Aan Bij Met Voor
    Van Na Naar Om Uit Over Onder Tegen Tijdens Volgens Sinds Door Als Toen Wanneer Omdat Hoewel Terwijl Wat Wie Waar
    Waarom Hoe Ook Nog Nu Niet Geen Alle Veel Sommige Zijn Haar Hun Ons Onze Mijn Is Was Zo Toch Echter Daarom Daarna
    Vandaag Gisteren Morgen Later Inmiddels Bovendien Ja Nee`,
  intro: `om op in na voor sinds rond tot`,
  ordinals: false,
}

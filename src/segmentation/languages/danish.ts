import type { LanguageData } from './language-data.ts'

/** Danish, with the Norwegian and Swedish forms that differ. */
export const danish: LanguageData = {
  title: `hr fr frk dr prof sct skt adv dir kapt gen oberst pastor borgm lekt cand stud mag jur scient polit civ hrr
    Kgl kgl Hds`,
  inner: `bl.a bla f.eks feks fx d.v.s dvs m.m.fl ca evt eks ekskl inkl jf jvf iflg ift m.h.t mht mht p.g.a pga pgl
    s.k sk såk t.ex tex bl bla.a f.d fd dvs resp vedr vha v.h.a ang alm oprl opr mv.v sml tidl o.l.a
    forts fork gl gns hhv h.h.v i.st istf i.s.f kl red spec særl u.å udg overs`,
  numeric: `nr nr. d s p art stk pkt kap kapit afs bd fig tlf tel par § vers bilag N° N.o kl
    jan feb mar apr jun jul aug sep sept okt nov dec`,
  maybe: `A/S ApS U.S U.S.A U.K E.U Co Inc Ltd Corp jr sr s.u S.U i.v f.Kr e.Kr`,
  final: `osv etc m.m mm m.v mv m.fl mfl o.l ol o.s.v o.a kr mio mia km cm mm kg min sek jan feb mar apr maj jun jul aug sep
    sept okt nov dec e.l el e.m f.m a.m p.m A.M P.M tusinde`,
  starters: `Den Det De Der Denne Dette Disse En Et Han Hun Vi Jeg Du I Man Og Men Eller For Så Hvad Hvem Hvor Hvordan Hvorfor
    Hvornår Hvis Når Da Som Efter Før Under Over Med Uden På Til Fra Ved Af Om Mellem Mod Ifølge Siden Her Dér Nu Også
    Ikke Ingen Alle Mange Nogle Flere Hans Hendes Deres Vores Min Mit Mine Din Dit Sin Er Var Har Havde Kan Vil Skal
    Siden Derfor Derefter Desuden Dog Imidlertid I Går Imorgen Ja Nej Måske At Både Hverken Ett Och Att Det Jag Ni
    Hon Vem Vad Var När Jeg Hva Hvor Mens Etter`,
  intro: `kl ved i den om efter før omkring fra til klokken at by on around`,
  ordinals: true,
}

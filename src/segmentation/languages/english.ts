import type { LanguageData } from './language-data.ts'

/** English, and what the other languages in Latin script borrow from it. */
export const english: LanguageData = {
  title: `mr mrs ms mx messrs mmes dr drs prof profs hon rev revd fr msgr Sr Sra Srta br gen lt ltc col maj capt cpt cmdr
    comdr cdr sgt cpl pvt adm brig insp det supt sen sens rep reps gov govs pres amb atty st ste sts mt ft pt
    P.O Sec Sect Maj.Gen Lt.Gen Lt.Col Brig.Gen Rt.Hon Rt.Rev M.Sgt Gov.Gen H.E`,
  inner: `e.g i.e f.e viz vs v cf ca approx resp incl excl esp aka a.k.a i.a`,
  numeric: `no nos nr nrs p pp pg pgs art arts vol vols fig figs ch chap sec sect para paras eq ex ext tel fax
    par cl sched app pt pts ver v n bk ed q rs tab r op apt ste bldg rm fl dept div
    jan feb mar apr jun jul aug sep sept oct nov dec Mon Tue Tues Wed Thu Thur Thurs Fri est`,
  maybe: `al inc ltd llc llp plc corp co cos bros jr snr assn assoc mfg intl natl univ ave blvd rd sq hwy
    U.S U.K U.N E.U U.S.A U.S.S.R U.A.E N.Y L.A D.C N.J N.C S.C B.C Ind Calif Conn Fla Ill Mass Mich Minn Miss Mo
    Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ariz Ark Colo Ga Ky La Md Nev N.H N.M Ala Neb Del Mont`,
  final: `etc a.m p.m A.M P.M I.V am pm B.C B.C.E C.E A.D BC AD esq Ph.D M.D B.A M.A B.Sc M.Sc M.B.A LL.B LL.M LL.D J.D D.D.S D.Phil
    M.Phil Ed.D R.N P.S lb lbs oz ft in mi yd yds fl pt qt gal min mins hr hrs h km cm mm kg g mg m ml l mph kph
    sq.km sq.m sq.mi sq.ft cu.m i.v sec secs est EST PST GMT pct mln bln tn bn`,
  lettered: `vitamin plan group class grade type appendix annex section hepatitis block zone team option part schedule
    exhibit terminal category division wing point article letter`,
  starters: `The This That These Those He She It We They You I His Her Its Our Their My Your There Here What When
    Where Why Who Whom Whose Which How But And Or Nor Yet If Unless In On At For From With By As After Before While
    Although Though However Then Thus Therefore Hence Now Not No Yes A An All Some Many Most Much Few Several Both
    Each Every Either Neither Another Other Others Such Millions Thousands Hundreds Dozens Scores Meanwhile Moreover
    Furthermore Nevertheless Nonetheless Instead Still Also Once Since Until Because Despite During Among Between
    Under Over Through Throughout Within Without Against According Asked Is Are Was Were Do Does Did Has Have Had Can
    Could Will Would Should May Might Must Let Please Of To Into About Again Just Only Even Ever Never Perhaps Maybe
    Today Yesterday Tomorrow Later Earlier Soon Nobody Nothing Everyone Everybody Everything Someone Something Anyone
    Anything Them Him Us Me So Police Officials Experts Critics Activists Protesters Observers Authorities
    Analysts Lawmakers Prosecutors Investigators Residents Witnesses Supporters Opponents Researchers Scientists
    Demonstrators Journalists Lawyers Doctors Workers Rivals`,
  intro: `at by on in around about before after until till since from during between`,
  ordinals: false,
}

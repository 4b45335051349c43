import type { LanguageData } from './language-data.ts'

/** Polish, with common Czech and Slovak forms. */
export const polish: LanguageData = {
  title: `p prof dr hab inż mgr lek doc ks bp abp kard płk ppłk mjr kpt por ppor sierż gen adm św ul al pl os im płk red woj
    pow gm m.st prez premier pos sen min dyr prez mec adw Ing Mgr Bc MUDr JUDr PhDr RNDr nám tř`,
  inner: `np tzn tj tzw m.in ok zob por wg ang niem ros biał ukr fr łac dot ds ws wz pt jw br ub bm ww nt śp
    napr např tzv resp vč cca popř příp tj t.j t.zv pol ur zm`,
  numeric: `nr nry str s art ust pkt par poz rozdz t tom vol z zob tab rys rozp lit ss tel č čl odst obr sv dn m lok
    stycz lut kwiet czerw lip sierp wrzes paźdz listop grudz`,
  maybe: `r w n.e p.n.e Sp Spółka o.o z.o.o S.A sp.k j sp s.r.o s.r a.s spol k.s USA Inc Ltd Corp Co jr sr`,
  final: `itd itp etc godz min sek tys mln mld zł gr km cm kg proc ha rub atd apod ap stycz lut mar kwiet`,
  starters: `To Ten Ta Te Ci Tego Tej Tym On Ona Ono Oni One My Wy Ja Ty I A Ale Lub Albo Oraz Więc Jednak W We Na Z Ze Do Od Po
    Za O Przy Przez Przed Pod Nad Dla Bez Według Podczas Jak Jeśli Jeżeli Gdy Kiedy Gdzie Kto Co Czy Dlaczego Ponieważ
    Choć Chociaż Nie Tak Już Jeszcze Tylko Także Również Też Teraz Potem Dziś Wczoraj Jutro Tam Tu Tutaj Wszyscy
    Wszystkie Wielu Niektórzy Jego Jej Ich Nasz Nasze Mój Jest Był Była Było Były Są Się Każdy Żaden Ponadto Tymczasem
    Dlatego Jako Być Może Toto Je Bol Bola Ale Aj Na Pri Podľa Po Pro Ve Je Jsou Byl`,
  intro: `w o od do po przed około`,
  ordinals: true,
}

import type { LanguageData } from './language-data.ts'

export const german: LanguageData = {
  title: `Fa hr hrn fr frl dr prof Dipl Ing Dipl.-Ing Mag habil med phil jur rer nat h.c Hptm Oblt Gen Sr St Bf Hl hl Kap
    Präs Min Gouv Abg Reg Bgm Pfr Frhr Kfm Mr Mrs Ms Msgr Vors`,
  inner: `bzw z.B zB d.h dh ca vgl lt sog sogen u.a.m z.T zT evtl evt ggf gegebenenfalls i.d.R idR i.e.S i.w.S i.S i.A i.V
    m.E mE o.ä u.U uU z.Zt zzt z.Z zz insb insbes bes einschl ausschl inkl exkl kath ev evang röm dt deutschspr engl
    frz franz russ belaruss belarus ukr poln ital span port amerik europ internat nat öffentl ehem stellv geb verh verw
    gest gegr urspr wörtl übers hrsg bearb verb versch zus zw gem vorm nachm ggü jew allg wiss techn polit wirtsch
    od resp bspw u.zw i.Allg vlt ungef mind max zzgl abzgl betr sen jun v s`,
  numeric: `nr nrn art abs s S Bd bde Kap Abb Tab ziff zif lit par Rn Rz Rdnr Anm Aufl Jg Nr Bl Heft Tel Fax Hausnr Pkt
    Str Stk Kl Abt Abschn Anl Bsp vers Vers Kat Lfg Anh Fn Sp Z Hs Ausg Ver
    Jan Feb Febr Mrz Apr Jun Jul Aug Sept Sep Okt Nov Dez`,
  maybe: `Mio Mrd Tsd Std Stdn Min Sek Co GmbH Inc Ltd Corp jr sr Jr Sr e.V eV v.Chr n.Chr u.Z v.u.Z a.D i.R a.M d.R o.J o.O a.d i.Br i.B 
    U.S U.S.A U.K U.N E.U S.A u.Ä u.ä u.a`,
  final: `usw etc usf uvm u.v.m ff f Jh Jhd Jhdt km cm mm kg Uhr Jan Feb Febr Mrz Apr Aug Sept
    Sep Okt Nov Dez Mo Di Mi Do Fr Sa So p.a m.ü.M o.g`,
  lettered: `Vitamin Plan Gruppe Klasse Typ Anhang Anlage Abschnitt Hepatitis Block Zone Teil Kategorie Buchstabe Punkt`,
  starters: `Der Die Das Des Dem Den Ein Eine Einer Eines Einem Einen Er Sie Es Wir Ich Ihr Du Man Und Aber Oder Doch Denn
    Sondern In Im Am An Auf Aus Bei Beim Bis Mit Nach Nachdem Seit Von Vom Vor Zu Zum Zur Zwar Für Gegen Ohne Um Unter
    Über Durch Während Wegen Trotz Trotzdem Zwischen Hinter Neben Laut So Als Wenn Weil Da Dass Ob Obwohl Wie Wer Was
    Wo Warum Wann Weshalb Wieso Welche Welcher Welches Dort Hier Dann Danach Dabei Damit Dafür Dagegen Daher Darauf
    Daraufhin Darüber Darum Davon Dazu Deshalb Deswegen Diese Dieser Dieses Diesem Diesen Jene Jener Jenes Jede Jeder
    Jedes Alle Alles Viele Einige Manche Mehrere Mehr Kein Keine Keiner Nicht Nichts Nun Nur Noch Nie Niemand Auch Bereits
    Schon Erst Heute Gestern Morgen Jetzt Später Zuvor Zuletzt Zudem Außerdem Allerdings Jedoch Dennoch Inzwischen
    Unterdessen Mittlerweile Sein Seine Seiner Seinem Seinen Ihre Ihrer Ihrem Ihren Unser Unsere Mein Meine Dein Deine
    Sogar Selbst Sobald Solange Sowohl Weder Entweder Immer Oft Manchmal Vielleicht Ja Nein Bitte Ist Sind War Waren
    Hat Haben Hatte Wird Werden Wurde Wurden Kann Können Soll Sollte Muss Müssen Könnte Würde Dadurch Demnach Folglich
    Somit Hingegen Dessen Deren Beide Beides Andere Anders Etwa Rund Weitere Weiter Insgesamt Ihm Ihnen Ihn Uns Mir
    Demonstranten Beobachter Experten Aktivisten`,
  intro: `am im um ab bis seit vor nach gegen von`,
  ordinals: true,
}

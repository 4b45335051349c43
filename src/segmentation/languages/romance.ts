import type { LanguageData } from './language-data.ts'

export const spanish: LanguageData = {
  title: `sr sra srta sres sras srs dr dra drs dres d dª dña lic licda prof profa ing arq abg pdte pdta pdta gral gen cnel tte
    cap capt sgto cmdte mons fr fray hno hna pbro rvdo sto sta san excmo excma ilmo ilma avda av pza pl ctra cra
    urb admón depto dpto min gob`,
  inner: `p.ej pej v.gr vg cf cfr vs ca aprox esp incl máx mín s.l`,
  numeric: `núm núms nro nros no nos n n.º nº N° art arts pág págs p pp vol vols cap caps fig figs inc lám tomo t tel teléf tfno
    ext fax sec secc párr ap apdo lib ley ss s ed mod piso of km kms lun mar mié mier jue vie sáb dom ene feb abr may
    jun jul ago sep sept set oct nov dic`,
  maybe: `EE UU EE.UU FF AA FF.AA JJ OO JJ.OO CC CC.AA RR.HH DD.HH S.A S.L S.R.L C.V cía Inc Ltd Corp Co jr D.C D.F Bs.As a.C d.C
    N.U U.S U.K U.E R.U SS MM`,
  final: `etc a.m p.m hs hrs h min seg km kms kg cm mm mts m g pesos ptas ud uds vd vds mill`,
  lettered: `vitamina plan grupo clase tipo anexo sección hepatitis bloque zona parte categoría letra punto`,
  starters: `El La Los Las Lo Un Una Unos Unas Este Esta Esto Estos Estas Ese Esa Eso Esos Esas Aquel Aquella Él Ella Ellos Ellas
    Nosotros Yo Tú Usted Ustedes Y E O Pero Sino Aunque Porque Pues Si Sí No Ni Que Qué Quién Cómo Cuándo Dónde Por
    Cuando Donde Como Mientras Según Durante Desde Hasta Entre Sobre Tras Ante Bajo Con Contra Sin Para En De Del Al A
    Hacia Después Antes Luego Entonces Ahora Hoy Ayer Mañana Aquí Allí También Tampoco Ya Aún Todavía Siempre Nunca
    Además Así Sin Embargo Todos Todas Muchos Muchas Algunos Algunas Varios Cada Otro Otra Otros Otras Su Sus Mi Mis
    Nuestro Nuestra Se Le Les Me Nos Hay Es Son Era Fue Ha Han Había Tenía Está Están Nadie Nada Algo Alguien Ambos
    Miles Millones Cientos Quizás Quizá Más Disponían`,
  intro: `a el en desde hasta hacia para sobre`,
  ordinals: false,
}

export const portuguese: LanguageData = {
  title: `sr sra srs sras srta dr dra drs dras d dª prof profa profs eng enga arq adv pe fr frei gen gal cel ten cap maj sgt
    cmdt almte exmo exma ilmo ilma V.Exa S.Exa pres min dep sen gov st sto sta r av al trav pç pça estr rod`,
  inner: `p.ex pex v.g cf cfr vs ca aprox i.e incl máx mín esp lat ing tb tbm obs`,
  numeric: `n n.º nº n.o no nos núm art arts pág págs p pp vol vols cap caps fig figs inc al tel telef ext fax sec séc par
    § dec tab quad doc proc ed t km jan fev mar abr mai jun jul ago set out nov dez seg ter qua qui sex sáb dom`,
  maybe: `S.A Ltda Lda Cia Inc Ltd Corp Co jr E.U.A EUA U.E ONU a.C d.C D.C R.U U.S U.K S.P R.J`,
  final: `etc a.m p.m h hs hrs min seg km kg cm mm m mil milh`,
  lettered: `vitamina plano grupo classe tipo anexo seção secção hepatite bloco zona parte categoria letra ponto`,
  starters: `O A Os As Um Uma Uns Umas Este Esta Isto Estes Estas Esse Essa Isso Esses Essas Aquele Aquela Aquilo Ele Ela Eles
    Elas Nós Eu Tu Você Vocês E Ou Mas Porém Contudo Todavia Embora Porque Pois Se Sim Não Nem Que Quem Como Quando
    Onde Qual Quais Enquanto Segundo Durante Desde Até Entre Sobre Após Ante Sob Com Contra Sem Para Por Pelo Pela Em
    No Na Nos Nas Num Numa De Do Da Dos Das Ao Aos À Às Depois Antes Então Agora Hoje Ontem Amanhã Aqui Ali Lá Também
    Já Ainda Sempre Nunca Além Assim Todos Todas Muitos Muitas Alguns Algumas Vários Várias Cada Outro Outra Outros
    Outras Seu Sua Seus Suas Meu Minha Nosso Nossa Há É São Era Foi Foram Tem Têm Tinha Está Estão Ninguém Nada Algo
    Alguém Ambos Milhares Milhões Centenas Talvez Mais Apesar`,
  intro: `às as em desde até por pelas à`,
  ordinals: false,
}

export const french: LanguageData = {
  title: `M MM Mr Mrs Me Mes Mgr Dr Drs Pr Prof St Ste Sts Gal Cdt Cap Col Lt Sgt av apr bd boul pl rte Vve Cte Vte Bne
    min dép sén prés gouv Hon Rév`,
  inner: `p.ex cf c.-à-d c-à-d càd env vs ca i.e adj adv ex anc auj approx av.J.-C loc apr.J.-C
    zool bot`,
  numeric: `no nos n° nº n art arts p pp pg vol vols chap ch fig figs al § tél tel ext fax sect t tome réf par liv éd dép ann
    janv févr fév avr juil juill sept oct nov déc lun mar jeu ven dim`,
  maybe: `S.A S.A.S S.A.R.L Cie Ltd Inc Corp Co jr J.-C J.C N.B P.-S É.-U E.U U.E U.S U.K O.N.U R.-U LL.AA.II.RR Ph.D`,
  final: `etc h min sec km kg cm mm hab suiv sq sqq a.m p.m`,
  lettered: `vitamine plan groupe classe type annexe section hépatite bloc zone partie catégorie lettre point`,
  starters: `Le La Les L Un Une Des Du De D Ce Cet Cette Ces C Il Elle Ils Elles On Nous Vous Je J Tu Et Ou Mais Or Donc Car Ni Si Que
    Qui Quoi Qu Quand Où Comme Comment Pourquoi Lorsque Lorsqu Puisque Parce Selon Pendant Durant Depuis Entre Sur Sous
    Après Avant Avec Contre Sans Pour Par En Dans Au Aux À Dès Chez Vers Puis Ensuite Alors Ainsi Aujourd Hier Demain
    Ici Là Aussi Déjà Encore Toujours Jamais Cependant Pourtant Toutefois Néanmoins Tous Toutes Tout Toute Plusieurs
    Certains Certaines Chaque Autre Autres Son Sa Ses Leur Leurs Mon Ma Mes Notre Nos Votre Se S Ne N Y Est Sont Était A
    Ont Avait Personne Rien Quelques Beaucoup Malgré Mieux Plus Même Oui Non Celui Celle Ceux Cela Ça Voilà Voici Des
    Trois Deux Logiquement`,
  intro: `à en vers le depuis dès avant après jusqu`,
  ordinals: false,
}

export const italian: LanguageData = {
  title: `sig sigg sig.ra sigra sig.na dott dott.ssa dottssa dr prof prof.ssa profssa ing avv arch rag geom on sen min pres gen
    col cap ten magg serg mons card s ss egr gent spett v.le p.za p.zza c.so dir amm v.cte F.P cav comm
    uff rev`,
  inner: `ad.es es p.es cfr cf vs ca i.e c.d cd cosidd max meteor idraul econ az lett lat ted`,
  numeric: `n nn n.ro nr nro num art artt pag pagg p pp vol voll cap capp fig figg tab tel fax int lett par sez ed t gen
    feb mar apr mag giu lug ago set sett ott nov dic lun mer gio ven sab dom`,
  maybe: `S.p.A SpA S.r.l Srl S.a.s S.n.c Inc Ltd Corp Co jr a.C d.C U.S.A U.E N.U U.K`,
  final: `ecc etc h min sec km kg cm mm mq mc a.m p.m mld mln`,
  lettered: `vitamina piano gruppo classe tipo allegato sezione epatite blocco zona parte categoria lettera punto`,
  starters: `Il Lo La I Gli Le L Un Uno Una Questo Questa Questi Queste Quello Quella Quelli Quelle Egli Lui Lei Esso Essa Loro Noi
    Io Tu Voi E Ed O Ma Però Anche Se Sì No Non Né Che Chi Cosa Come Quando Dove Perché Quale Quali Mentre Secondo
    Durante Dopo Prima Poi Tra Fra Su Sotto Con Contro Senza Per In Nel Nella Nei Nelle Negli Di Del Della Dei Delle Da
    Dal Dalla Al Alla Ai Alle A Ad Già Ancora Sempre Mai Oggi Ieri Domani Qui Qua Là Così Ora Allora Inoltre Tuttavia
    Tutti Tutte Tutto Molti Molte Alcuni Alcune Ogni Altro Altri Suo Sua Suoi Nostro Mio C È Sono Era Fu Ha Hanno Aveva
    Nessuno Niente Nulla Qualcuno Entrambi Migliaia Milioni Forse Più Grazie`,
  intro: `alle in dal nel il verso prima dopo`,
  ordinals: false,
}

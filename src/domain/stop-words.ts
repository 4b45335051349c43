/** Words that hold a sentence together and name nothing: no phrase of a term base has them. Written for this project. */
const LISTS: Readonly<Record<string, string>> = {
  en: `a about above after again against all almost also although always am among an and another any are as at away
    back be became because become been before behind being below between both but by came can cannot come could did do
    does doing done down during each either else enough even ever every few first for from further get go got had has
    have having he her here hers herself him himself his how however i if in into is it its itself just last least less
    like made make many may me might mine more most much must my myself near need neither never new next no nobody none
    nor not nothing now of off often old on once one only onto or other others our ours out over own per perhaps put
    quite rather really said same say says second see seen several shall she should since so some something soon still
    such take taken than that the their theirs them themselves then there these they thing things this those though
    three through thus to today together told too toward towards two under until up upon us use used very was way we
    well went were what when where whether which while who whom whose why will with within without would year years
    yesterday yet you your yours yourself`,
  de: `aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
    bereits bis da dabei damit danach dann daran darauf das dass dazu dein deine dem den denn der des deshalb die dies
    diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einige einmal er es etwa etwas
    für gegen hat hatte hatten habe haben hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist
    ja jede jedem jeden jeder jedes jedoch jetzt kann kein keine keinem keinen keiner können konnte konnten machen mehr
    mein mit muss müssen nach nachdem neben nicht nichts noch nun nur ob oder ohne sagte schon sehr sein seine seinem
    seinen seiner seit selbst sich sie sind so sogar solche soll sollen sondern sowie über um und uns unser unter viel
    viele vom von vor war waren was wegen weil weiter welche wenn wer werden wie wieder will wir wird wo wurde wurden
    zu zum zur zwar zwei zwischen`,
  es: `a al algo algunas algunos ante antes aquel aquella así aún aunque bajo bien cada casi como con contra cosas cual
    cuando cuya cuyo de del desde después donde dos durante e el él ella ellas ellos en entre era eran es esa ese eso
    esta está están este esto estos fue fueron ha había habían hace hacia han hasta hay la las le les lo los más me
    mientras mi mientras mismo mucho muchos muy nada ni no nos nosotros o otra otro otros para pero poco por porque
    primero pues que qué quien quienes se sea según ser si sí sido sin sobre son su sus también tan tanto te tiene
    tienen todo toda todos todas tras tres tu un una uno unos unas ya yo`,
  fr: `à afin ai ainsi alors après au aucun aussi autre autres aux avaient avait avant avec avoir beaucoup bien car ce
    cela celle celles celui ces cet cette ceux chaque chez comme comment contre dans de déjà depuis des deux dit donc
    dont du elle elles en encore entre est et étaient était être eu eux fait faire fois furent fut il ils je jusque la
    le les leur leurs lors lorsque lui mais me même mêmes mes moins mon ne ni non nos notre nous on ont ou où par parce
    pas pendant peu peut plus pour pourquoi pouvait presque puis qu quand que quel quelle quelques qui sa sans se selon sera
    ses si son sont sous sur ta tandis te tes ton tous tout toute toutes très trois trop tu un une vers votre vous y`,
  pt: `a à ao aos aquela aquele aqui as às assim até cada com como contra da das de dela dele depois desde do dois dos e é
    ela elas ele eles em entre era eram essa esse esta está estão este eu foi foram há isso isto já lhe mais mas me
    mesmo meu muito muitos na não nas nem no nos nós o onde os ou outra outro outros para pela pelas pelo pelos por
    porque quando que quem são se seja sem ser seu seus só sobre sua suas também tão tem têm tinha toda todas todo
    todos tudo um uma umas uns você`,
  it: `a ad ai al alla alle allo anche ancora agli che chi ci come con contro cui da dagli dai dal dalla dalle dei del
    della delle dello di dopo dove due e è ed era erano essere fa fino fra già gli ha hanno i il in io la le lei lo
    loro lui ma mentre mi molto ne negli nei nel nella nelle non o ogni per perché più poi prima quale quando quella
    quelle quelli quello questa queste questi questo qui se senza si sia sono stata stato su sua sue sugli sui sul
    sulla suo suoi tra tutte tutti tutto un una uno`,
  ru: `а без более был была были было быть в вам вас ведь весь во вот все всего всех вы где да даже для до его ее её если
    есть еще ещё же за здесь и из или им их к как какой когда кого который которая которые которых кто ли лишь между
    меня мне много может можно мой мы на над надо наш не него нее нет ни них но ну о об один однако он она они оно от
    очень перед по под после потом потому почти при про раз с сам свой себя сейчас со так также такой там те тем то
    тогда того тоже только том тот ты у уже хотя чего чем через что чтобы эта эти это этого этой этом этот я`,
  be: `а або аб але ад без больш быў была былі было быць бо вы вас ва вельмі гэта гэтага гэты гэтая гэтым да для дзе ды
    ёсць ён яна яны яно з за і з-за каб калі каля ж же між мы можа на над нас не ні няма па пад паміж паводле перад праз
    пры пра пасля са сваё свой свае сябе таго так таксама там тое той тым ты тых толькі у ў уже ужо усе ўсе хто хоць
    цяпер час што яго яе як які якая якія якіх іх ім`,
  uk: `а або але без більш був була були було бути в вам вас ви від він вона вони воно все всі вже де для до є ж за з
    і із й його її їх їм коли крім лише між мене ми можна може на над навіть не немає ні них але о один однак перед
    під після по при про раз саме свій себе та так також там те тим ти тільки то тобто того тому той у усі хоча хто це
    цей ці цього через чи що щоб як який яка які яких`,
  pl: `a aby ale albo bardzo bez bo by być był była było były ci co czy dla do dwa gdy gdzie go i ich ile im inne ja jak
    jako jednak jego jej jest jeszcze jeśli już każdy kiedy kto która które którego których który lub ma mają między mi
    mnie może można my na nad nam nas nawet nie niż no o od on ona one oni oraz pan po pod podczas ponieważ przed przez
    przy są się także tak tam te tego tej ten też to tu tych tylko tym u w we więc wszystko z za ze że żeby`,
}

const SETS = new Map<string, ReadonlySet<string>>(
  Object.entries(LISTS).map(([language, list]) => [language, new Set(list.trim().split(/\s+/))]),
)
const NONE: ReadonlySet<string> = new Set()

/** @param language its subtag. @returns in lower case; none for a language that has no list yet */
export function stopWordsOf(language: string): ReadonlySet<string> {
  return SETS.get(language) ?? NONE
}

/** Sentences and their translations, made up for this test: what a careful translator writes, and what not. */
type Translation = { readonly source: string; readonly locale: string; readonly target: string }

/** `count`: how many terms stand in the source. */
export const GOOD_TRANSLATIONS: readonly (Translation & { readonly count: number })[] = [
  ...translations("OMON and the Militsiya detained Lukashenko's opponents in Minsk under Article 23.34.", 5, {
    de: 'Die OMON-Einheiten und die Miliz nahmen Lukaschenkos Gegner in Minsk nach Artikel 23.34 fest.',
    fr: 'L’OMON et la militsia ont arrêté les opposants de Loukachenko à Minsk au titre de l’article 23.34.',
    es: 'El OMON y la militsia detuvieron a opositores de Lukashenko en Minsk según el artículo 23.34.',
    'pt-BR': 'O OMON e a militsia detiveram opositores de Lukashenko em Minsk com base no artigo 23.34.',
    ru: 'ОМОНом и милицией в Минске были задержаны противники Лукашенко по статье 23.34.',
    be: 'АМАПам і міліцыяй у Мінску былі затрыманыя праціўнікі Лукашэнкі паводле артыкула 23.34.',
  }),
  ...translations(
    'The Belarusian strike committee of the Minsk Tractor Works, a general strike, Italian strikes and trade unions.',
    6,
    {
      de: 'Das belarusische Streikkomitee des Minsker Traktorenwerks, ein Generalstreik, Dienst nach Vorschrift und Gewerkschaften.',
    },
  ),
  ...translations(
    'The Belarusian strike committees of the Minsk Tractor Works, a general strike, an Italian strike and trade unions.',
    6,
    {
      'pt-BR':
        'Os comitês de greve belarussos da fábrica de tratores de Minsk, uma greve geral, uma operação-padrão e sindicatos.',
      'pt-PT':
        'Os comités de greve bielorrussos da fábrica de tratores de Minsk, uma greve geral, uma greve de zelo e sindicatos.',
      fr: 'Les comités de grève bélarusses de l’usine de tracteurs de Minsk, une grève générale, une grève du zèle et des syndicats.',
      es: 'Los comités de huelga bielorrusos de la fábrica de tractores de Minsk, una huelga general, una huelga de celo y sindicatos.',
      ru: 'Белорусские стачечные комитеты Минского тракторного завода, всеобщая забастовка, итальянская забастовка и профсоюзы.',
      be: 'Беларускія страйкавыя камітэты Мінскага трактарнага завода, агульны страйк, італьянскі страйк і прафсаюзы.',
    },
  ),
  ...translations(
    'The KGB of Belarus, the Coordination Council, the Investigative Committee and the Central Election Commission spoke of Decree No. 3.',
    5,
    {
      de: 'Der KGB von Belarus, der Koordinierungsrat, das Ermittlungskomitee und die Zentrale Wahlkommission sprachen über Dekret Nr. 3.',
      ru: 'КГБ Беларуси, члены Координационного совета, сотрудники Следственного комитета и Центральной избирательной комиссии говорили о Декрете № 3.',
      be: 'КДБ Беларусі, сябры Каардынацыйнай рады, супрацоўнікі Следчага камітэта і Цэнтральнай выбарчай камісіі казалі пра Дэкрэт № 3.',
      fr: 'Le KGB du Bélarus, le Conseil de coordination, le Comité d’enquête et la Commission électorale centrale ont parlé du décret nº 3.',
      'pt-PT':
        'O KGB da Bielorrússia, o Conselho de Coordenação, o Comité de Investigação e a Comissão Eleitoral Central falaram do Decreto n.º 3.',
    },
  ),
  ...translations(
    'Tsikhanouskaya, Kalesnikava, Tsapkala, Babaryka, Latushka, Kavalkova, Alexievich and Dyleuski',
    8,
    {
      de: 'Tichanowskaja, Kolesnikowa, Zepkalo, Babariko, Latuschko, Kowalkowa, Alexijewitsch und Dylewski',
      be: 'Ціханоўскай, Калеснікавай, Цапкалы, Бабарыкі, Латушкі, Кавальковай, Алексіевіч і Дылеўскага',
      ru: 'Тихановской, Колесниковой, Цепкало, Бабарико, Латушко, Ковальковой, Алексиевич и Дылевского',
    },
  ),
  ...translations(
    'Belarus, the Republic of Belarus and the Belarusian people called “Sasha 3%”, with white-red-white flags and political prisoners.',
    6,
    {
      fr: 'Le Bélarus, la République du Bélarus et le peuple bélarusse l’appelaient « Sacha 3 % », avec des drapeaux blanc-rouge-blanc et des prisonniers politiques.',
      be: 'Беларусь, у Рэспубліцы Беларусь беларускі народ называў яго «Саша 3 %», з бел-чырвона-белымі сцягамі і палітвязнямі.',
      ru: 'Беларусь, в Республике Беларусь белорусский народ называл его «Саша 3 %», с бело-красно-белыми флагами и политзаключенными.',
      es: 'Bielorrusia, la República de Bielorrusia y el pueblo bielorruso lo llamaban «Sasha 3 %», con banderas blancas, rojas y blancas y presos políticos.',
    },
  ),
  ...translations(
    "The Women's March, the March of the Non-Parasites and rubber bullets, stun grenades, an avtozak and titushki.",
    6,
    {
      de: 'Der Frauenmarsch, der Marsch der Nicht-Schmarotzer und Gummigeschosse, Blendgranaten, ein Gefangenentransporter und Tituschki.',
      be: 'Жаночы марш, Марш недармаедаў і гумовыя кулі, светлашумавыя гранаты, аўтазак і цітушкі.',
      'pt-BR':
        'A Marcha das Mulheres, a Marcha dos Não Parasitas e balas de borracha, bombas de efeito moral, um camburão e titushki.',
    },
  ),
  ...translations(
    'Siloviki from the Internal Troops at BelAZ, Naftan, Grodno Azot and Belaruskali in Zhodzina and Homel.',
    8,
    {
      ru: 'Силовики из внутренних войск на БелАЗе, «Нафтане», «Гродно Азоте» и «Беларуськалии» в Жодино и Гомеле.',
      be: 'Сілавікі з унутраных войскаў на БелАЗе, «Нафтане», «Гродна Азоце» і «Беларуськаліі» ў Жодзіне і Гомелі.',
      de: 'Silowiki der Inneren Truppen bei BelAZ, Naftan, Grodno Azot und Belaruskali in Schodsina und Homel.',
    },
  ),
  ...translations(
    'Minsk Tractor Works (MTZ), the Belarusian Congress of Democratic Trade Unions (BKDP) and the Central Election Commission (CEC)',
    6,
    {
      be: 'Мінскі трактарны завод (МТЗ), Беларускі кангрэс дэмакратычных прафсаюзаў (БКДП) і Цэнтральная выбарчая камісія (ЦВК)',
      ru: 'Минский тракторный завод (МТЗ), Белорусский конгресс демократических профсоюзов (БКДП) и Центральная избирательная комиссия (ЦИК)',
      de: 'Das Minsker Traktorenwerk (MTZ), der Belarusische Kongress Demokratischer Gewerkschaften (BKDP) und die Zentrale Wahlkommission (ZWK)',
      es: 'La fábrica de tractores de Minsk (MTZ), el Congreso Bielorruso de Sindicatos Democráticos (BKDP) y la Comisión Electoral Central (CEC)',
      fr: 'L’usine de tracteurs de Minsk (MTZ), le Congrès bélarusse des syndicats démocratiques (BKDP) et la Commission électorale centrale (CEC)',
      'pt-BR':
        'A fábrica de tratores de Minsk (MTZ), o Congresso Belarusso de Sindicatos Democráticos (BKDP) e a Comissão Eleitoral Central (CEC)',
      'pt-PT':
        'A fábrica de tratores de Minsk (MTZ), o Congresso Bielorrusso de Sindicatos Democráticos (BKDP) e a Comissão Eleitoral Central (CEC)',
    },
  ),
  ...translations('White-red-white ribbons: “Zhyve Belarus!”, long live Belarus, “Mr. 3%”, says Viasna.', 5, {
    be: 'Бел-чырвона-белыя стужкі: «Жыве Беларусь!», жыве Беларусь, «Містар 3%», кажа «Вясна».',
    ru: 'Бело-красно-белые ленты: «Жыве Беларусь!», да здравствует Беларусь, «Мистер 3%», сообщает «Вясна».',
    de: 'Weiß-rot-weiße Bänder: „Schywe Belarus!“, es lebe Belarus, „Mr. 3 %“, sagt Wjasna.',
    es: 'Cintas blancas, rojas y blancas: «¡Zhive Belarus!», viva Bielorrusia, «Mr. 3 %», dice Viasna.',
    fr: 'Des rubans blanc-rouge-blanc : « Jyvé Belarus ! », vive le Bélarus, « M. 3 % », dit Viasna.',
    'pt-BR': 'Fitas brancas, vermelhas e brancas: “Zhyve Belarus!”, viva Belarus, “Sr. 3%”, diz a Viasna.',
    'pt-PT':
      'Fitas brancas, vermelhas e brancas: «Zhyve Belarus!», viva a Bielorrússia, «Sr. 3%», diz a Viasna.',
  }),
]

export const FORBIDDEN_WORDS: readonly (Translation & {
  readonly conceptId: string
  readonly word: string
})[] = [
  {
    conceptId: 'omon',
    source: 'OMON came.',
    locale: 'de',
    target: 'Die Bereitschaftspolizei kam.',
    word: 'Bereitschaftspolizei',
  },
  {
    conceptId: 'omon',
    source: 'OMON came.',
    locale: 'fr',
    target: 'La police anti-émeute est venue.',
    word: 'police anti-émeute',
  },
  {
    conceptId: 'omon',
    source: 'OMON came.',
    locale: 'es',
    target: 'Vino la policía antidisturbios.',
    word: 'policía antidisturbios',
  },
  {
    conceptId: 'omon',
    source: 'OMON came.',
    locale: 'pt-BR',
    target: 'A tropa de choque chegou.',
    word: 'tropa de choque',
  },
  {
    conceptId: 'omon',
    source: 'OMON came.',
    locale: 'pt-PT',
    target: 'A polícia de intervenção chegou.',
    word: 'polícia de intervenção',
  },
  {
    conceptId: 'militsiya',
    source: 'The Militsiya came.',
    locale: 'fr',
    target: 'La milice est venue.',
    word: 'milice',
  },
  {
    conceptId: 'militsiya',
    source: 'The Militsiya came.',
    locale: 'es',
    target: 'Vino la milicia.',
    word: 'milicia',
  },
  {
    conceptId: 'militsiya',
    source: 'The Militsiya came.',
    locale: 'pt-BR',
    target: 'A milícia chegou.',
    word: 'milícia',
  },
  {
    conceptId: 'militsiya',
    source: 'The Militsiya came.',
    locale: 'ru',
    target: 'Пришла полиция.',
    word: 'полиция',
  },
  {
    conceptId: 'belarus',
    source: 'They live in Belarus.',
    locale: 'de',
    target: 'Sie leben in Weißrussland.',
    word: 'Weißrussland',
  },
  {
    conceptId: 'belarus',
    source: 'They live in Belarus.',
    locale: 'ru',
    target: 'Они живут в Белоруссии.',
    word: 'Белоруссии',
  },
  {
    conceptId: 'belarus',
    source: 'They live in Belarus.',
    locale: 'fr',
    target: 'Ils vivent en Russie blanche.',
    word: 'Russie blanche',
  },
  {
    conceptId: 'belarusian',
    source: 'A Belarusian newspaper',
    locale: 'de',
    target: 'Eine weißrussische Zeitung',
    word: 'weißrussische',
  },
  {
    conceptId: 'lukashenko',
    source: 'Lukashenko spoke.',
    locale: 'de',
    target: 'Lukashenko sprach.',
    word: 'Lukashenko',
  },
  {
    conceptId: 'lukashenko',
    source: 'Lukashenko spoke.',
    locale: 'fr',
    target: 'Lukashenko a parlé.',
    word: 'Lukashenko',
  },
  {
    conceptId: 'tsikhanouskaya',
    source: 'Tsikhanouskaya spoke.',
    locale: 'fr',
    target: 'Tikhanovskaya a parlé.',
    word: 'Tikhanovskaya',
  },
  {
    conceptId: 'italian-strike',
    source: 'They began an Italian strike.',
    locale: 'pt-BR',
    target: 'Começaram uma greve de zelo.',
    word: 'greve de zelo',
  },
  {
    conceptId: 'white-red-white-flag',
    source: 'A white-red-white flag',
    locale: 'de',
    target: 'Eine rot-weiß-rote Flagge',
    word: 'rot-weiß-rote Flagge',
  },
  {
    conceptId: 'okrestina',
    source: 'in the Okrestina detention centre',
    locale: 'fr',
    target: 'à la prison d’Okrestina',
    word: 'prison d’Okrestina',
  },
]

function translations(source: string, count: number, targets: Readonly<Record<string, string>>) {
  return Object.entries(targets).map(([locale, target]) => ({ source, locale, target, count }))
}

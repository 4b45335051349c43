/**
 * Sentences written for this bench with references in four languages by the same hand, so that chrF can say whether
 * a sentence reads worse once its terms are held to the term base `glossary/belarus-2020`. CC0 1.0.
 */
export type ReferenceSentence = {
  readonly en: string
  readonly es: string
  readonly fr: string
  readonly 'pt-BR': string
  readonly 'pt-PT': string
}

export const REFERENCE_SENTENCES: readonly ReferenceSentence[] = [
  {
    en: 'OMON closed the centre of Minsk on Sunday.',
    es: 'El domingo, OMON cerró el centro de Minsk.',
    fr: 'Dimanche, l’OMON a fermé le centre de Minsk.',
    'pt-BR': 'No domingo, OMON fechou o centro de Minsk.',
    'pt-PT': 'No domingo, OMON fechou o centro de Minsk.',
  },
  {
    en: 'The Internal Troops stood with shields near the Palace of Independence.',
    es: 'Las Tropas Internas estaban con escudos cerca del Palacio de la Independencia.',
    fr: 'Les Troupes intérieures se tenaient avec des boucliers près du palais de l’Indépendance.',
    'pt-BR': 'As Tropas Internas estavam com escudos perto do Palácio da Independência.',
    'pt-PT': 'As Tropas Internas estavam com escudos perto do Palácio da Independência.',
  },
  {
    en: 'The Central Election Commission announced the result in the evening.',
    es: 'La Comisión Electoral Central anunció el resultado por la tarde.',
    fr: 'La Commission électorale centrale a annoncé le résultat dans la soirée.',
    'pt-BR': 'A Comissão Eleitoral Central anunciou o resultado à noite.',
    'pt-PT': 'A Comissão Eleitoral Central anunciou o resultado à noite.',
  },
  {
    en: 'Workers of the Minsk Tractor Works demanded new elections.',
    es: 'Los trabajadores de la fábrica de tractores de Minsk exigieron nuevas elecciones.',
    fr: 'Les ouvriers de l’usine de tracteurs de Minsk ont exigé de nouvelles élections.',
    'pt-BR': 'Os trabalhadores da fábrica de tratores de Minsk exigiram novas eleições.',
    'pt-PT': 'Os trabalhadores da fábrica de tratores de Minsk exigiram novas eleições.',
  },
  {
    en: 'Nobody in the country has forgotten Decree No. 3.',
    es: 'Nadie en el país ha olvidado el Decreto n.º 3.',
    fr: 'Personne dans le pays n’a oublié le décret nº 3.',
    'pt-BR': 'Ninguém no país esqueceu o Decreto n.º 3.',
    'pt-PT': 'Ninguém no país esqueceu o Decreto n.º 3.',
  },
  {
    en: 'The March of the Non-Parasites was the largest protest in years.',
    es: 'La Marcha de los No Parásitos fue la mayor protesta en años.',
    fr: 'La Marche des non-parasites était la plus grande manifestation depuis des années.',
    'pt-BR': 'A Marcha dos Não Parasitas foi o maior protesto em anos.',
    'pt-PT': 'A Marcha dos Não Parasitas foi o maior protesto em anos.',
  },
  {
    en: 'The strike committee met the director of the plant.',
    es: 'El comité de huelga se reunió con el director de la planta.',
    fr: 'Le comité de grève a rencontré le directeur de l’usine.',
    'pt-BR': 'O comitê de greve se reuniu com o diretor da fábrica.',
    'pt-PT': 'O comité de greve reuniu-se com o diretor da fábrica.',
  },
  {
    en: 'Tsikhanouskaya called a national strike.',
    es: 'Tijanóvskaya convocó una huelga nacional.',
    fr: 'Tikhanovskaïa a appelé à une grève nationale.',
    'pt-BR': 'Tikhanovskaya convocou uma greve nacional.',
    'pt-PT': 'Tikhanovskaya convocou uma greve nacional.',
  },
  {
    en: 'The Investigative Committee has not opened a case.',
    es: 'El Comité de Investigación no ha abierto ningún caso.',
    fr: 'Le Comité d’enquête n’a ouvert aucune affaire.',
    'pt-BR': 'O Comitê de Investigação não abriu nenhum caso.',
    'pt-PT': 'O Comité de Investigação não abriu nenhum caso.',
  },
  {
    en: 'The fine was 20 base units.',
    es: 'La multa era de 20 unidades básicas.',
    fr: 'L’amende était de 20 unités de base.',
    'pt-BR': 'A multa era de 20 unidades básicas.',
    'pt-PT': 'A multa era de 20 unidades base.',
  },
  {
    en: 'Members of the Coordination Council were arrested by the KGB of Belarus.',
    es: 'Miembros del Consejo de Coordinación fueron detenidos por el KGB de Bielorrusia.',
    fr: 'Des membres du Conseil de coordination ont été arrêtés par le KGB du Bélarus.',
    'pt-BR': 'Membros do Conselho de Coordenação foram presos pelo KGB de Belarus.',
    'pt-PT': 'Membros do Conselho de Coordenação foram detidos pelo KGB da Bielorrússia.',
  },
  {
    en: 'The human rights centre Viasna counts more than 120 political prisoners.',
    es: 'El centro de derechos humanos Viasna cuenta más de 120 presos políticos.',
    fr: 'Le centre de défense des droits humains Viasna compte plus de 120 prisonniers politiques.',
    'pt-BR': 'O centro de direitos humanos Viasna conta mais de 120 presos políticos.',
    'pt-PT': 'O centro de direitos humanos Viasna conta mais de 120 presos políticos.',
  },
  {
    en: 'This is the Square of Changes.',
    es: 'Esta es la Plaza de los Cambios.',
    fr: 'C’est la place du Changement.',
    'pt-BR': 'Esta é a Praça das Mudanças.',
    'pt-PT': 'Esta é a Praça das Mudanças.',
  },
  {
    en: 'The House of Representatives did not discuss the law.',
    es: 'La Cámara de Representantes no discutió la ley.',
    fr: 'La Chambre des représentants n’a pas discuté la loi.',
    'pt-BR': 'A Câmara dos Representantes não discutiu a lei.',
    'pt-PT': 'A Câmara dos Representantes não discutiu a lei.',
  },
  {
    en: 'The miners of Belaruskali began an Italian strike in Salihorsk.',
    es: 'Los mineros de Belaruskali iniciaron una huelga de celo en Soligorsk.',
    fr: 'Les mineurs de Belaruskali ont commencé une grève du zèle à Soligorsk.',
    'pt-BR': 'Os mineiros da Belaruskali começaram uma operação-padrão em Soligorsk.',
    'pt-PT': 'Os mineiros da Belaruskali começaram uma greve de zelo em Soligorsk.',
  },
  {
    en: 'The Federation of Trade Unions of Belarus supported the president.',
    es: 'La Federación de Sindicatos de Bielorrusia apoyó al presidente.',
    fr: 'La Fédération des syndicats du Bélarus a soutenu le président.',
    'pt-BR': 'A Federação de Sindicatos de Belarus apoiou o presidente.',
    'pt-PT': 'A Federação dos Sindicatos da Bielorrússia apoiou o presidente.',
  },
  {
    en: 'On Saturday the Women’s March went through the centre.',
    es: 'El sábado, la Marcha de las Mujeres recorrió el centro.',
    fr: 'Samedi, la Marche des femmes a traversé le centre.',
    'pt-BR': 'No sábado, a Marcha das Mulheres passou pelo centro.',
    'pt-PT': 'No sábado, a Marcha das Mulheres passou pelo centro.',
  },
  {
    en: 'The Militsiya used stun grenades and rubber bullets.',
    es: 'La militsia usó granadas aturdidoras y balas de goma.',
    fr: 'La militsia a utilisé des grenades assourdissantes et des balles en caoutchouc.',
    'pt-BR': 'A militsia usou bombas de efeito moral e balas de borracha.',
    'pt-PT': 'A militsia usou granadas de atordoamento e balas de borracha.',
  },
  {
    en: 'She spent ten days in the Okrestina detention centre.',
    es: 'Pasó diez días en el centro de detención de Okréstina.',
    fr: 'Elle a passé dix jours au centre de détention d’Okrestina.',
    'pt-BR': 'Ela passou dez dias no centro de detenção de Okrestina.',
    'pt-PT': 'Ela passou dez dias no centro de detenção de Okrestina.',
  },
  {
    en: 'Lukashenko spoke to the workers of BelAZ in Zhodzina.',
    es: 'Lukashenko habló con los trabajadores de BelAZ en Zhódino.',
    fr: 'Loukachenko a parlé aux ouvriers de BelAZ à Jodino.',
    'pt-BR': 'Lukashenko falou com os trabalhadores da BelAZ em Zhodino.',
    'pt-PT': 'Lukashenko falou com os trabalhadores da BelAZ em Zhodino.',
  },
  {
    en: 'An old woman carried a white-red-white flag through Independence Square.',
    es: 'Una anciana llevaba una bandera blanca, roja y blanca por la plaza de la Independencia.',
    fr: 'Une vieille femme portait un drapeau blanc-rouge-blanc sur la place de l’Indépendance.',
    'pt-BR': 'Uma velha mulher levava uma bandeira branca, vermelha e branca pela praça da Independência.',
    'pt-PT': 'Uma velha mulher levava uma bandeira branca, vermelha e branca pela praça da Independência.',
  },
  {
    en: 'The Belarusian Association of Journalists defended the reporters of Belsat.',
    es: 'La Asociación Bielorrusa de Periodistas defendió a los reporteros de Belsat.',
    fr: 'L’Association bélarusse des journalistes a défendu les reporters de Belsat.',
    'pt-BR': 'A Associação Belarussa de Jornalistas defendeu os repórteres da Belsat.',
    'pt-PT': 'A Associação Bielorrussa de Jornalistas defendeu os repórteres da Belsat.',
  },
  {
    en: 'The general strike did not come to Hrodna and Homel.',
    es: 'La huelga general no llegó a Grodno ni a Gómel.',
    fr: 'La grève générale n’est pas arrivée à Grodno et à Gomel.',
    'pt-BR': 'A greve geral não chegou a Grodno e a Gomel.',
    'pt-PT': 'A greve geral não chegou a Grodno e a Gomel.',
  },
  {
    en: 'The driver was sentenced under Article 23.34 to administrative arrest.',
    es: 'El conductor fue condenado según el artículo 23.34 a arresto administrativo.',
    fr: 'Le chauffeur a été condamné selon l’article 23.34 à une détention administrative.',
    'pt-BR': 'O motorista foi condenado pelo artigo 23.34 a prisão administrativa.',
    'pt-PT': 'O motorista foi condenado pelo artigo 23.34 a detenção administrativa.',
  },
]

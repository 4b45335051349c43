/**
 * Gender and number of a term's head noun in Spanish, Portuguese and French, told from its ending where the ending
 * is certain. Sources of the rules: Real Academia Española, Nueva gramática §2.1–2.4; Cunha & Cintra, Nova gramática,
 * “Género dos substantivos”; Grevisse, Le bon usage §§ 466–485. Everything else is unknown, and left to people.
 */
export type NounFeatures = { readonly gender: 'm' | 'f'; readonly plural: boolean }

type Rules = {
  /** Endings that decide alone, whatever the noun. */
  readonly feminine: RegExp
  readonly masculine: RegExp
  /** Endings that decide for common nouns with few exceptions. */
  readonly feminineMostly: RegExp
  readonly masculineMostly: RegExp
  /** Nouns that their ending belies, and those that go both ways. */
  readonly not: ReadonlySet<string>
  readonly plural: RegExp
  /** Common nouns at the head of names, whose endings say nothing. */
  readonly known: Readonly<Record<string, 'm' | 'f'>>
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

function known(feminine: string, masculine: string): Readonly<Record<string, 'm' | 'f'>> {
  return Object.fromEntries([
    ...feminine.split(' ').map((word) => [word, 'f'] as const),
    ...masculine.split(' ').map((word) => [word, 'm'] as const),
  ])
}

const RULES: Readonly<Record<string, Rules>> = {
  es: {
    feminine: /(?:ción|ciones|sión|siones|dad|dades|tad|tades|tud|tudes|eza|ezas|ncia|ncias)$/u,
    masculine: /(?:ismo|ismos|aje|ajes|miento|mientos)$/u,
    feminineMostly: /as?$/u,
    masculineMostly: /(?:os?|ores?)$/u,
    not: words(
      'día días mapa mapas planeta planetas guardia guardias problema problemas sistema sistemas programa programas ' +
        'tema temas poema poemas clima climas idioma idiomas drama dramas cometa cometas mano manos foto fotos moto ' +
        'motos radio radios flor flores labor labores agua arma área acta aula alma águila hacha habla capital ' +
        'atlas caos cura policía policías espía espías colega colegas',
    ),
    plural: /(?:[ao]s|ciones|siones|dades|tades|tudes|ores|ajes)$/u,
    known: known('ley red cárcel prisión orden sede', 'comité parlamento tribunal hospital plan fin canal'),
  },
  pt: {
    feminine: /(?:ção|ções|ssão|ssões|nsão|nsões|dade|dades|agem|agens|ência|ências|ância|âncias)$/u,
    masculine: /(?:ismo|ismos|mento|mentos)$/u,
    feminineMostly: /as?$/u,
    masculineMostly: /(?:os?|ores?)$/u,
    not: words(
      'dia dias mapa mapas planeta planetas guarda guardas problema problemas sistema sistemas programa programas ' +
        'tema temas poema poemas clima climas idioma idiomas drama dramas cometa cometas foto fotos moto motos flor ' +
        'flores cor cores dor dores atlas caos polícia polícias personagem colega colegas',
    ),
    plural: /(?:[ao]s|ções|ssões|nsões|dades|agens|ores)$/u,
    known: known('lei rede prisão greve sede', 'comité comitê parlamento tribunal hospital plano canal'),
  },
  fr: {
    feminine: /(?:tions?|ssions?|nsions?|ettes?|ances?|ures?|ières?|esses?|logies?)$/u,
    masculine: /(?:ments?|ismes?|eaux?|oirs?)$/u,
    feminineMostly: /(?:tés?|ences?|ies?)$/u,
    masculineMostly: /(?:ages?|iers?|ets?)$/u,
    not: words(
      'eau eaux peau peaux mesure été étés côté côtés silence silences incendie incendies génie génies page pages ' +
        'image images plage plages cage cages rage rages nage forêt forêts bastion',
    ),
    plural: /[sx]$/u,
    known: known(
      'place places marche marches chambre chambres grève grèves police milice milices ville villes loi lois force ' +
        'forces troupe troupes ligue union unions république agence chaîne chaînes garde prison prisons fête cour',
      'comité comités traité traités député députés arrêté arrêtés décret décrets conseil conseils parti partis ' +
        'syndicat syndicats bureau ministère centre centres congrès palais théâtre groupe groupes service services ' +
        'tribunal parlement prisonnier prisonniers jour jours impôt parasite parasites',
    ),
  },
}

/** French nouns that end in -s or -x in the singular. */
const SINGULAR_IN_S = words(
  'congrès palais procès succès pays progrès secours concours recours croix prix voix choix',
)

const JOINING = words(
  "n.º nº núm. no. de del du des d' da do das dos e y et a à al au aux en em contra sobre sur pour para por",
)

/** @returns undefined where it is not certain */
export function nounFeatures(term: string, language: string): NounFeatures | undefined {
  const rules = RULES[language]
  const [head = '', second = ''] = term.split(/[\s ]+/u)
  // Of a compound the first part decides: operação-padrão.
  const noun = (head.toLowerCase().split('-')[0] ?? '').replace(/^\P{L}+|(?<!\P{L})\P{L}+$/gu, '')
  if (rules === undefined || noun.length < 3 || rules.not.has(noun)) return undefined
  // In an abbreviation the letters at the end are no ending.
  if (head.length > 1 && head === head.toUpperCase()) return undefined
  const plural = rules.plural.test(noun) && !(language === 'fr' && SINGULAR_IN_S.has(noun))
  const listed = rules.known[noun]
  if (listed !== undefined) return { gender: listed, plural }
  if (rules.feminine.test(noun)) return { gender: 'f', plural }
  if (rules.masculine.test(noun)) return { gender: 'm', plural }
  // A proper name may end in anything: only a common noun at the head of a name or phrase has a gender by its ending.
  const isCommon =
    head === head.toLowerCase() ||
    JOINING.has(second.toLowerCase()) ||
    /^d['’]/iu.test(second) ||
    (plural && /[^s]s$/u.test(noun) && second.toLowerCase().endsWith(noun.slice(-2)))
  if (!isCommon || /(?:ma|ista|ta)s?$/u.test(noun)) return undefined
  if (rules.feminineMostly.test(noun)) return { gender: 'f', plural }
  if (rules.masculineMostly.test(noun)) return { gender: 'm', plural }
  return undefined
}

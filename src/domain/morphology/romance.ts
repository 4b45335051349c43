/**
 * Spanish, Portuguese, French and Italian nouns and adjectives: all forms that a dictionary form can have, guessed
 * from its ending. A masculine dictionary form has feminine forms too (`diputado`, `diputada`), unless they are
 * another word (`partido`, `partida`); a feminine one only has its plural.
 * Source: the rules for plural and feminine of school grammars.
 */
import { joinAll, type Spelling } from './spelling.ts'

type Rule = readonly [ending: RegExp, cut: number, endings: string]

/**
 * @param key lower case with its accents
 * @returns lower case; where the plural gains or loses an accent (nación, naciones; joven, jóvenes) it may be missing
 */
export function romanceForms(key: string, language: RomanceLanguage, spelling: Spelling): readonly string[] {
  // Beside other words an adjective shows its gender; alone, `voto` is a noun, and `vota` a verb.
  if (spelling.alone && key.endsWith('o') && language !== 'fr' && !hasFeminine(key, language)) {
    return [key, ...joinAll(key.slice(0, -1), language === 'it' ? (/[cg]o$/.test(key) ? 'hi i' : 'i') : 'os')]
  }
  if (language === 'fr' && FRENCH_THING.has(key)) return [key, `${key}s`]
  const rule = RULES[language].find(([ending]) => ending.test(key))
  if (rule === undefined) return [key]
  const [, cut, endings] = rule
  return [key, ...joinAll(key.slice(0, key.length - cut), endings)]
}

export type RomanceLanguage = 'es' | 'pt' | 'fr' | 'it'

export function isRomance(language: string): language is RomanceLanguage {
  return language in RULES
}

/** Whether a word in -o that stands alone names a person or is an adjective, so that it has a form in -a. */
function hasFeminine(key: string, language: 'es' | 'pt' | 'it'): boolean {
  return (PERSON[language].test(key) || key.endsWith('ão')) && !THING.has(key)
}

const PERSON = {
  es: /(?:[ai]d|pres|mig|ieg|gar|er|ari|[ií]c|[aá]n|in|iv|os|eñ|[oó]g|af|str|iñ|ij|umn|ult|rus|ec|ac|ert|iz|idat|uev|egr|urc|rc|fug|iud|iej|uert|tr|itect)o$/,
  pt: /(?:[ai]d|pres|mig|eg|gar|eir|ári|ic|an|in|iv|os|og|af|str|inh|ilh|un|ult|uss|ec|ac|ert|idat|ov|egr|urc|fug|úv|elh|ort|tr|itet|e)o$/,
  it: /(?:at|ut|pres|rest|ier|ari|ic|an|in|iv|os|og|af|str|gli|unn|ult|uss|ec|ert|ov|ett|ol|zi|amic)o$/,
} as const

/** Things in -o that look like persons or adjectives; many have a counterpart in -a that is another word. */
const THING = new Set(
  (
    'partido partito estado stato mercado mercato juzgado senado senato sindicato sindacato mandato ' +
    'decreto consulado electorado eleitorado resultado risultato significado condado tratado trattato ' +
    'contrato contratto comunicado comunicato periódico tráfico trânsito público comicio comício ' +
    'ejército delito delitto pedido sentido contenido ruido sonido vestido apellido dinero dinheiro ' +
    'número acero enero janeiro febrero cuero suero salario salário horario horário escenario ' +
    'comentario comentário aniversario aniversário calendario calendário inventario formulario ' +
    'formulário centro teatro metro registro rostro monstruo archivo arquivo motivo objetivo ' +
    'dispositivo efectivo operativo castigo plano verano verão océano oceano camino caminho destino ' +
    'vino vinho casino casinho caso vaso peso beso ingreso exceso excesso proceso processo congreso ' +
    'congresso progreso progresso acceso acesso receso recesso gasoducto concierto concerto desierto ' +
    'deserto puerto porto juego jogo pliego riesgo lado dado fado grado banco parco barco arco marco ' +
    'diálogo catálogo párrafo trabajo trabalho conselho aparelho joelho espelho castelo governo ' +
    'capítulo gobierno invierno infierno cuaderno voto acto efecto proyecto projeto objeto ' +
    'sujeto banho sonho linho inquérito esporte desporto transporto aborto conforto pacto mito grito ' +
    'foro ministério ministerio'
  ).split(' '),
)

const ES: readonly Rule[] = [
  [/o$/, 1, 'o os a as'],
  [/a$/, 1, 'a as'],
  [/[ae]nte$|jefe$/, 1, 'e es a as'],
  [/e$/, 1, 'e es'],
  [/z$/, 1, 'z ces za zas'],
  [/[ií]$|[uú]$|[áéó]$/, 0, 's es'],
  [/(?:[oó]n|[aá]n|[ií]n|[eé]s|or|ol|al|el)$/, 0, 'es a as'],
  [/s$/, 0, 'es'],
  [/[bcdfghjklmnpqrtvwxy]$/, 0, 'es s'],
]

const PT: readonly Rule[] = [
  [/ão$/, 2, 'ão ões ães ãos ã ãs ona onas'],
  [/eu$/, 1, 'u us ia ias'],
  [/o$/, 1, 'o os a as'],
  [/ã$/, 0, 's'],
  [/a$/, 1, 'a as'],
  [/nte$|efe$/, 1, 'e es a as'],
  [/[eéiíuúáêô]$/, 0, 's'],
  [/el$/, 2, 'eis éis'],
  [/il$/, 2, 'is eis'],
  [/ol$/, 2, 'óis'],
  [/[au]l$/, 1, 'is'],
  [/m$/, 1, 'ns'],
  [/ês$/, 2, 'eses esa esas'],
  [/[rz]$/, 0, 'es a as'],
  [/[ns]$/, 0, 'es'],
]

/** Masculine nouns with the ending of an adjective; many have a counterpart in -e that is another word. */
const FRENCH_THING = new Set(
  (
    'droit point port tour cours cas fil vol bord pas parti plan camp mur mois lieu fait but fond fonds ' +
    'rang banc bois pont son ton salut débat combat appel accord effort rapport impôt arrêt projet ' +
    'sujet objet secret décret budget billet sommet effet conseil jour procès succès mot coup champ ' +
    'contrat sport cout coût choix prix parc sort front mont toit vent temps pouvoir retour foyer ' +
    'quartier atelier dossier papier métier chantier'
  ).split(' '),
)

const FR: readonly Rule[] = [
  [/ef$/, 0, 's fe fes'],
  [/eau$|eu$|au$/, 0, 'x'],
  [/ail$/, 2, 'ils ux'],
  [/al$/, 1, 'l le les ux ls'],
  [/teur$/, 4, 'teurs trice trices teuse teuses'],
  [/eur$/, 1, 'rs se ses re res'],
  [/er$/, 2, 'ers ère ères'],
  [/if$/, 1, 'fs ve ves'],
  [/eux$/, 1, 'se ses'],
  [/(?:el|eil)$/, 0, 's le les'],
  [/(?:en|on|an)$/, 0, 's ne nes e es'],
  [/et$/, 2, 'ets ette ettes ète ètes'],
  [/c$/, 0, 's he hes'],
  [/[éiu]$/, 0, 's e es'],
  [/[sxz]$/, 0, 'e es se ses'],
  [/[eaoyèê]$/, 0, 's'],
  [/[bdfghjklmnpqrtvw]$/, 0, 's e es'],
]

const IT: readonly Rule[] = [
  [/(?:[àèéìòùó])$/, 0, ''],
  [/ista$|ota$|eta$/, 1, 'a e i'],
  [/[cg]a$/, 1, 'a he hi'],
  [/[cg]ia$/, 2, 'ia e ie'],
  [/a$/, 1, 'a e i'],
  [/tore$/, 4, 'tore tori trice trici'],
  [/[cg]o$/, 1, 'o i hi a he'],
  [/io$/, 2, 'io i ii ia ie'],
  [/[oe]$/, 1, 'o e i a'],
]

const RULES: Readonly<Record<RomanceLanguage, readonly Rule[]>> = { es: ES, pt: PT, fr: FR, it: IT }

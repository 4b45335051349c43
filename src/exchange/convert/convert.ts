import { DomainError } from '../../domain/errors.ts'
import { isSameLocale } from '../../domain/locale.ts'
import type { Concept } from '../../domain/term.ts'
import { decodeXml } from '../../xml/encoding.ts'
import { readGlossaryCsv, writeGlossaryCsv } from '../glossary-csv.ts'
import { PAIR_FORMS, writeGlossaryPairs } from '../glossary-pairs.ts'
import { writeTbx } from '../tbx.ts'
import { streamTbx } from '../tbx-stream.ts'
import type { TbxForm } from '../tbx-write.ts'
import type { TmxPair } from '../tmx-model.ts'
import { streamTmx, writeTmxStream } from '../tmx-stream.ts'
import type { ReadXliffFile, XliffVersion } from '../xliff-model.ts'
import type { XliffProfile } from '../xliff-profile.ts'
import { readXliff } from '../xliff-read.ts'
import { writeXliff } from '../xliff-write.ts'
import { conceptsOfPairs, pairsOfConcepts } from './concepts.ts'
import type { Losses } from './losses.ts'
import { exchangeOfPairs, exchangeOfXliff } from './to-xliff.ts'
import { pairsOfXliff } from './xliff-pairs.ts'

/** What can be written; `convert` picks by the ending of the file unless it is told. */
export const CONVERT_FORMS = [
  'xliff-1.2',
  'xliff-2.0',
  'xliff-2.1',
  'tmx',
  'tbx',
  'tbx-dca',
  'tbx-v2',
  'csv',
  ...PAIR_FORMS,
] as const
export type ConvertForm = (typeof CONVERT_FORMS)[number]

const VERSIONS: Readonly<Partial<Record<ConvertForm, XliffVersion>>> = {
  'xliff-1.2': '1.2',
  'xliff-2.0': '2.0',
  'xliff-2.1': '2.1',
}
const TBX_STYLES: Readonly<Partial<Record<ConvertForm, TbxForm>>> = {
  tbx: 'dct',
  'tbx-dca': 'dca',
  'tbx-v2': 'v2',
}

const FORM_OF_ENDING: Readonly<Record<string, ConvertForm>> = {
  '.xlf': 'xliff-1.2',
  '.xliff': 'xliff-1.2',
  '.tmx': 'tmx',
  '.tbx': 'tbx',
  '.csv': 'csv',
  '.tsv': 'deepl-tsv',
  '.utf8': 'omegat',
}

export type ConvertWish = {
  /** Name of the file that comes in: its ending says what it is. */
  readonly file: string
  readonly form: ConvertForm
  /** For what does not name its languages, and of several the ones that are wanted. */
  readonly sourceLocale?: string
  readonly targetLocale?: string
  readonly profile: XliffProfile
}

/** What a file holds: texts in two languages, or terms. */
type Content =
  | { readonly kind: 'xliff'; readonly files: readonly ReadXliffFile[] }
  | { readonly kind: 'tmx'; readonly pairs: () => AsyncIterable<TmxPair> }
  | { readonly kind: 'terms'; readonly concepts: readonly Concept[] }

/** What a file of this name becomes; undefined where its ending does not say. */
export function formOfName(name: string): ConvertForm | undefined {
  return FORM_OF_ENDING[endingOf(name)]
}

/**
 * One exchange format into another.
 *
 * @param open the bytes of the file that comes in; a TMX is read piece by piece
 * @param losses is told what the new form could not hold; complete when the last piece is out
 * @returns pieces of text, to be encoded as UTF-8
 * @throws DomainError `invalid-input` with line and column, or saying which language has to be named
 */
export async function* convert(
  open: () => AsyncIterable<Uint8Array>,
  wish: ConvertWish,
  losses: Losses,
): AsyncGenerator<string> {
  yield* write(await readContent(open, wish), wish.form, wish, losses)
}

async function readContent(open: () => AsyncIterable<Uint8Array>, wish: ConvertWish): Promise<Content> {
  const { file, sourceLocale, targetLocale } = wish
  const ending = endingOf(file)
  if (ending === '.tmx') {
    // A TMX may be larger than memory.
    const choice = {
      file,
      ...(sourceLocale === undefined ? {} : { sourceLocale }),
      ...(targetLocale === undefined ? {} : { targetLocale }),
    }
    return { kind: 'tmx', pairs: () => streamTmx(open(), choice) }
  }
  if (ending === '.tbx') {
    return { kind: 'terms', concepts: await Array.fromAsync(streamTbx(open(), { file })) }
  }
  const bytes = Buffer.concat(await Array.fromAsync(open()))
  if (['.csv', '.tsv', '.txt', '.utf8'].includes(ending)) {
    const pair =
      sourceLocale !== undefined && targetLocale !== undefined ? { sourceLocale, targetLocale } : undefined
    return { kind: 'terms', concepts: readGlossaryCsv(new TextDecoder().decode(bytes), file, pair) }
  }
  const { files } = readXliff(decodeXml(bytes, file).text, file)
  const wanted = files.filter(
    ({ targetLocale: theirs }) =>
      targetLocale === undefined || theirs === undefined || isSameLocale(theirs, targetLocale),
  )
  if (wanted.length > 0) return { kind: 'xliff', files: wanted }
  throw new DomainError('invalid-input', `nothing in it is for ${targetLocale}`, { place: { file } })
}

async function* write(
  content: Content,
  form: ConvertForm,
  wish: ConvertWish,
  losses: Losses,
): AsyncGenerator<string> {
  if (form === 'tmx') {
    const about = { sourceLocale: content.kind === 'tmx' ? '*all*' : localesOf(content, wish).source }
    yield* writeTmxStream(
      content.kind === 'tmx' ? content.pairs() : await pairsOf(content, wish, losses),
      about,
    )
    return
  }
  const version = VERSIONS[form]
  if (version !== undefined) {
    yield await toXliff(content, version, wish, losses)
    return
  }
  const concepts =
    content.kind === 'terms'
      ? content.concepts
      : conceptsOfPairs(await pairsOf(content, wish, losses), losses)
  yield writeTerms(concepts, form, content, wish, losses)
}

function writeTerms(
  concepts: readonly Concept[],
  form: ConvertForm,
  content: Content,
  wish: ConvertWish,
  losses: Losses,
): string {
  const style = TBX_STYLES[form]
  if (style !== undefined) {
    const sourceLanguage = wish.sourceLocale ?? concepts[0]?.terms[0]?.locale ?? 'en'
    return writeTbx(concepts, { title: nameOf(wish.file), sourceLanguage, form: style })
  }
  const list = PAIR_FORMS.find((known) => known === form)
  if (list === undefined) return writeGlossaryCsv(concepts)
  const { source, target } = localesOf(content, wish, concepts)
  // A list of pairs leaves out what pairs of texts leave out.
  pairsOfConcepts(concepts, { source, target }, losses)
  return writeGlossaryPairs(concepts, { form: list, sourceLocale: source, targetLocale: target })
}

async function pairsOf(content: Content, wish: ConvertWish, losses: Losses): Promise<readonly TmxPair[]> {
  if (content.kind === 'tmx') return await Array.fromAsync(content.pairs())
  const locales = localesOf(content, wish)
  if (content.kind === 'terms') return pairsOfConcepts(content.concepts, locales, losses)
  return content.files.flatMap((file) => pairsOfXliff(file, locales, losses))
}

async function toXliff(
  content: Content,
  version: XliffVersion,
  wish: ConvertWish,
  losses: Losses,
): Promise<string> {
  const pairs = content.kind === 'xliff' ? [] : await pairsOf(content, wish, losses)
  const { source, target } = content.kind === 'tmx' ? localesOfPairs(pairs, wish) : localesOf(content, wish)
  const original = content.kind === 'xliff' ? content.files[0]?.original : undefined
  const about = { original: original || nameOf(wish.file), sourceLocale: source, targetLocale: target }
  const file =
    content.kind === 'xliff'
      ? exchangeOfXliff(content.files, about, losses)
      : exchangeOfPairs(pairs, about, losses)
  return writeXliff(file, version, wish.profile)
}

/** One direction, as XLIFF has it. @throws DomainError `invalid-input` where the file has several */
function localesOfPairs(pairs: readonly TmxPair[], wish: ConvertWish): { source: string; target: string } {
  const [first] = pairs
  if (first === undefined) {
    throw new DomainError('invalid-input', 'there is no pair of these languages in it', {
      place: { file: wish.file },
    })
  }
  const targets = [...new Set(pairs.map(({ target }) => target.locale))]
  if (targets.length > 1) throw missing('--to', wish, targets)
  return {
    source: wish.sourceLocale ?? first.source.locale,
    target: wish.targetLocale ?? first.target.locale,
  }
}

function localesOf(
  content: Content,
  { file, sourceLocale, targetLocale }: ConvertWish,
  concepts: readonly Concept[] = [],
): { readonly source: string; readonly target: string } {
  if (content.kind === 'xliff') {
    const [first] = content.files
    const source = sourceLocale ?? (first?.sourceLocale || undefined)
    const target = targetLocale ?? first?.targetLocale
    const targets = [...new Set(content.files.map((one) => one.targetLocale ?? ''))]
    if (targetLocale === undefined && targets.length > 1) throw missing('--to', { file }, targets)
    if (source === undefined) throw missing('--from', { file }, [])
    if (target === undefined) throw missing('--to', { file }, [])
    return { source, target }
  }
  const all = content.kind === 'terms' ? content.concepts : concepts
  const locales = [...new Set(all.flatMap(({ terms }) => terms.map(({ locale }) => locale)))]
  if (sourceLocale === undefined) throw missing('--from', { file }, locales)
  if (targetLocale === undefined) throw missing('--to', { file }, locales)
  return { source: sourceLocale, target: targetLocale }
}

function missing(option: string, { file }: { readonly file: string }, known: readonly string[]): DomainError {
  const list = known.length === 0 ? '' : `: the file has ${known.slice(0, 20).join(', ')}`
  return new DomainError('invalid-input', `say with ${option} which language is meant${list}`, {
    place: { file },
  })
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** With the dot, in small letters. */
function endingOf(path: string): string {
  const name = nameOf(path)
  const dot = name.lastIndexOf('.')
  return dot === -1 ? '' : name.slice(dot).toLowerCase()
}

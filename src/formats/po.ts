import type { Unit } from '../domain/document.ts'
import type { Adapter, Aside, Splice } from './adapter.ts'
import { type PoEntry, type PoString, readEntries } from './po-entries.ts'
import { appendSpelled, findStringCodes, type SpelledText } from './string-codes.ts'
import { numberUnits, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/**
 * The translatable units of a PO or POT file: what stands in `msgid`, for each `msgstr` that is still empty. What is
 * and is not translated is said in docs/formats/po.md.
 *
 * @param source decoded document without byte order mark
 * @throws DomainError as `readEntries`
 */
export function readPo(source: string, file?: string): readonly Unit[] {
  return numberUnits(draftMessages(source, file).map(({ draft }) => draft))
}

/** Where the translation of each unit of `readPo` is written: into its `msgstr`. */
export function asidesOfPo(source: string): ReadonlyMap<string, Aside> {
  const messages = draftMessages(source, undefined)
  // `numberUnits` keeps this order: messages stand in it, and a message's forms begin at the same or a later place.
  return new Map(messages.map(({ aside }, index) => [`u${index + 1}`, aside]))
}

type Message = { readonly draft: UnitDraft; readonly aside: Aside }

function draftMessages(source: string, file: string | undefined): readonly Message[] {
  const messages: Message[] = []
  for (const entry of readEntries(source, file)) {
    for (const [form, translation] of entry.translations.entries()) {
      if (!isEmpty(translation)) continue
      const original = originalOf(entry, form)
      const builder = new UnitBuilder()
      const spelled = spell(source, original)
      appendSpelled(builder, spelled, findStringCodes(spelled.text))
      const draft = builder.finish({ kind: 'paragraph', escape: 'po', source, file })
      if (draft !== undefined)
        messages.push({ draft, aside: { ...rangeOf(original), target: rangeOf(translation) } })
    }
  }
  return messages
}

/** The first plural form translates `msgid`; the others, and the only one of a language without number, the plural. */
function originalOf({ id, plural, translations }: PoEntry, form: number): PoString {
  return plural === undefined || (form === 0 && translations.length > 1) ? id : plural
}

function isHeader({ id, context }: PoEntry): boolean {
  return context === undefined && isEmpty(id)
}

function isEmpty(string: PoString): boolean {
  return string.every(({ start, end }) => start === end)
}

function rangeOf(string: PoString): { readonly start: number; readonly end: number } {
  const start = string[0]?.start ?? 0
  return { start, end: string.at(-1)?.end ?? start }
}

/** What a string reads. The quotation marks between its pieces belong to the character before them. */
function spell(source: string, string: PoString): SpelledText {
  const { start, end } = rangeOf(string)
  const offsets = new Uint32Array(end - start + 1)
  let text = ''
  let length = 0
  for (const piece of string) {
    for (let at = piece.start; at < piece.end; ) {
      const escaped = source.charAt(at) === '\\'
      const read = escaped ? readEscape(source, at, piece.end) : { character: source.charAt(at), end: at + 1 }
      text += read.character
      offsets[length++] = at
      at = read.end
    }
  }
  offsets[length] = end
  return { text, offsets: offsets.subarray(0, length + 1) }
}

/** C's escapes. One for a byte above 127 gives U+FFFF, which becomes a code: its character is not known. */
function readEscape(source: string, at: number, limit: number): { character: string; end: number } {
  const letter = source.charAt(at + 1)
  const simple = ESCAPES.get(letter)
  if (simple !== undefined) return { character: simple, end: at + 2 }
  const digits = /^(?:x([\da-f]{1,2})|([0-7]{1,3}))/i.exec(source.slice(at + 1, Math.min(at + 4, limit)))
  if (digits === null) return { character: letter, end: Math.min(at + 2, limit) }
  const value = digits[1] === undefined ? Number.parseInt(digits[2] ?? '', 8) : Number.parseInt(digits[1], 16)
  return { character: value < 0x80 ? String.fromCharCode(value) : '\uffff', end: at + 1 + digits[0].length }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
])

/** Text as it must stand between the quotation marks of a PO string. */
export function escapePo(text: string, _mode: string): string {
  return text
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replaceAll('\t', '\\t')
    .replace(/\r\n?|\n/g, '\\n')
}

/** The header's `Language`, and its `charset` where it is still the template's `CHARSET`. */
export function localisePo(source: string, locale: string): readonly Splice[] {
  const header = readEntries(source, undefined).find(isHeader)
  const splices: Splice[] = []
  for (const { start, end } of header?.translations[0] ?? []) {
    const line = source.slice(start, end)
    const language = /^Language: ?([\w@-]{0,40})(?=\\n|$)/.exec(line)
    if (language !== null) {
      const from = start + 'Language:'.length
      splices.push({ start: from, end: start + language[0].length, text: ` ${locale.replaceAll('-', '_')}` })
    }
    const charset = line.startsWith('Content-Type:') ? line.indexOf('charset=CHARSET') : -1
    if (charset !== -1) {
      const from = start + charset + 'charset='.length
      splices.push({ start: from, end: from + 'CHARSET'.length, text: 'UTF-8' })
    }
  }
  return splices
}

/** Catalogues of GNU gettext. */
export const poAdapter: Adapter = {
  label: 'gettext PO',
  extensions: ['po', 'pot'],
  mediaTypes: ['text/x-gettext-translation', 'text/x-po', 'text/x-pot'],
  read: (source, { file }) => readPo(source, file),
  flavour: { escape: escapePo },
  localise: localisePo,
  asides: asidesOfPo,
}

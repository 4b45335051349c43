import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

/** A string of a PO file: what stands between each pair of its quotation marks, in order; never empty. */
export type PoString = readonly Stretch[]

/** Offsets in the decoded document, in UTF-16 code units. */
export type Stretch = { readonly start: number; readonly end: number }

/** One message. */
export type PoEntry = {
  readonly context: PoString | undefined
  readonly id: PoString
  readonly plural: PoString | undefined
  /** `msgstr`, or `msgstr[0]`, `msgstr[1]` … in the order of the file. */
  readonly translations: readonly PoString[]
}

/**
 * The messages of a PO or POT file, in order, the header (the message with an empty `msgid`) among them. Comments and
 * obsolete messages (`#~`) are passed over. Linear.
 *
 * Source: GNU gettext manual, “The Format of PO Files”.
 * @throws DomainError `invalid-input` with line and column: a line that is none of PO's, a string without its closing
 * quotation mark, a `msgid` without `msgstr`, a `msgstr` without `msgid`
 */
export function readEntries(source: string, file: string | undefined): readonly PoEntry[] {
  const fail = (at: number, message: string): DomainError =>
    new DomainError('invalid-input', message, {
      place: { ...(file !== undefined && { file }), ...lineAndColumn(source, at) },
    })
  const entries: PoEntry[] = []
  let draft = new EntryDraft()
  const finish = (): void => {
    if (draft.isEmpty) return
    const { context, id, plural, translations, start } = draft
    if (id === undefined) throw fail(start, 'this message has no msgid')
    if (translations.length === 0) throw fail(start, 'this message has no msgstr; add one, it may be empty')
    entries.push({ context, id, plural, translations })
    draft = new EntryDraft()
  }
  for (let at = 0; at < source.length; ) {
    const lineEnd = endOfLine(source, at)
    const first = skipBlanks(source, at, lineEnd)
    if (first < lineEnd && source.charAt(first) !== '#') {
      const keyword = keywordAt(source, first)
      if (keyword === undefined && (source.charAt(first) !== '"' || draft.last === undefined)) {
        throw fail(first, 'this line is no comment, no keyword with a string and no string of a PO file')
      }
      if (keyword !== undefined) {
        const { name } = keyword
        if (draft.translations.length > 0 && !name.startsWith('msgstr')) finish()
        if (!draft.open(name, first)) throw fail(first, `${name} cannot stand here`)
      }
      const strings = readStrings(source, keyword?.end ?? first, lineEnd)
      if (typeof strings === 'number' || strings.length === 0) {
        const place = typeof strings === 'number' ? strings : first
        throw fail(place, 'a string between quotation marks is missing or not closed on its line')
      }
      for (const string of strings) draft.last?.push(string)
    }
    at = lineEnd + (source.startsWith('\r\n', lineEnd) ? 2 : 1)
  }
  finish()
  return entries
}

class EntryDraft {
  context: Stretch[] | undefined
  id: Stretch[] | undefined
  plural: Stretch[] | undefined
  readonly translations: Stretch[][] = []
  /** Where a string that stands alone on its line belongs. */
  last: Stretch[] | undefined
  start = 0

  get isEmpty(): boolean {
    return this.last === undefined
  }

  /** @returns false where the keyword stands in the wrong order */
  open(name: string, at: number): boolean {
    if (this.isEmpty) this.start = at
    const list: Stretch[] = []
    this.last = list
    if (name.startsWith('msgstr')) {
      this.translations.push(list)
      return this.id !== undefined
    }
    if (name === 'msgid_plural') {
      const fits = this.id !== undefined && this.plural === undefined
      this.plural = list
      return fits
    }
    if (name === 'msgid') {
      const fits = this.id === undefined
      this.id = list
      return fits
    }
    const fits = this.context === undefined && this.id === undefined
    this.context = list
    return fits
  }
}

const KEYWORD = /(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,2}\])?)(?=[ \t"\r\n]|$)/y

function keywordAt(source: string, at: number): { readonly name: string; readonly end: number } | undefined {
  KEYWORD.lastIndex = at
  const name = KEYWORD.exec(source)?.[1]
  return name === undefined ? undefined : { name, end: at + name.length }
}

/** The strings on the rest of a line, or where something else stands. */
function readStrings(source: string, from: number, lineEnd: number): readonly Stretch[] | number {
  const strings: Stretch[] = []
  for (let at = skipBlanks(source, from, lineEnd); at < lineEnd; at = skipBlanks(source, at, lineEnd)) {
    if (source.charAt(at) !== '"') return at
    const start = at + 1
    let end = start
    while (end < lineEnd && source.charAt(end) !== '"') end += source.charAt(end) === '\\' ? 2 : 1
    if (end >= lineEnd) return at
    strings.push({ start, end })
    at = end + 1
  }
  return strings
}

function endOfLine(source: string, from: number): number {
  let at = from
  while (at < source.length && source.charCodeAt(at) !== 10 && source.charCodeAt(at) !== 13) at++
  return at
}

function skipBlanks(source: string, from: number, end: number): number {
  let at = from
  while (at < end && (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9)) at++
  return at
}

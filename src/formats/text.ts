import type { Unit, UnitKind } from '../domain/document.ts'
import { characterCode, needsCode, numberUnits, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** One line without its ending. */
type Line = {
  readonly start: number
  readonly end: number
  readonly text: string
  /** The bullet or number, without the white space after it. */
  readonly markStart: number
  readonly markEnd: number
  /** Where the text begins behind indentation and a bullet or number. */
  readonly content: number
  readonly mark: 'bullet' | 'quote' | 'number' | 'rule' | undefined
  /** Of a numbered line. */
  readonly number: number
}

const LONGEST_HEADLINE = 150

/**
 * The translatable units of a plain text: paragraphs between empty lines, list items, quoted lines. A line
 * break that only wraps a line is one space in the unit's text (nothing between ideographs); one that was meant
 * is `\n`. A bullet or number is a code for each of its characters, so that segments leave it out. What is and
 * is not translated is said in docs/formats/text.md.
 *
 * @param source decoded document without byte order mark
 */
export function readText(source: string, file?: string): readonly Unit[] {
  const lines = splitLines(source)
  const numbered = acceptNumbers(lines)
  const blocks: Line[][] = []
  let block: Line[] = []
  for (const line of numbered) {
    if (line.text.trim() === '' || line.mark === 'rule') {
      if (block.length > 0) blocks.push(block)
      block = []
    } else block.push(line)
  }
  if (block.length > 0) blocks.push(block)
  const drafts: UnitDraft[] = []
  for (const [index, group] of blocks.entries()) {
    const only = index === 0 ? blocks.length > 1 : true
    for (const item of splitItems(group)) {
      const alone = group.length === 1 && only
      const draft = draftItem(source, item, kindOf(item, index === 0 && alone, alone), file)
      if (draft !== undefined) drafts.push(draft)
    }
  }
  return numberUnits(drafts)
}

/**
 * Plain text needs no escapes. An empty line would cut the paragraph in two when it is read again, so runs of
 * line breaks become one.
 */
export function escapeText(text: string, _mode: string): string {
  return text.replace(/((?:\r\n|\r|\n)[ \t]{0,200}){2,}/g, (_, last: string) => last)
}

function kindOf(item: readonly Line[], first: boolean, alone: boolean): UnitKind {
  const line = item[0]
  if (line?.mark === 'quote') return 'quotation'
  if (line?.mark === 'bullet' || line?.mark === 'number') return 'list-item'
  if (line === undefined || !alone || line.text.length > LONGEST_HEADLINE) return 'paragraph'
  const text = line.text.trim()
  if (first && !/[.:;,]$/.test(text)) return 'headline'
  const shouts = text === text.toUpperCase() && text !== text.toLowerCase()
  return shouts ? 'headline' : 'paragraph'
}

function draftItem(
  source: string,
  item: readonly Line[],
  kind: UnitKind,
  file: string | undefined,
): UnitDraft | undefined {
  const builder = new UnitBuilder()
  const longest = item.reduce((length, line) => Math.max(length, line.end - line.start), 0)
  const shape = { longest, isColumn: item.length > 2 && longest < NARROWEST_COLUMN }
  for (const [index, line] of item.entries()) {
    const previous = item[index - 1]
    if (previous !== undefined) {
      const joint = jointOf(source, previous, line, shape)
      // Without a joint the break belongs to what stands before it.
      if (joint !== '') builder.decoded(joint, trimmedEnd(source, previous), line.content)
    } else if (line.mark === 'bullet' || line.mark === 'number') appendMark(builder, source, line)
    append(builder, source, line.content, index + 1 < item.length ? trimmedEnd(source, line) : line.end)
  }
  return builder.finish({ kind, escape: 'text', source, file })
}

function appendMark(builder: UnitBuilder, source: string, line: Line): void {
  for (let at = line.markStart; at < line.markEnd; at++) {
    const label = source.charAt(at)
    builder.code({ kind: 'single', type: 'format', label, equiv: '', solo: true }, at, at + 1)
  }
  builder.verbatim(source.slice(line.markEnd, line.content), line.markEnd)
}

/** Shorter lines than this are verses or addresses: somebody meant their breaks. */
const NARROWEST_COLUMN = 40

type Shape = {
  /** Length of the longest line of the paragraph, in code units. */
  readonly longest: number
  /** Three lines or more, all of them short: a list, an address, verse. */
  readonly isColumn: boolean
}

/** Small letters, after marks that open. */
const GOES_ON = /^["'“‘«„‚([]{0,3}\p{Ll}/u
/** `a)`, `(iv)`, `b.`: an item whose mark is no bullet and no number. */
const LETTERED = /^\(?(?:\p{L}|[ivx]{2,5}|\d{1,3}(?=\)))(?:[.)]|\.\))[ \t]/u
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、，（）「」『』]{2}/u

/**
 * What stands for a line break: a space where it only wraps, because the next line goes on in small letters or
 * because its first word would not have fitted on the line before; nothing where it wraps ideographs.
 */
function jointOf(source: string, line: Line, next: Line, { longest, isColumn }: Shape): '' | ' ' | '\n' {
  const head = source.slice(next.content, Math.min(next.end, next.content + 12))
  if (isColumn || LETTERED.test(head)) return '\n'
  const width = line.end - line.start
  const end = trimmedEnd(source, line)
  if (IDEOGRAPHS.test(source.charAt(end - 1) + head.charAt(0))) {
    return longest * 2 < NARROWEST_COLUMN || width * 2 > longest ? '' : '\n'
  }
  if (GOES_ON.test(head)) return ' '
  if (longest < NARROWEST_COLUMN) return '\n'
  let wordEnd = next.content
  while (wordEnd < next.end && !isSpace(source.charCodeAt(wordEnd))) wordEnd++
  return width + 1 + (wordEnd - next.content) > longest ? ' ' : '\n'
}

function append(builder: UnitBuilder, source: string, start: number, end: number): void {
  let from = start
  for (let at = start; at < end; at++) {
    if (!needsCode(source.charCodeAt(at))) continue
    if (at > from) builder.verbatim(source.slice(from, at), from)
    builder.code(characterCode(source.charAt(at)), at, at + 1)
    from = at + 1
  }
  if (end > from) builder.verbatim(source.slice(from, end), from)
}

function trimmedEnd(source: string, line: Line): number {
  let end = line.end
  while (end > line.content && isSpace(source.charCodeAt(end - 1))) end--
  return end
}

/** A list item goes on in lines that have no mark of their own. */
function splitItems(block: readonly Line[]): readonly (readonly Line[])[] {
  const items: Line[][] = []
  for (const line of block) {
    const last = items.at(-1)
    const goesOn = line.mark === undefined || (line.mark === 'quote' && last?.[0]?.mark === 'quote')
    if (last !== undefined && goesOn) last.push(line)
    else items.push([line])
  }
  return items
}

function splitLines(source: string): readonly Line[] {
  const lines: Line[] = []
  const endings = /\r\n|\r|\n/g
  let start = 0
  while (start <= source.length) {
    const ending = endings.exec(source)
    const end = ending?.index ?? source.length
    lines.push(readLine(source, start, end))
    if (ending === null) break
    start = endings.lastIndex
  }
  return lines
}

function readLine(source: string, start: number, end: number): Line {
  const text = source.slice(start, end)
  let indent = 0
  while (indent < text.length && isSpace(text.charCodeAt(indent))) indent++
  const rest = text.slice(indent, indent + 16)
  const content = start + indent
  const plain = {
    start,
    end,
    text,
    markStart: content,
    markEnd: content,
    content,
    mark: undefined,
    number: 0,
  }
  if (isRule(text)) return { ...plain, mark: 'rule' }
  const mark = /^(?:([-*•‣◦·])|(\d{1,3})[.)])[ \t]{1,4}(?=[^ \t])/.exec(rest)
  if (mark !== null) {
    const marked = {
      ...plain,
      content: content + mark[0].length,
      markEnd: content + mark[0].trimEnd().length,
    }
    return mark[2] === undefined
      ? { ...marked, mark: 'bullet' }
      : { ...marked, mark: 'number', number: Number(mark[2]) }
  }
  const quote = /^(?:> ?){1,8}/.exec(rest)
  if (quote === null) return plain
  return { ...plain, content: content + quote[0].length, mark: 'quote' }
}

/** `-----`, `* * *`: a line of one sign only separates. */
function isRule(text: string): boolean {
  const sign = text.trim().charAt(0)
  if (!'-=_*~#'.includes(sign) || sign === '') return false
  let count = 0
  for (const character of text) {
    if (character === sign) count++
    else if (!isSpace(character.charCodeAt(0))) return false
  }
  return count >= 3
}

/** `1. Januar` is no list: a number counts as a mark only beside its neighbour in counting. */
function acceptNumbers(lines: readonly Line[]): readonly Line[] {
  const numbered = lines.filter((line) => line.mark === 'number')
  const accepted = new Set<Line>()
  for (const [index, line] of numbered.entries()) {
    const before = numbered[index - 1]
    const after = numbered[index + 1]
    if (before?.number === line.number - 1 || after?.number === line.number + 1) accepted.add(line)
  }
  return lines.map((line) =>
    line.mark !== 'number' || accepted.has(line)
      ? line
      : { ...line, mark: undefined, content: line.markStart },
  )
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 11 || unit === 12
}

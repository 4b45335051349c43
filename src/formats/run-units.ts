import type { CodeType, UnitKind } from '../domain/document.ts'
import { type CodeFlags, DELETABLE, FIXED, NONE } from './code-flags.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'
import { appendXmlText, isXmlBlank, type XmlSpace } from './xml-text.ts'

/** What stands in a paragraph, in order; everything between two of them is mark-up around runs. */
export type RunItem =
  | {
      readonly type: 'text'
      readonly start: number
      readonly end: number
      /** Equal for runs that look alike; '' is the plain format. */
      readonly format: string
      /** `b`, `i` …, for people. */
      readonly label: string
      /** Its format only stresses words, so that a translation may do without it. */
      readonly emphasis: boolean
      /** Where the mark-up of its run begins; `start` where it has none. */
      readonly runStart: number
      /** Where the mark-up behind it begins, past white space that does not count. */
      readonly markupStart: number
      /** Where the mark-up of its run ends. */
      runEnd: number
    }
  | ({ readonly type: 'single'; readonly start: number; readonly end: number } & SingleCode)
  | {
      readonly type: 'open' | 'close'
      readonly start: number
      readonly end: number
      readonly code: CodeType
      readonly label: string
      readonly partner: string
    }

/** A code that is one element as a whole. */
export type SingleCode = {
  readonly code: CodeType
  readonly label: string
  readonly equiv?: string
  readonly trim: boolean
} & CodeFlags

type TextItem = Extract<RunItem, { type: 'text' }>

export type RunOptions = {
  readonly kind: UnitKind
  readonly source: string
  readonly file: string
  readonly space: XmlSpace
  /**
   * Runs stand side by side and none in another, so that white space can take the format before it. Where they
   * nest, the end tag in front of the white space would be nobody's, and the format would run on.
   */
  readonly flat: boolean
}

export type RunDraft = { readonly draft: UnitDraft; readonly format: string }

/**
 * A paragraph of formatted runs as one unit. Runs that look alike are one stretch of text without a code; the
 * format of most of the text (outside links) is the plain one, and every other one stands between a pair of
 * codes. A code reaches up to the next item, so all mark-up of the paragraph belongs to a character or a code.
 *
 * @returns the draft, whose `escape` is for the caller to set, and the plain format; undefined where there is
 * nothing to translate
 */
export function draftRuns(given: readonly RunItem[], options: RunOptions): RunDraft | undefined {
  const items = options.flat ? joinBlanks(given, options.source) : given
  const plain = commonFormat(items, options.source)
  const runs = new Runs(plain, options)
  for (const item of items) runs.add(item)
  const draft = runs.finish()
  return draft === undefined ? undefined : { draft, format: plain }
}

class Runs {
  readonly #plain: string
  readonly #options: RunOptions
  readonly #builder = new UnitBuilder()
  #format: string
  /** Pairs of formatting that are open, outermost first; each includes the one before it. */
  readonly #open: { readonly format: string; readonly label: string }[] = []
  /** Where the last item ended, so that the mark-up behind it begins; undefined before the first. */
  #end: number | undefined
  /** Open links and the like; formats inside them are marked by single codes. */
  #depth = 0
  #fresh = false
  #lastText: TextItem | undefined

  constructor(plain: string, options: RunOptions) {
    this.#plain = plain
    this.#options = options
    this.#format = plain
  }

  add(item: RunItem): void {
    if (item.type === 'text') this.#text(item)
    else if (item.type === 'single') {
      const { type: kind, start, end, code: type, ...more } = item
      this.#builder.code({ kind, type, ...more }, this.#end ?? start, end)
    } else if (item.type === 'open') {
      if (this.#depth === 0) this.#closeFormat(item.start)
      const { code: type, label, partner } = item
      this.#builder.code({ kind: 'open', type, label, partner }, this.#end ?? item.start, item.end)
      this.#depth++
      this.#fresh = true
    } else {
      const { code: type, label, partner } = item
      this.#builder.code({ kind: 'close', type, label, partner }, this.#end ?? item.start, item.end)
      this.#depth = Math.max(0, this.#depth - 1)
      if (this.#depth === 0) this.#format = this.#plain
    }
    this.#end = item.type === 'text' ? item.markupStart : item.end
  }

  #text(item: TextItem): void {
    const { source, space } = this.#options
    if (this.#depth > 0) {
      if (!this.#fresh && item.format !== this.#format) {
        // Which words it is about depends on its place among the others.
        const code = { kind: 'single', type: 'format', label: item.label || 'style', ...FIXED } as const
        this.#builder.code(code, this.#end ?? item.runStart, item.start)
      }
      this.#fresh = false
      this.#format = item.format
    } else this.#changeFormat(item)
    appendXmlText(this.#builder, source, item.start, item.end, space)
    this.#lastText = item
  }

  /** Closes and opens pairs so that those open say how this text differs from the plain format. */
  #changeFormat(item: TextItem): void {
    if (item.format === this.#format) return
    const from = this.#end ?? item.runStart
    const split = Math.max(from, item.runStart)
    let keep = this.#open.length
    while (keep > 0 && !includes(item.format, this.#open[keep - 1]?.format ?? '')) keep--
    const closes = keep < this.#open.length
    const opens = (this.#open[keep - 1]?.format ?? this.#plain) !== item.format
    this.#closePairs(keep, from, opens ? split : item.start)
    if (opens) {
      const known = new Set(this.#open.flatMap(({ label }) => label.split(' ')))
      const label =
        item.label
          .split(' ')
          .filter((word) => !known.has(word))
          .join(' ') ||
        item.label ||
        'style'
      this.#open.push({ format: item.format, label })
      const start = closes ? split : from
      const code = { kind: 'open', type: 'format', label, partner: '#format' } as const
      this.#builder.code({ ...code, ...(item.emphasis ? DELETABLE : NONE) }, start, item.start)
    }
    this.#format = item.format
  }

  /** Ends the innermost pairs until `keep` are open; the first of them has the mark-up from `from` to `end`. */
  #closePairs(keep: number, from: number, end: number): void {
    let start = from
    while (this.#open.length > keep) {
      const label = `/${this.#open.pop()?.label ?? ''}`
      this.#builder.code({ kind: 'close', type: 'format', label, partner: '#format' }, start, end)
      start = end
    }
  }

  #closeFormat(end: number): void {
    if (this.#open.length === 0) return
    const from = this.#end ?? end
    this.#closePairs(0, from, Math.max(from, end))
    this.#format = this.#plain
    this.#end = Math.max(from, end)
  }

  finish(): UnitDraft | undefined {
    if (this.#builder.isEmpty) return undefined
    if (this.#depth === 0) this.#closeFormat(Math.max(this.#end ?? 0, this.#lastText?.runEnd ?? 0))
    const { kind, source, file } = this.#options
    return this.#builder.finish({ kind, escape: '', source, file })
  }
}

/** White space looks the same in most formats, so it takes that of the text before it. */
function joinBlanks(items: readonly RunItem[], source: string): readonly RunItem[] {
  let format: string | undefined
  return items.map((item) => {
    if (item.type !== 'text') {
      if (item.type !== 'single') format = undefined
      return item
    }
    if (format !== undefined && item.format !== format && isBlank(source, item.start, item.end)) {
      return { ...item, format }
    }
    format = item.format
    return item
  })
}

/** True when a format says all that another one says, and more. Formats list properties, one a line. */
function includes(format: string, inner: string): boolean {
  if (inner === '') return false
  const properties = new Set(format.split('\n'))
  return inner.split('\n').every((property) => properties.has(property))
}

function isBlank(source: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isXmlBlank(source.charCodeAt(at))) return false
  return true
}

/** The format of most characters outside links; the first of those that have equally many. */
function commonFormat(items: readonly RunItem[], source: string): string {
  const lengths = new Map<string, number>()
  let first: string | undefined
  let depth = 0
  for (const item of items) {
    if (item.type === 'open') depth++
    else if (item.type === 'close') depth--
    else if (item.type === 'text') {
      first ??= item.format
      if (depth === 0)
        lengths.set(item.format, (lengths.get(item.format) ?? 0) + countCharacters(source, item))
    }
  }
  let most = 0
  let common = first ?? ''
  for (const [format, length] of lengths) {
    if (length <= most) continue
    most = length
    common = format
  }
  return common
}

/** A reference counts as one. */
function countCharacters(source: string, { start, end }: TextItem): number {
  let count = 0
  for (let at = start; at < end; at++) {
    if (source.charCodeAt(at) === AMPERSAND) {
      while (at < end && source.charCodeAt(at) !== SEMICOLON) at++
    }
    count++
  }
  return count
}

const AMPERSAND = 38
const SEMICOLON = 59

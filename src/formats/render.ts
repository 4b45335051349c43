import { codeIndexAt, codesIn, runsOf, type Unit } from '../domain/document.ts'
import type { UnitTranslation } from './write.ts'

/** What stands around a run of plain text in the written document. */
export type Surroundings = {
  /** The character before; empty at the start of the document. */
  readonly before: string
  /** The character after; empty at the end of the document. */
  readonly after: string
  /** Nothing but indentation and block marks stands before it on its line. */
  readonly lineStart: boolean
}

/** What differs between formats when plain text is written. */
export type Flavour = {
  readonly escape: (text: string, mode: string, around: Surroundings) => string
  /** What a code is written as when its surroundings changed; undefined for its own characters. */
  readonly rewriteCode?: (source: string, unit: Unit, code: number) => string | undefined
  /** Puts the last hand to a whole unit, given as it would be written; undefined where nothing needs that. */
  readonly finish?: (mode: string) => ((rendered: string) => string) | undefined
}

/** A translation of part of a unit. */
export type Edit = { readonly unit: Unit; readonly part: UnitTranslation }

/** A stretch of the document that is replaced. */
type Replacement = {
  readonly start: number
  readonly end: number
  readonly unit: Unit
  readonly parts: readonly UnitTranslation[]
  readonly finish: ((rendered: string) => string) | undefined
}

type Context = {
  readonly source: string
  readonly replacements: readonly Replacement[]
  readonly newline: string
  readonly flavour: Flavour
}

/**
 * The document (or a range of it) with its edits applied; those of one unit follow one another in the order of
 * their ranges. Units may lie inside codes of other units, two levels deep in what the readers give; each level
 * costs time linear in its size.
 */
export function renderEdits(
  source: string,
  edits: readonly Edit[],
  flavour: Flavour,
  range: { readonly start: number; readonly end: number } = { start: 0, end: source.length },
): string {
  const replacements: Replacement[] = []
  let whole: { unit: Unit; parts: UnitTranslation[] } | undefined
  for (const { unit, part } of edits) {
    if (whole?.unit === unit) {
      whole.parts.push(part)
      continue
    }
    whole = undefined
    const parts = [part]
    const finish = flavour.finish?.(unit.escape)
    const from = finish === undefined ? part.start : 0
    const to = finish === undefined ? part.end : unit.text.length
    if (finish !== undefined) whole = { unit, parts }
    replacements.push({
      start: unit.offsets[from] ?? source.length,
      end: unit.offsets[to] ?? source.length,
      unit,
      parts,
      finish,
    })
  }
  replacements.sort((a, b) => a.start - b.start || b.end - a.end)
  const newline = /\r\n?|\n/.exec(source)?.[0] ?? '\n'
  const out = new Output()
  renderRange({ source, replacements, newline, flavour }, out, range.start, range.end, 0)
  return out.text()
}

/** What has been written, and so what surrounds the next piece. */
class Output implements Surroundings {
  readonly #pieces: string[] = []
  #unitStart = false
  #after = ''

  get after(): string {
    return this.#after
  }

  /** Before a run of text is written: the character behind it, and whether its unit begins with it. */
  expect(after: string, unitStart: boolean): Surroundings {
    this.#after = after
    this.#unitStart = unitStart
    return this
  }

  write(piece: string): void {
    if (piece !== '') this.#pieces.push(piece)
  }

  get before(): string {
    return this.#pieces.at(-1)?.slice(-1) ?? ''
  }

  get lineStart(): boolean {
    if (this.#unitStart) return true
    let tail = ''
    for (let at = this.#pieces.length - 1; at >= 0 && tail.length < TAIL; at--) {
      tail = (this.#pieces[at] ?? '').slice(-TAIL) + tail
    }
    return /(?:^|[\r\n])[ \t>]*$/.test(tail.slice(-TAIL))
  }

  text(): string {
    return this.#pieces.join('')
  }
}

const TAIL = 80

/** Writes source [start, end) with the replacements inside it, the first candidate being `from`. */
function renderRange(context: Context, out: Output, start: number, end: number, from: number): void {
  const { source, replacements } = context
  let at = start
  for (let index = from; index < replacements.length; index++) {
    const replacement = replacements[index]
    if (replacement === undefined || replacement.start >= end) break
    if (replacement.start < at || replacement.end > end) continue
    out.write(source.slice(at, replacement.start))
    renderReplacement(context, out, replacement, index + 1)
    at = replacement.end
  }
  out.write(source.slice(at, end))
}

function renderReplacement(context: Context, out: Output, replacement: Replacement, from: number): void {
  const { unit, parts, finish, start } = replacement
  const target = finish === undefined ? out : new Output()
  let at = finish === undefined ? replacement.start : start
  const untouched = (to: number): void =>
    renderRange(context, target, at, to, firstFrom(context.replacements, from, at))
  for (const part of parts) {
    const begin = unit.offsets[part.start] ?? at
    untouched(begin)
    renderPart(context, target, unit, part, from)
    at = unit.offsets[part.end] ?? begin
  }
  untouched(replacement.end)
  if (finish !== undefined) out.write(finish(target.text()))
}

function renderPart(context: Context, out: Output, unit: Unit, part: UnitTranslation, from: number): void {
  const { source, flavour, newline } = context
  const escapeRun = (run: string, first: boolean, next: number | undefined): string => {
    const lines = run.includes('\n') || run.includes('\r') ? run.replace(/\r\n?|\n/g, newline) : run
    const after = source.charAt(next ?? source.length)
    return flavour.escape(lines, unit.escape, out.expect(after, first && part.start === 0))
  }
  if (unit.codes.length === 0) {
    out.write(escapeRun(part.text, true, unit.offsets[part.end]))
    return
  }
  const places: number[] = []
  for (let at = part.start; at < part.end; at++) if (codeIndexAt(unit.text, at) !== -1) places.push(at)
  const codes = codesIn(unit.text.slice(part.start, part.end))
  const runs = [...runsOf(part.text)]
  const kept = hasAllInOrder(runs, codes.length) ? runs : keepPairs(unit, codes, runs)
  for (const [index, run] of kept.entries()) {
    if (typeof run === 'number') {
      const place = places[run] ?? part.start
      const begin = unit.offsets[place] ?? 0
      const end = unit.offsets[place + 1] ?? begin
      const rewritten = flavour.rewriteCode?.(source, unit, codes[run] ?? 0)
      if (rewritten !== undefined) out.write(rewritten)
      else renderRange(context, out, begin, end, firstFrom(context.replacements, from, begin))
      continue
    }
    const next = kept[index + 1]
    const nextPlace = typeof next === 'number' ? (places[next] ?? 0) : part.end
    out.write(escapeRun(run, index === 0, unit.offsets[nextPlace]))
  }
}

/** The usual case: nothing is dropped, moved or doubled, so every pair is whole. */
function hasAllInOrder(runs: readonly (string | number)[], count: number): boolean {
  let next = 0
  for (const run of runs) if (typeof run === 'number' && run !== next++) return false
  return next === count
}

/** The translation's runs without halves of pairs whose other half is not there, see `writeDocument`. */
function keepPairs(
  unit: Unit,
  codes: readonly number[],
  runs: readonly (string | number)[],
): readonly (string | number)[] {
  if (codes.length === 0) return runs
  const local = new Map(codes.map((code, index) => [code, index]))
  const partnerOf = (index: number): number | undefined => {
    const pair = unit.codes[codes[index] ?? -1]?.pair
    return pair === null || pair === undefined ? undefined : local.get(pair)
  }
  const kindOf = (index: number) => unit.codes[codes[index] ?? -1]?.kind
  const drop = new Set<number>()
  const open = new Map<number, number[]>()
  const present = new Set<number>()
  for (const [at, run] of runs.entries()) {
    if (typeof run === 'string') continue
    present.add(run)
    const partner = partnerOf(run)
    if (partner === undefined) continue
    if (kindOf(run) === 'open') {
      drop.add(at)
      const waiting = open.get(run)
      if (waiting === undefined) open.set(run, [at])
      else waiting.push(at)
      continue
    }
    const opened = open.get(partner)?.pop()
    if (opened === undefined) drop.add(at)
    else drop.delete(opened)
  }
  const kept = runs.filter((_, at) => !drop.has(at))
  // `pair: null` means a partner in another unit, or none: either way the page was written with it.
  const missing = codes
    .map((_, index) => index)
    .filter((index) => !present.has(index) && partnerOf(index) === undefined && kindOf(index) !== 'single')
  const closing = missing.filter((index) => kindOf(index) === 'close')
  const opening = missing.filter((index) => kindOf(index) === 'open')
  return [...closing, ...kept, ...opening]
}

/** Index of the first replacement at or after `from` that begins at or after `offset`. */
function firstFrom(replacements: readonly Replacement[], from: number, offset: number): number {
  let low = from
  let high = replacements.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((replacements[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

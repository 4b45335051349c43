import { appendJsonString } from './html-json-string.ts'
import type { Markup } from './html-tokens.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** Properties of schema.org whose value is prose whatever thing has them. */
const ALWAYS = new Set(['alternativeHeadline', 'caption', 'headline'])
/** Things whose `description` speaks of the article or its media, by the end of the type's name. */
const DESCRIBED = /(?:Article|Posting|Report|Page|Object|CreativeWork)$/
const QUOTE = 0x22
const BACKSLASH = 0x5c

export type JsonLdOptions = {
  readonly source: string
  /** Where the script's content stands. */
  readonly start: number
  readonly end: number
  /** The document is said to be in an encoding that holds every character. */
  readonly unicode: boolean
  readonly file: string | undefined
}

/** An open object or array; the values of an array belong to no property of their own. */
type Frame = {
  readonly array: boolean
  readonly owner: Frame | undefined
  property: string
  expectsName: boolean
  readonly types: string[]
  readonly described: Range[]
}

type Range = { readonly start: number; readonly end: number }

/** Linked data in JSON, by the type of its script element (JSON-LD 1.1, 7). */
export function isJsonLd(markup: Markup): boolean {
  if (markup.name !== 'script' || markup.attributes.length === 0) return false
  const type = markup.attributes.find(({ name }) => name === 'type')?.value ?? ''
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'application/ld+json'
}

/**
 * The values to translate in a JSON-LD script: `headline`, `alternativeHeadline` and `caption` of anything,
 * `description` of articles, pages and media. Names stay: they are those of people and publishers as often as
 * those of articles. What is no JSON has no units.
 *
 * @returns units without ids, with the escape `json`, or `json-ascii` where the script writes other characters
 * as references; in the order in which their objects end
 */
export function draftJsonLd(options: JsonLdOptions): readonly UnitDraft[] {
  const { source, start, end, file } = options
  const json = source.slice(start, end)
  if (!isJson(json)) return []
  const mode = options.unicode && /[\u0080-\uffff]/.test(json) ? 'json' : 'json-ascii'
  const drafts: UnitDraft[] = []
  for (const value of proseValues(source, start, end)) {
    const builder = new UnitBuilder()
    appendJsonString(builder, source, value.start, value.end)
    const draft = builder.finish({ kind: 'metadata', escape: mode, source, file })
    if (draft !== undefined) drafts.push(draft)
  }
  return drafts
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // a SyntaxError; there is no other way to ask
  }
}

/** Strings, without their quotes, that are prose. The text is known to be JSON. */
function proseValues(source: string, start: number, end: number): readonly Range[] {
  const found: Range[] = []
  let top: Frame | undefined
  for (let at = start; at < end; at++) {
    const character = source.charAt(at)
    if (character === '"') {
      const close = endOfString(source, at + 1)
      if (top !== undefined) see(top, source, { start: at + 1, end: close }, found)
      at = close
    } else if (character === '{' || character === '[') top = openFrame(character === '[', top)
    else if (character === '}' || character === ']') {
      const described = top?.types.some((type) => DESCRIBED.test(type)) === true ? top.described : []
      for (const value of described) found.push(value)
      top = top?.owner
    } else if (character === ',' && top !== undefined) top.expectsName = !top.array
  }
  return found
}

function openFrame(array: boolean, owner: Frame | undefined): Frame {
  return { array, owner, property: '', expectsName: !array, types: [], described: [] }
}

function see(frame: Frame, source: string, range: Range, found: Range[]): void {
  if (frame.expectsName) {
    frame.property = source.slice(range.start, range.end)
    frame.expectsName = false
    return
  }
  const object = frame.array ? frame.owner : frame
  if (object?.property === '@type') object.types.push(source.slice(range.start, range.end))
  else if (ALWAYS.has(frame.property)) found.push(range)
  else if (frame.property === 'description') frame.described.push(range)
}

function endOfString(source: string, from: number): number {
  let at = from
  for (; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit === QUOTE) return at
    if (unit === BACKSLASH) at++
  }
  return at
}

import { codeCharacter, FIRST_CODE, type InlineCode, LAST_CODE, MAX_CODES } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import { findStringCodes } from './string-codes.ts'
import type { CodeDraft } from './unit-builder.ts'
import { type CodePiece, type Piece, pairUp, type TextPiece } from './xliff-inline.ts'
import { decodeReference } from './xml-text.ts'

/** A `source` as a unit has it. */
export type SourceText = {
  readonly text: string
  readonly codes: readonly InlineCode[]
  /** By code: its key, see `CodePiece`. */
  readonly keys: readonly string[]
  readonly offsets: Uint32Array
  readonly escape: 'xml' | 'cdata'
  /** Only as a whole can it be replaced. */
  readonly whole: boolean
}

const HAS_WORD = /[\p{L}\p{N}]/u
/** What cannot stand in a unit's text as itself; XML 1.0 has no other control characters. */
const NEEDS_CODE = /[\ue000-\uf8ff\r]/
/** In a run of white space: a line break with the indentation of the file behind it. */
export const INDENTED_BREAK = /[\r\n][ \t]/

/**
 * The text and codes of a source, without the white space around them. Codes are the sender's, one for one.
 *
 * @param preserve whether `xml:space="preserve"` holds; otherwise a line break with indentation is one space
 * @returns undefined where there is no letter and no digit to translate
 * @throws DomainError `invalid-input` for more codes than a unit can hold
 */
export function sourceText(
  source: string,
  pieces: readonly Piece[],
  preserve: boolean,
  file: string | undefined,
): SourceText | undefined {
  const draft = new Draft()
  const texts = pieces.filter((piece) => piece.kind === 'text')
  const mixed = texts.some(({ cdata }) => cdata) && (texts.some(isWritten) || texts.length < pieces.length)
  const sections = texts.filter(({ cdata }) => cdata).length
  const whole = mixed || sections > 1
  const mode = sections === 1 && !whole ? 'cdata' : 'xml'
  for (const piece of pieces) {
    if (piece.kind === 'code') draft.code(piece)
    else if (piece.cdata && whole) draft.section(piece)
    else if (piece.cdata) draft.raw(source, piece.start + CDATA_OPEN, piece.end - CDATA_CLOSE, true, false)
    // White space around the only section is no part of what is replaced in it.
    else if (mode === 'xml') draft.raw(source, piece.start, piece.end, preserve, true)
  }
  // Of a mixture only the whole can be replaced, so nothing in it has a place of its own.
  if (!whole) draft.protect()
  const read = draft.finish(source)
  if (read === undefined) return undefined
  if (read.codes.length > MAX_CODES) {
    throw new DomainError('invalid-input', `one unit has more than ${MAX_CODES} inline codes; split it`, {
      place: { ...(file !== undefined && { file }), ...lineAndColumn(source, read.offsets[0] ?? 0) },
    })
  }
  return { ...read, escape: mode, whole }
}

function isWritten({ text, cdata }: TextPiece): boolean {
  return !cdata && text.trim() !== ''
}

const CDATA_OPEN = '<![CDATA['.length
const CDATA_CLOSE = ']]>'.length

class Draft {
  #text = ''
  readonly #starts: number[] = []
  readonly #codes: CodePiece[] = []
  #end = 0

  code(piece: CodePiece): void {
    this.#codes.push(piece)
    this.#add(codeCharacter(0), piece.start, piece.end)
  }

  /** Raw characters of the document, with references or without. */
  raw(source: string, start: number, end: number, preserve: boolean, references: boolean): void {
    for (let at = start; at < end; ) {
      const character = source.charAt(at)
      let next = at + 1
      if (references && character === '&') {
        next = source.indexOf(';', at) + 1
        this.#decoded(decodeReference(source.slice(at + 1, next - 1)), at, next)
      } else if (!preserve && BLANK.has(character)) {
        next = blanksEnd(source, at, end)
        if (INDENTED_BREAK.test(source.slice(at, next))) this.#decoded(' ', at, next)
        else for (let blank = at; blank < next; ) blank = this.#blank(source, blank, next)
      } else if (character === '\r') next = this.#blank(source, at, end)
      else this.#decoded(character, at, next)
      at = next
    }
  }

  /** A CDATA section among other text: its first visible character stands for all of it. */
  section({ text, start, end }: TextPiece): void {
    const first = Math.max(0, text.search(/\S/))
    for (let at = 0; at < text.length; at++) {
      this.#decoded(text.charAt(at), at <= first ? start : end, at < first ? start : end)
    }
  }

  /** Tags and placeholders that stand in the text as text become codes. */
  protect(): void {
    const text = this.#text
    const spans = findStringCodes(text).filter(
      ({ start, end }) => !text.slice(start, end).includes(codeCharacter(0)),
    )
    if (spans.length === 0) return
    const [starts, codes] = [this.#starts.splice(0), this.#codes.splice(0)]
    const finalEnd = this.#end
    this.#text = ''
    let [at, used] = [0, 0]
    const endOf = (place: number): number => starts[place + 1] ?? finalEnd
    const copy = (to: number): void => {
      for (; at < to; at++) {
        const code = text.charAt(at) === codeCharacter(0) ? codes[used++] : undefined
        if (code !== undefined) this.#codes.push(code)
        this.#add(text.charAt(at), starts[at] ?? 0, endOf(at))
      }
    }
    for (const { start, end, code } of spans) {
      copy(start)
      const [from, to] = [starts[start] ?? 0, endOf(end - 1)]
      this.code(stringPiece(text.slice(start, end), code, from, to))
      at = end
    }
    copy(text.length)
    this.#end = finalEnd
  }

  finish(source: string): Omit<SourceText, 'escape' | 'whole'> | undefined {
    // Codes are private use characters, so neither letters nor digits.
    if (!HAS_WORD.test(this.#text)) return undefined
    const from = this.#text.length - this.#text.trimStart().length
    const to = this.#text.trimEnd().length
    const offsets = new Uint32Array(to - from + 1)
    for (let at = from; at < to; at++) offsets[at - from] = this.#starts[at] ?? 0
    offsets[to - from] = this.#starts[to] ?? this.#end
    let index = 0
    const text = this.#text.slice(from, to).replaceAll(codeCharacter(0), () => codeCharacter(index++))
    const pairs = pairUp(this.#codes)
    const codes = this.#codes.map(({ code, start, end }, place): InlineCode => {
      const pair = pairs[place] ?? null
      // Of a pair the opening code says what may be done with it.
      const { deletable, reorderable } = (code.kind === 'close' ? this.#codes[pair ?? -1]?.code : code) ?? {}
      const { kind, type, label, equiv } = code
      return {
        kind,
        pair,
        type,
        label,
        equiv,
        data: source.slice(start, end),
        ...(deletable === true && { deletable }),
        ...(reorderable === false && { reorderable }),
      }
    })
    // What lies between two items (a comment) belongs to the first of them.
    for (const [place, at] of codePositions(text).entries()) {
      const [own, code] = [codes[place], source.slice(offsets[at], offsets[at + 1])]
      if (own !== undefined && own.data !== code) codes[place] = { ...own, data: code }
    }
    return { text, codes, keys: this.#codes.map(({ key }) => key), offsets }
  }

  #decoded(text: string, start: number, end: number): void {
    if (NEEDS_CODE.test(text)) {
      this.#codes.push({ kind: 'code', ...characterPiece(text), start, end })
      this.#add(codeCharacter(0), start, end)
    } else for (let at = 0; at < text.length; at++) this.#add(text.charAt(at), at === 0 ? start : end, end)
  }

  /** One character of white space, CR LF as one line feed. @returns where the next one begins */
  #blank(source: string, at: number, limit: number): number {
    const carriage = source.charAt(at) === '\r'
    const end = carriage && at + 1 < limit && source.charAt(at + 1) === '\n' ? at + 2 : at + 1
    this.#add(carriage ? '\n' : source.charAt(at), at, end)
    return end
  }

  #add(character: string, start: number, end: number): void {
    this.#text += character
    this.#starts.push(start)
    this.#end = end
  }
}

const BLANK: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n'])

function blanksEnd(source: string, from: number, limit: number): number {
  let at = from
  while (at < limit && BLANK.has(source.charAt(at))) at++
  return at
}

function codePositions(text: string): readonly number[] {
  const positions: number[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= FIRST_CODE && unit <= LAST_CODE) positions.push(at)
  }
  return positions
}

function stringPiece(
  text: string,
  { kind, type, label, equiv, partner, deletable, reorderable }: CodeDraft,
  start: number,
  end: number,
): CodePiece {
  return {
    kind: 'code',
    key: `string ${text}`,
    partner: partner === undefined ? undefined : `string ${partner}`,
    code: {
      kind,
      type,
      label,
      equiv: equiv ?? '',
      ...(deletable !== undefined && { deletable }),
      ...(reorderable !== undefined && { reorderable }),
    },
    start,
    end,
  }
}

/** The code for a character that cannot stand in a text as itself. */
export function characterPiece(character: string): Omit<CodePiece, 'kind' | 'start' | 'end'> {
  const label = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const code = { kind: 'single', type: 'char', label, equiv: character } as const
  return { key: `character ${label}`, partner: undefined, code }
}

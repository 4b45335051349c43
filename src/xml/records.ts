import { DomainError, type Place } from '../domain/errors.ts'

/** One piece of a large XML file: a whole element, or the start tag of one that stands around such elements. */
export type XmlPiece = {
  readonly kind: 'record' | 'open'
  /** Without prefix. */
  readonly local: string
  /** Raw: `<tu …>…</tu>` of a record, `<body …>` of an element that stands around records. */
  readonly text: string
  /** 1-based, of its `<`. */
  readonly line: number
  readonly column: number
}

export type RecordOptions = {
  /** Local names of the elements that are handed out whole. */
  readonly records: ReadonlySet<string>
  readonly file?: string
  /** Longest record in UTF-16 code units; default 10 million. */
  readonly maxRecord?: number
}

const MAX_RECORD = 10_000_000
const MAX_DEPTH = 256
/** Text is scanned in blocks of at least this many code units. */
const BLOCK = 65_536

/**
 * Cuts XML that arrives in pieces into records, holding no more than one of them and one block at a time. It finds
 * where tags, comments, CDATA sections and instructions end, and counts depth; whether a record is well-formed is
 * for whoever parses it. A DOCTYPE that only names a DTD is passed over, one with an internal subset is refused,
 * so there are no entities. Time is linear, whatever the size of the pieces: what is not complete yet is scanned
 * again only when as much has come again.
 */
export class XmlRecordSplitter {
  readonly #options: RecordOptions
  #waiting: string[] = []
  #waitingLength = 0
  #buffer = ''
  /** Where in the buffer scanning goes on. */
  #at = 0
  /** Names of the open elements around records. */
  readonly #outer: string[] = []
  #rootClosed = false
  #record: { local: string; start: number; depth: number } | undefined
  /** The line that was reached, where it starts in the buffer, and where the next one is to end. */
  #line = 1
  #lineStart = 0
  #lineEnd = Number.POSITIVE_INFINITY

  constructor(options: RecordOptions) {
    this.#options = options
  }

  /** @throws DomainError `invalid-input`, `too-large` with line and column */
  push(text: string): readonly XmlPiece[] {
    if (text === '') return []
    this.#waiting.push(text)
    this.#waitingLength += text.length
    return this.#waitingLength < Math.max(BLOCK, this.#buffer.length) ? [] : this.#scan()
  }

  /** What is left when nothing more will come; `close` is next. @throws DomainError as `push` */
  flush(): readonly XmlPiece[] {
    return this.#scan()
  }

  /** @throws DomainError `invalid-input` where the file ended too early */
  close(): void {
    if (this.#rootClosed && this.#at >= this.#buffer.length) return
    const name = this.#record?.local ?? this.#outer.at(-1)
    const rootless = this.#rootClosed ? 'a piece of mark-up is not closed' : 'it has no root element'
    const missing = name === undefined ? rootless : `</${name}> is missing`
    throw this.#failure('invalid-input', `this XML ends too early: ${missing}`, this.#buffer.length)
  }

  #scan(): readonly XmlPiece[] {
    const known = this.#buffer.length
    this.#buffer += this.#waiting.join('')
    if (this.#lineEnd === Number.POSITIVE_INFINITY) this.#lineEnd = this.#lineEndFrom(known)
    this.#waiting = []
    this.#waitingLength = 0
    const pieces: XmlPiece[] = []
    for (;;) {
      const start = this.#buffer.indexOf('<', this.#at)
      if (this.#outer.length === 0 && this.#record === undefined) {
        this.#refuseText(start === -1 ? this.#buffer.length : start)
      }
      if (start === -1) {
        this.#at = this.#buffer.length
        break
      }
      this.#at = start
      const end = this.#endOf(start)
      if (end === -1) break
      this.#at = end
      const piece = this.#take(start, end)
      if (piece !== undefined) pieces.push(piece)
    }
    this.#dropPast(this.#record?.start ?? this.#at)
    if (this.#buffer.length > (this.#options.maxRecord ?? MAX_RECORD)) {
      const name = this.#record === undefined ? 'a piece of mark-up' : `one <${this.#record.local}>`
      throw this.#failure(
        'too-large',
        `${name} is longer than ${this.#options.maxRecord ?? MAX_RECORD} characters`,
        0,
      )
    }
    return pieces
  }

  /** Behind the mark-up that starts here; -1 where its end has not come yet. */
  #endOf(start: number): number {
    const buffer = this.#buffer
    const behind = (mark: string, from: number): number => {
      const found = buffer.indexOf(mark, from)
      return found === -1 ? -1 : found + mark.length
    }
    switch (buffer.charAt(start + 1)) {
      case '':
        return -1
      case '/':
        return behind('>', start + 2)
      case '?':
        return behind('?>', start + 2)
      case '!':
        if (buffer.startsWith('<!--', start)) return behind('-->', start + 4)
        if (buffer.startsWith('<![CDATA[', start)) return behind(']]>', start + 9)
        if (buffer.length < start + 9) return -1
        return this.#endOfDoctype(start)
      default:
        return endOfTag(buffer, start + 1)
    }
  }

  #endOfDoctype(start: number): number {
    const allowed =
      this.#outer.length === 0 && !this.#rootClosed && this.#buffer.startsWith('<!DOCTYPE', start)
    const end = endOfTag(this.#buffer, start + 1)
    const seen = this.#buffer.slice(start, end === -1 ? undefined : end)
    if (!allowed || seen.includes('[')) {
      const message = 'this XML contains a DOCTYPE with declarations, which is not accepted; remove it'
      throw this.#failure('invalid-input', message, start)
    }
    return end
  }

  #take(start: number, end: number): XmlPiece | undefined {
    const buffer = this.#buffer
    const first = buffer.charCodeAt(start + 1)
    if (first === EXCLAMATION || first === QUESTION) {
      if (first === EXCLAMATION && this.#outer.length === 0 && buffer.startsWith('<![', start)) {
        throw this.#failure('invalid-input', 'this is not well-formed XML: text outside the root', start)
      }
      return undefined
    }
    if (first === SLASH) return this.#close(start, end)
    const selfClosing = buffer.charCodeAt(end - 2) === SLASH
    if (this.#record !== undefined) {
      if (!selfClosing && ++this.#record.depth > MAX_DEPTH) {
        throw this.#failure('too-large', `elements are nested more than ${MAX_DEPTH} deep`, start)
      }
      return undefined
    }
    const name = nameAt(buffer, start + 1, end)
    const local = name.slice(name.indexOf(':') + 1)
    if (this.#outer.length === 0 && this.#rootClosed) {
      throw this.#failure(
        'invalid-input',
        `this is not well-formed XML: <${name}> after the root element`,
        start,
      )
    }
    if (this.#outer.length > 0 && this.#options.records.has(local)) {
      if (selfClosing) return this.#piece('record', local, start, end)
      this.#record = { local, start, depth: 1 }
      return undefined
    }
    if (this.#outer.length >= MAX_DEPTH) {
      throw this.#failure('too-large', `elements are nested more than ${MAX_DEPTH} deep`, start)
    }
    if (!selfClosing) this.#outer.push(name)
    else if (this.#outer.length === 0) this.#rootClosed = true
    return this.#piece('open', local, start, end)
  }

  #close(start: number, end: number): XmlPiece | undefined {
    const record = this.#record
    if (record !== undefined) {
      if (--record.depth > 0) return undefined
      this.#record = undefined
      return this.#piece('record', record.local, record.start, end)
    }
    const name = this.#buffer.slice(start + 2, end - 1).trimEnd()
    const expected = this.#outer.pop()
    if (name !== expected) {
      const wanted = expected === undefined ? 'nothing is open' : `</${expected}> was expected`
      throw this.#failure(
        'invalid-input',
        `this is not well-formed XML: </${name.slice(0, 40)}>, but ${wanted}`,
        start,
      )
    }
    if (this.#outer.length === 0) this.#rootClosed = true
    return undefined
  }

  #piece(kind: XmlPiece['kind'], local: string, start: number, end: number): XmlPiece {
    const { line, column } = this.#placeOf(start)
    return { kind, local, text: this.#buffer.slice(start, end), line, column }
  }

  #refuseText(end: number): void {
    for (let at = this.#at; at < end; at++) {
      const unit = this.#buffer.charCodeAt(at)
      if (unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xfeff) continue
      throw this.#failure('invalid-input', 'this is not XML: there is text outside the root element', at)
    }
  }

  /** Forgets what lies before `to`. */
  #dropPast(to: number): void {
    this.#countTo(to)
    this.#buffer = this.#buffer.slice(to)
    this.#at -= to
    this.#lineStart -= to
    this.#lineEnd -= to
    if (this.#record !== undefined) this.#record.start -= to
  }

  #countTo(to: number): void {
    while (this.#lineEnd < to) {
      this.#line++
      this.#lineStart = this.#lineEnd + 1
      this.#lineEnd = this.#lineEndFrom(this.#lineStart)
    }
  }

  #lineEndFrom(from: number): number {
    const found = this.#buffer.indexOf('\n', from)
    return found === -1 ? Number.POSITIVE_INFINITY : found
  }

  #placeOf(offset: number): { line: number; column: number } {
    this.#countTo(offset)
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }

  #failure(code: 'invalid-input' | 'too-large', message: string, offset: number): DomainError {
    const { file } = this.#options
    const place: Place = { ...(file === undefined ? {} : { file }), ...this.#placeOf(offset) }
    return new DomainError(code, message, { place })
  }
}

/** Behind the `>` of a tag, which may stand in quotation marks before; -1 where it has not come yet. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === GREATER) return at + 1
    if (unit !== DOUBLE && unit !== SINGLE) continue
    at = text.indexOf(unit === DOUBLE ? '"' : "'", at + 1)
    if (at === -1) return -1
  }
  return -1
}

function nameAt(text: string, from: number, end: number): string {
  let at = from
  for (; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit <= 0x20 || unit === SLASH || unit === GREATER) break
  }
  return text.slice(from, at)
}

const EXCLAMATION = 0x21
const DOUBLE = 0x22
const SINGLE = 0x27
const SLASH = 0x2f
const GREATER = 0x3e
const QUESTION = 0x3f

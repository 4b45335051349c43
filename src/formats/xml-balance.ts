/** What WordprocessingML asks of a paragraph's content beyond well-formedness. */
export type RunRules = {
  /** Elements whose children are runs: links and the like; '' is the paragraph itself. */
  readonly holders: ReadonlySet<string>
  /** Other elements that may stand beside runs. */
  readonly besides: ReadonlySet<string>
  readonly run: string
  readonly text: string
  /** Elements that may stand both in a run and beside one. */
  readonly anywhere: ReadonlySet<string>
  /** Start tag of a run in the paragraph's plain format, with its properties. */
  readonly openRun: string
  /** The stretch begins in a text element that already keeps its white space. */
  readonly preserved: boolean
}

/** Stand around translated text until `balanceXml` has seen it; no XML and no translation can hold them. */
export const EDITED = '\u0001'
export const EDITED_END = '\u0002'

/**
 * Makes mark-up whole again that translation has moved, doubled or dropped pieces of: unmatched end tags go,
 * unclosed elements are closed, and with `rules` translated text stands in a run's text element, runs do not nest,
 * and text with white space at its edge says `xml:space="preserve"`. Mark-up that is whole stays as it is.
 * Linear in its length.
 *
 * @param rendered a stretch of XML that may begin and end in the middle of elements; tags are whole
 * @param start names of the elements open where it begins, outermost first
 * @param end likewise where it ends
 */
export function balanceXml(
  rendered: string,
  start: readonly string[],
  end: readonly string[],
  rules?: RunRules,
): string {
  const balancer = new Balancer(start, rules)
  let at = 0
  while (at < rendered.length) {
    if (rendered.charCodeAt(at) !== LESS) {
      const tag = rendered.indexOf('<', at)
      const next = tag === -1 ? rendered.length : tag
      balancer.text(rendered.slice(at, next))
      at = next
      continue
    }
    const next = endOfMarkup(rendered, at)
    balancer.markup(rendered.slice(at, next))
    at = next
  }
  return balancer.end(end)
}

/** Offset behind the tag, comment, instruction or CDATA section at `at`. */
function endOfMarkup(xml: string, at: number): number {
  if (xml.startsWith('<!--', at)) return behind(xml, '-->', at + 4)
  if (xml.startsWith('<![CDATA[', at)) return behind(xml, ']]>', at + 9)
  if (xml.startsWith('<?', at)) return behind(xml, '?>', at + 2)
  let quote = 0
  for (let index = at + 1; index < xml.length; index++) {
    const unit = xml.charCodeAt(index)
    if (quote !== 0) {
      if (unit === quote) quote = 0
    } else if (unit === 34 || unit === 39) quote = unit
    else if (unit === GREATER) return index + 1
  }
  return xml.length
}

function behind(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from)
  return found === -1 ? xml.length : found + mark.length
}

class Balancer {
  readonly #rules: RunRules | undefined
  readonly #out: string[] = []
  readonly #stack: string[]
  /** How many open elements have this name. */
  readonly #open = new Map<string, number>()
  /** Index in `#out` of the start tag of the open text element; -1 where it stands before the stretch. */
  #textTag = -1
  #edited = false
  /** The open text element says that white space at its edges counts. */
  #keepsSpace = true
  /** First and last characters in the open text element. */
  #first = ''
  #last = ''

  constructor(start: readonly string[], rules: RunRules | undefined) {
    this.#rules = rules
    this.#stack = []
    for (const name of start) this.#push(name)
    this.#keepsSpace = rules?.preserved !== false
  }

  text(text: string): void {
    const edited = text.includes(EDITED)
    const plain = edited ? withoutMarks(text, this.#keepsSpace) : text
    if (plain === '') return
    const rules = this.#rules
    if (rules !== undefined && edited && this.#top !== rules.text) {
      if (rules.holders.has(this.#top)) this.#openRun(rules)
      if (this.#top === rules.run) this.#openText(rules)
    }
    if (edited) this.#edited = true
    if (this.#first === '') this.#first = plain.charAt(0)
    this.#last = plain.charAt(plain.length - 1)
    this.#out.push(plain)
  }

  markup(markup: string): void {
    const second = markup.charAt(1)
    if (second === '!' || second === '?') this.#out.push(markup)
    else if (second === '/') this.#close(markup.slice(2, -1).trimEnd(), markup)
    else this.#start(/^<([^\s/>]+)/.exec(markup)?.[1] ?? '', markup)
  }

  #start(name: string, markup: string): void {
    const rules = this.#rules
    if (rules !== undefined) this.#makeRoom(rules, name)
    this.#out.push(markup)
    if (markup.endsWith('/>')) return
    this.#push(name)
    if (name !== rules?.text) return
    this.#textTag = this.#out.length - 1
    this.#keepsSpace = markup.includes('xml:space')
  }

  /** Leaves and enters runs so that this element may stand here. */
  #makeRoom(rules: RunRules, name: string): void {
    if (this.#top === rules.text) this.#pop()
    const block = name === rules.run || rules.holders.has(name) || rules.besides.has(name)
    if (block && this.#top === rules.run) this.#pop()
    if (!block && !rules.anywhere.has(name) && rules.holders.has(this.#top)) this.#openRun(rules)
  }

  #close(name: string, markup: string): void {
    if ((this.#open.get(name) ?? 0) === 0) return
    while (this.#top !== name) this.#pop()
    this.#pop(markup)
  }

  end(wanted: readonly string[]): string {
    let common = 0
    while (common < wanted.length && wanted[common] === this.#stack[common]) common++
    while (this.#stack.length > common) this.#pop()
    for (const name of wanted.slice(common)) {
      const rules = this.#rules
      if (name === rules?.run) this.#openRun(rules)
      else if (name === rules?.text) this.#openText(rules)
      else {
        this.#out.push(`<${name}>`)
        this.#push(name)
      }
    }
    if (this.#rules !== undefined && this.#top === this.#rules.text) this.#preserve()
    return this.#out.join('')
  }

  get #top(): string {
    return this.#stack.at(-1) ?? ''
  }

  #push(name: string): void {
    this.#stack.push(name)
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1)
    if (name !== this.#rules?.text) return
    this.#edited = false
    this.#first = ''
    this.#last = ''
    this.#textTag = -1
  }

  #pop(markup?: string): void {
    const name = this.#stack.pop() ?? ''
    this.#open.set(name, (this.#open.get(name) ?? 1) - 1)
    if (name === this.#rules?.text) this.#preserve()
    this.#out.push(markup ?? `</${name}>`)
  }

  #openRun(rules: RunRules): void {
    this.#out.push(rules.openRun)
    this.#push(rules.run)
  }

  #openText(rules: RunRules): void {
    this.#push(rules.text)
    this.#textTag = this.#out.length
    this.#keepsSpace = true
    this.#out.push(`<${rules.text}${PRESERVE}>`)
  }

  /** White space at the edge of a text element is lost unless the element says that it counts. */
  #preserve(): void {
    if (!this.#edited || this.#keepsSpace || !(isBlank(this.#first) || isBlank(this.#last))) return
    const tag = this.#out[this.#textTag]
    const name = this.#rules?.text ?? ''
    if (tag === undefined) this.#out.unshift(`</${name}><${name}${PRESERVE}>`)
    else this.#out[this.#textTag] = tag.replace(/^<[^\s>]+/, `$&${PRESERVE}`)
    this.#edited = false
  }
}

/** Where white space at the edges does not count yet, that of the document goes, lest it count with the new text. */
function withoutMarks(text: string, keepsSpace: boolean): string {
  let start = 0
  let end = text.length
  if (!keepsSpace) {
    while (isBlank(text.charAt(start))) start++
    if (text.charAt(start) !== EDITED) start = 0
    while (isBlank(text.charAt(end - 1))) end--
    if (text.charAt(end - 1) !== EDITED_END) end = text.length
  }
  return text.slice(start, end).replaceAll(EDITED, '').replaceAll(EDITED_END, '')
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

const PRESERVE = ' xml:space="preserve"'
const LESS = 60
const GREATER = 62

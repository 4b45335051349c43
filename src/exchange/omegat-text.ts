import type { XmlElement, XmlNode } from '../xml/tree.ts'

/**
 * How OmegaT shows an inline text of an XLIFF 1.2 file: mark-up as short tags (`<g0>`, `</g0>`, `<x1/>`), the first
 * letter of the element's name and a number that counts elements from 0. Mark-up and white space before the first
 * and behind the last words are not shown, unless one half of a pair stands among the words. Measured on OmegaT 3.6.
 */
export type OmegatText = {
  readonly shown: string
  /** Raw XML around what is shown. */
  readonly before: string
  readonly after: string
  /** Short tag → raw XML. */
  readonly tags: ReadonlyMap<string, string>
}

type Token = {
  readonly kind: 'text' | 'open' | 'close' | 'alone'
  /** Decoded for text, the tag as written for mark-up. */
  readonly text: string
  readonly raw: string
  /** Name and id: the same in source and target. */
  readonly key: string
  /** Index of the other half; -1 where there is none. */
  partner: number
}

/**
 * @param element `source` or `target`
 * @param file the text that the element's offsets count in
 * @returns undefined where it has no words, or words that look like a short tag
 */
export function omegatText(element: XmlElement, file: string): OmegatText | undefined {
  const tokens = tokensOf(element, file)
  const [from, to] = shownRange(tokens)
  if (from > to || tokens.some(({ kind, text }) => kind === 'text' && SHORT_TAG.test(text))) return undefined
  const names = new Map<number, string>()
  const tags = new Map<string, string>()
  let shown = ''
  for (let at = from; at <= to; at++) {
    const token = tokens[at]
    if (token === undefined) continue
    if (token.kind === 'text') {
      shown += token.text
      continue
    }
    const name = names.get(token.partner) ?? `${token.key.charAt(0)}${names.size}`
    if (token.kind !== 'close') names.set(at, name)
    const tag = token.kind === 'open' ? `<${name}>` : token.kind === 'close' ? `</${name}>` : `<${name}/>`
    tags.set(tag, token.raw)
    shown += tag
  }
  const raw = (first: number, last: number): string =>
    tokens
      .slice(first, last)
      .map((token) => token.raw)
      .join('')
  const lead = shown.length - shown.trimStart().length
  const tail = shown.length - shown.trimEnd().length
  return {
    shown: shown.trim(),
    before: raw(0, from) + shown.slice(0, lead),
    after: shown.slice(shown.length - tail) + raw(to + 1, tokens.length),
    tags,
  }
}

/**
 * A target in the short tags of its source.
 *
 * @returns undefined where it has mark-up that the shown source has not, or other mark-up around it
 */
export function omegatTarget(target: XmlElement, source: OmegatText, file: string): string | undefined {
  const raw = file.slice(target.contentStart, target.contentEnd)
  if (!raw.startsWith(source.before) || !raw.endsWith(source.after)) return undefined
  if (raw.length < source.before.length + source.after.length) return undefined
  const tokens = tokensOf(target, file)
  const names = new Map([...source.tags].map(([tag, xml]) => [xml, tag]))
  const inside: string[] = []
  let at = 0
  for (const token of tokens) {
    const start = at
    at += token.raw.length
    if (token.kind !== 'text') {
      if (start < source.before.length || at > raw.length - source.after.length) continue
      const tag = token.kind === 'close' ? closingTag(token, tokens, names) : names.get(token.raw)
      if (tag === undefined) return undefined
      inside.push(tag)
    } else if (SHORT_TAG.test(token.text)) {
      return undefined
    } else {
      inside.push(token.text)
    }
  }
  return inside.join('').trim()
}

/** All closing tags of an element are written alike: it is the opening one that names it. */
function closingTag(
  token: Token,
  tokens: readonly Token[],
  names: ReadonlyMap<string, string>,
): string | undefined {
  const opening = names.get(tokens[token.partner]?.raw ?? '')
  return opening?.replace('<', '</')
}

/**
 * Puts what a translator wrote in short tags back into XML. Tags that the source has not are text.
 *
 * @param escapeWords makes XML of words
 */
export function fromOmegat(
  written: string,
  source: OmegatText,
  escapeWords: (text: string) => string,
): string {
  let xml = ''
  let from = 0
  for (const match of written.matchAll(SHORT_TAGS)) {
    const raw = source.tags.get(match[0])
    if (raw === undefined) continue
    xml += escapeWords(written.slice(from, match.index)) + raw
    from = match.index + match[0].length
  }
  return `${source.before}${xml}${escapeWords(written.slice(from))}${source.after}`
}

/**
 * The same texts have the same key whatever the tool numbered its tags from: tags are numbered in the order of their
 * appearance in the source.
 *
 * @returns the key of the source, and the target in tags numbered as OmegaT 3.6 does
 */
export function withPlainNumbers(
  source: string,
  target: string,
): { readonly key: string; readonly target: string } {
  const numbers = new Map<string, number>()
  const renumber = (_: string, slash: string, letter: string, number: string, end: string): string => {
    const name = `${letter}${number}`
    const known = numbers.get(name) ?? numbers.size
    numbers.set(name, known)
    return `<${slash}${letter}${known}${end}>`
  }
  const key = source.replace(SHORT_TAGS, renumber)
  return { key, target: target.replace(SHORT_TAGS, renumber) }
}

const SHORT_TAG = /<\/?[a-z]\d{1,5}\/?>/
const SHORT_TAGS = /<(\/?)([a-z])(\d{1,5})(\/?)>/g

function tokensOf(element: XmlElement, file: string): readonly Token[] {
  const tokens: Token[] = []
  const pending: (XmlNode | { readonly close: number; readonly of: XmlElement })[] =
    element.children.toReversed()
  const keyOf = (one: XmlElement): string => `${one.local} ${one.attributes.get('id')?.value ?? ''}`
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('close' in next) {
      const raw = file.slice(next.of.contentEnd, next.of.end)
      const opening = tokens[next.close]
      if (opening !== undefined) opening.partner = tokens.length
      tokens.push({ kind: 'close', text: raw, raw, key: keyOf(next.of), partner: next.close })
    } else if (next.kind === 'text') {
      tokens.push({
        kind: 'text',
        text: next.text,
        raw: file.slice(next.start, next.end),
        key: '',
        partner: -1,
      })
    } else if (next.kind === 'element') {
      const alone = next.children.length === 0
      const raw = alone ? file.slice(next.start, next.end) : file.slice(next.start, next.contentStart)
      const kind = alone && next.local !== 'g' ? 'alone' : 'open'
      if (alone && kind === 'open') {
        // An empty pair, however it is written.
        const [open, close] = next.selfClosing
          ? [raw.replace(/\/>$/, '>'), `</${next.name}>`]
          : splitPair(raw)
        tokens.push({ kind: 'open', text: open, raw: open, key: keyOf(next), partner: tokens.length + 1 })
        tokens.push({ kind: 'close', text: close, raw: close, key: keyOf(next), partner: tokens.length - 1 })
        continue
      }
      tokens.push({ kind, text: raw, raw, key: keyOf(next), partner: -1 })
      if (alone) continue
      pending.push({ close: tokens.length - 1, of: next })
      for (const child of next.children.toReversed()) pending.push(child)
    }
  }
  return tokens
}

function splitPair(raw: string): readonly [string, string] {
  const at = raw.lastIndexOf('</')
  return [raw.slice(0, at), raw.slice(at)]
}

/** First and last token that are shown. */
function shownRange(tokens: readonly Token[]): readonly [number, number] {
  const isText = ({ kind, text }: Token): boolean => kind === 'text' && text.trim() !== ''
  let from = tokens.findIndex(isText)
  let to = tokens.findLastIndex(isText)
  if (from === -1) return [0, -1]
  for (let at = from - 1; at >= 0; at--) {
    const { partner = -1 } = tokens[at] ?? {}
    if (partner >= from && partner <= to) from = at
  }
  for (let at = to + 1; at < tokens.length; at++) {
    const { partner = -1 } = tokens[at] ?? {}
    if (partner >= from && partner <= to) to = at
  }
  return [from, to]
}

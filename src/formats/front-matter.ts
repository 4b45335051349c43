import { CST, Parser, parse, stringify } from 'yaml'
import { characterCode, needsCode, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** Top-level keys whose values are prose. */
const PROSE_KEYS = new Set(
  'caption dek description excerpt headline lead standfirst subtitle summary title'.split(' '),
)

const ESCAPES = {
  scalar: 'yaml-plain',
  'single-quoted-scalar': 'yaml-single',
  'double-quoted-scalar': 'yaml-double',
}

/**
 * The units of YAML front matter: one-line strings under the keys of `PROSE_KEYS`, plain or quoted. All other
 * values, and front matter that is not valid YAML, are left alone.
 *
 * @param start offset of the opening `---` line in `source`; `end` is behind the closing one
 */
export function draftFrontMatter(
  source: string,
  start: number,
  end: number,
  file: string | undefined,
): readonly UnitDraft[] {
  const first = source.indexOf('\n', start) + 1
  const last = source.lastIndexOf('\n', end - 1)
  if (first === 0 || last < first) return []
  const drafts: UnitDraft[] = []
  for (const { key, value } of topLevelPairs(source.slice(first, last + 1))) {
    if (!PROSE_KEYS.has(key.toLowerCase())) continue
    const draft = draftScalar(source, first + value.offset, value, file)
    if (draft !== undefined) drafts.push(draft)
  }
  return drafts
}

type Pair = { readonly key: string; readonly value: CST.FlowScalar }

/** The concrete syntax tree is made without recursion, so depth does no harm. */
function topLevelPairs(yaml: string): readonly Pair[] {
  const pairs: Pair[] = []
  for (const token of new Parser().parse(yaml)) {
    if (token.type === 'error') return []
    if (token.type !== 'document' || token.value?.type !== 'block-map') continue
    for (const item of token.value.items) {
      const key = item.key
      const value = item.value
      if (key === null || key === undefined || !CST.isScalar(key)) continue
      if (value === null || value === undefined || !CST.isScalar(value)) continue
      if (value.type !== 'block-scalar' && value.type !== 'alias') {
        pairs.push({ key: CST.resolveAsScalar(key)?.value ?? '', value })
      }
    }
  }
  return pairs
}

function draftScalar(
  source: string,
  start: number,
  token: CST.FlowScalar,
  file: string | undefined,
): UnitDraft | undefined {
  if (token.type === 'alias' || /[\r\n]/.test(token.source)) return undefined
  const value = stringOf(token.source)
  if (value === undefined) return undefined
  const quoted = token.type !== 'scalar'
  const from = quoted ? start + 1 : start
  const to = start + token.source.length - (quoted ? 1 : 0)
  const builder = new UnitBuilder()
  let text = ''
  for (let at = from; at < to; ) {
    const piece = readPiece(source, at, token.type)
    text += piece.text
    if (piece.text.length === 1 && needsCode(piece.text.charCodeAt(0))) {
      builder.code(characterCode(piece.text), at, piece.end)
    } else builder.decoded(piece.text, at, piece.end)
    at = piece.end
  }
  if (text !== value) return undefined
  return builder.finish({ kind: 'metadata', escape: ESCAPES[token.type], source, file })
}

function readPiece(source: string, at: number, type: keyof typeof ESCAPES): { text: string; end: number } {
  const character = source.charAt(at)
  if (type === 'single-quoted-scalar' && character === "'") return { text: character, end: at + 2 }
  if (type !== 'double-quoted-scalar' || character !== '\\') return { text: character, end: at + 1 }
  const digits = { x: 2, u: 4, U: 8 }[source.charAt(at + 1)] ?? 0
  const end = at + 2 + digits
  return { text: stringOf(`"${source.slice(at, end)}"`) ?? '', end }
}

function stringOf(scalar: string): string | undefined {
  try {
    const value: unknown = parse(scalar)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * A plain scalar as it stands, or in double quotes where it would else be read as something else.
 *
 * @param text one line of plain text
 */
export function quoteScalar(text: string): string {
  try {
    const read: unknown = parse(`key: ${text}`)
    const same = typeof read === 'object' && read !== null && 'key' in read && read.key === text
    if (same && Object.keys(read).length === 1) return text
  } catch {
    // Not YAML as it stands: quotes make it so.
  }
  return stringify(text, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }).trimEnd()
}

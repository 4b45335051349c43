import fc from 'fast-check'
import { type CodeType, codeCharacter, type InlineCode, type Segment } from '../../src/domain/document.ts'
import { TARGET_ORIGINS, TARGET_STATES, type Target } from '../../src/domain/target.ts'
import type { ExchangeFile, ExchangeSegment } from '../../src/exchange/xliff-model.ts'

/** Random documents with inline codes of every kind, nested, crossing and halved, for property tests. */

const CODE_TYPES: readonly CodeType[] = ['format', 'link', 'image', 'code', 'break', 'note', 'char', 'other']

/** Text that XML, editors and matchers find hard; `control` adds what XML cannot hold. */
export function hostileText(control: boolean): fc.Arbitrary<string> {
  const pieces = [
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '&amp;',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '  ',
    ' ',
    'é',
    'e\u0301',
  ]
  const rare = ['\u2028', '\u00a0', '\u200f', '\ufeff', '😀', 'שלום', '%s', '{0}', '<b>', '--', '?>', 'wörd']
  const impossible = control ? ['\u0000', '\u0008', '\u001f', '\ufffe', '\uffff', '\ud800', '\udc00'] : []
  const piece = fc.oneof(
    fc.constantFrom(...pieces, ...rare, ...impossible),
    fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/[\ue000-\uf8ff]/g, '')),
    fc.constantFrom('Minsk', 'the strike', 'Декрет № 3', 'OMON(2)'),
  )
  return fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(''))
}

/** Words that no reader stumbles over: never white space alone, no line ends. */
export function plainWords(): fc.Arbitrary<string> {
  const words = [
    'Minsk',
    ' the strike ',
    '<b>',
    'a & b',
    '"quoted"',
    "it's",
    'Декрет № 3',
    '😀',
    '&amp;',
    'x > y',
  ]
  return fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
    .map((parts) => `${parts.join('')}.`)
}

type Token = { readonly code: 'open' | 'close' | 'single' | 'half'; readonly slot: number }

/** A source text with its codes numbered in order of appearance. */
export function codedText(
  anyText: fc.Arbitrary<string>,
): fc.Arbitrary<{ text: string; codes: readonly InlineCode[] }> {
  const token = fc.record({
    code: fc.constantFrom<Token['code']>('open', 'open', 'close', 'close', 'close', 'single', 'half'),
    slot: fc.nat(1),
  })
  const safe = hostileText(false).map((text) => text.replace(/[\r\u2028]/g, ''))
  const words = fc.record({
    type: fc.constantFrom(...CODE_TYPES),
    label: safe.map((label) => `l${label}`),
    data: anyText,
    equiv: safe,
    close: fc.boolean(),
  })
  const tokens = fc.array(fc.oneof(anyText, token), { maxLength: 12 })
  return fc.tuple(tokens, fc.array(words, { minLength: 12, maxLength: 12 })).map(([parts, wordList]) => {
    const codes: InlineCode[] = []
    const open = new Map<number, number>()
    let text = ''
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part
        continue
      }
      const index = codes.length
      const word = wordList[index]
      const pair = open.get(part.slot)
      if (word === undefined || (part.code === 'close' && pair === undefined)) continue
      const { type, label, data, equiv } = word
      text += codeCharacter(index)
      if (part.code === 'close' && pair !== undefined) {
        const start = codes[pair]
        if (start === undefined) continue
        codes[pair] = { ...start, pair: index }
        codes.push({ kind: 'close', pair, type: start.type, data, label: `/${start.label}`, equiv })
        open.delete(part.slot)
      } else if (part.code === 'open' && pair === undefined) {
        open.set(part.slot, index)
        codes.push({ kind: 'open', pair: null, type, data, label, equiv })
      } else {
        const kind = part.code === 'half' ? (word.close ? 'close' : 'open') : 'single'
        codes.push({ kind, pair: null, type, data, label, equiv })
      }
    }
    return { text: text === '' ? 'x' : text, codes }
  })
}

/** A target that uses any of the codes any number of times in any order, or all of them as the source does. */
function anyTarget(codes: readonly InlineCode[], anyText: fc.Arbitrary<string>): fc.Arbitrary<Target> {
  const characters = codes.map((_, index) => codeCharacter(index))
  const code = characters.length === 0 ? fc.constant('x') : fc.constantFrom(...characters)
  const anyOrder = fc.array(fc.oneof(anyText, code), { maxLength: 10 })
  const sameOrder = anyText.map((text) => [text, ...characters.flatMap((one) => [one, text])])
  return fc.record({
    text: fc.oneof(anyOrder, sameOrder).map((parts) => `t${parts.join('')}`),
    state: fc.constantFrom(...TARGET_STATES),
    origin: fc.constantFrom(...TARGET_ORIGINS),
    by: fc.constantFrom('DeepL', 'Anna & Ben "quoted"', 'память', 'memory <1>'),
    version: fc.constant(1),
  })
}

function exchangeSegment(anyText: fc.Arbitrary<string>): fc.Arbitrary<ExchangeSegment> {
  return codedText(anyText).chain(({ text, codes }) => {
    const segment: Segment = {
      id: 'u1-s1',
      unitId: 'u1',
      unitKind: 'paragraph',
      start: 0,
      end: 1,
      text,
      codes,
    }
    return fc.record(
      {
        segment: fc.constant(segment),
        target: anyTarget(codes, anyText),
        notes: fc.array(hostileText(false), { maxLength: 2 }),
        terms: fc.array(
          fc.record({
            source: hostileText(false),
            target: hostileText(false),
            definition: hostileText(false),
          }),
          { maxLength: 2 },
        ),
        translate: fc.boolean(),
      },
      { requiredKeys: ['segment', 'notes', 'terms'] },
    )
  })
}

export function exchangeFile(anyText: fc.Arbitrary<string>): fc.Arbitrary<ExchangeFile> {
  return fc.record({
    documentId: fc.constantFrom('d1', 'a b/c:ü.x', '7f9c-41'),
    exportId: fc.constantFrom('e1', 'x:1'),
    original: hostileText(false).map((name) => `${name.replace(/[\t\r\n\u2028]/g, '')}.html`),
    format: fc.constantFrom('text', 'markdown', 'html'),
    sourceLocale: fc.constant('en'),
    targetLocale: fc.constantFrom('de', 'pt-BR'),
    segmentationVersion: fc.constant('1'),
    segments: fc
      .array(exchangeSegment(anyText), { minLength: 1, maxLength: 4 })
      .map((segments) =>
        segments.map((one, at) => ({ ...one, segment: { ...one.segment, id: `u${at + 1}-s1` } })),
      ),
  })
}

/** A plain document of `count` paragraphs with a link, an image and emphasis that spans two sentences. */
export function plainFile(count: number, changes: Partial<ExchangeFile> = {}): ExchangeFile {
  const open = (label: string, pair: number | null, type: CodeType): InlineCode =>
    ({ kind: 'open', pair, type, data: `<${label}>`, label, equiv: '' }) as const
  const close = (label: string, pair: number | null, type: CodeType): InlineCode =>
    ({ kind: 'close', pair, type, data: `</${label}>`, label: `/${label}`, equiv: '' }) as const
  const codes: readonly InlineCode[] = [
    open('a', 1, 'link'),
    close('a', 0, 'link'),
    { kind: 'single', pair: null, type: 'break', data: '<br>', label: 'br', equiv: '\n' },
    open('em', null, 'format'),
  ]
  const [a, z, br, em] = codes.map((_, index) => codeCharacter(index))
  const segments = Array.from({ length: count }, (_, at): ExchangeSegment => {
    const text = `Sentence ${at + 1}: the ${a}strike committee${z} met & talked.${br}Then ${em}it left.`
    const id = `u${at + 1}-s1`
    return {
      segment: { id, unitId: `u${at + 1}`, unitKind: 'paragraph', start: 0, end: text.length, text, codes },
      notes: [],
      terms: [{ source: 'strike committee', target: 'Streikkomitee', status: 'preferred' }],
    }
  })
  return {
    ...{ documentId: 'doc-1', exportId: 'exp-1', original: 'news.html', format: 'html' },
    ...{ sourceLocale: 'en', targetLocale: 'de', segmentationVersion: '1', segments },
    ...changes,
  }
}

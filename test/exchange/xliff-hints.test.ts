import { describe, expect, it } from 'vitest'
import { codeCharacter, type InlineCode } from '../../src/domain/document.ts'
import type { ExchangeFile } from '../../src/exchange/xliff-model.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { needs } from './needs.ts'
import { plainFile } from './xliff-samples.ts'
import { schemaErrors, whyNoXmllint } from './xmllint.ts'

const single = (label: string, more: Partial<InlineCode> = {}): InlineCode => {
  return { kind: 'single', pair: null, type: 'code', data: label, label, equiv: '', ...more }
}
const DELETABLE = { deletable: true } as const
const FIXED = { reorderable: false } as const
/** Emphasis around the first number, then two that keep their order, a crossing pair, and half a pair. */
const CODES: readonly InlineCode[] = [
  single('em', { kind: 'open', pair: 2, ...DELETABLE }),
  single('%s', FIXED),
  single('/em', { kind: 'close', pair: 0, ...DELETABLE }),
  single('%d', FIXED),
  single('i', { kind: 'open', pair: 6, ...DELETABLE }),
  single('a', { kind: 'open', pair: 7 }),
  single('/i', { kind: 'close', pair: 4, ...DELETABLE }),
  single('/a', { kind: 'close', pair: 5 }),
  single('br', DELETABLE),
  single('b', { kind: 'open', ...DELETABLE }),
  single('{x}'),
]
const text = CODES.map((_, index) => `${codeCharacter(index)}w`).join('')

function file(codes: readonly InlineCode[], words = text): ExchangeFile {
  const [one] = plainFile(1).segments
  if (one === undefined) throw new Error('no segment')
  const target = { text: words, state: 'translated', origin: 'human', by: 'Anna', version: 1 } as const
  return plainFile(1, { segments: [{ ...one, target, segment: { ...one.segment, text: words, codes } }] })
}

const hints = (xml: string, what: string) =>
  [
    ...new Set(
      [...xml.matchAll(what === 'pc' ? /<pc [^>]*>/g : /<(?:ph|sc|ec) [^>]*>/g)].map(([tag]) => tag),
    ),
  ].map((tag) => {
    const get = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '·'
    return `${get(what === 'pc' ? 'dispStart' : 'disp')}: ${get('canDelete')} ${get('canCopy')} ${get('canReorder')}`
  })

describe('the editing hints of XLIFF 2', () => {
  it.each(['2.0', '2.1'] as const)('say in %s what a translation may do with each code', (version) => {
    const xml = writeXliff(file(CODES), version)
    expect(hints(xml, 'pc')).toEqual(['em: yes · ·', 'a: no no ·'])
    expect(hints(xml, 'ph')).toEqual([
      '%s: no no firstNo',
      '%d: no no no',
      'i: yes · ·',
      '/i: yes · ·',
      'br: yes · ·',
      'b: no no ·',
      '{x}: no no ·',
    ])
  })

  it('leave one code that keeps its order free to move: there is nothing to change places with', () => {
    const xml = writeXliff(file([single('%s', FIXED)], `${codeCharacter(0)}w`), '2.1')
    expect(hints(xml, 'ph')).toEqual(['%s: no no ·'])
  })

  it.for(['1.2', '2.0', '2.1'] as const)('are what the schema of %s allows', (version, context) => {
    needs(context, whyNoXmllint())
    expect(schemaErrors([writeXliff(file(CODES), version)], version)).toBe('')
  })

  it.each(['1.2', '2.0', '2.1'] as const)('are read back from %s', (version) => {
    const read = readXliff(writeXliff(file(CODES), version)).files[0]?.segments[0]?.sourceCodes ?? []
    expect(read).toHaveLength(CODES.length)
    const deletable = CODES.map(
      ({ deletable: may, kind, pair }) => may && (kind === 'single' || pair !== null),
    )
    expect(read.map((code) => code.deletable ?? false)).toEqual(deletable.map((may) => may ?? false))
    // 1.2 has no way to say that codes keep their order.
    const fixed = CODES.map(({ reorderable }) => version !== '1.2' && reorderable === false)
    expect(read.map(({ reorderable }) => reorderable === false)).toEqual(fixed)
  })

  it('of other programs count only where they are said', () => {
    const foreign = (attributes: string) =>
      readXliff(
        `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de"><file id="f"><unit id="u"><segment><source>a <ph id="1"${attributes}/></source></segment></unit></file></xliff>`,
      ).files[0]?.segments[0]?.sourceCodes[0]
    expect(foreign('')?.deletable).toBeUndefined()
    expect(foreign(' canDelete="yes"')?.deletable).toBe(true)
    expect(foreign(' canDelete="no" canCopy="no" canReorder="firstNo"')).toMatchObject({ reorderable: false })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { readTmx, writeTmx } from '../../src/exchange/tmx.ts'
import type { TmxHeader, TmxPair } from '../../src/exchange/tmx-model.ts'
import { streamTmx, writeTmxStream } from '../../src/exchange/tmx-stream.ts'
import { childElements, parseXml } from '../../src/xml/tree.ts'
import { ownTime } from '../support/own-time.ts'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const utf8 = (text: string) => new TextEncoder().encode(text)

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes)
}

const side = (locale: string, text: string) => `<tuv xml:lang="${locale}"><seg>${text}</seg></tuv>`
const tmx = (body: string) =>
  `<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header srclang="en"/><body>\n${body}</body></tmx>`

/** How many units the tree parser finds; undefined where it refuses the text. */
function unitsOf(text: string): number | undefined {
  try {
    const root = parseXml(text.toWellFormed(), { looseNamespaces: true, skipDoctype: true })
    if (root.local !== 'tmx') return undefined
    let units = 0
    const pending = [root]
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      if (element.local === 'tu') units++
      pending.push(...childElements(element))
    }
    return units
  } catch {
    return undefined
  }
}

const RICH = tmx(
  [
    `<tu tuid="7" creationdate="20200809T200000Z" creationid="ann" usagecount="3"><note>n &amp; m</note><prop type="domain">news</prop>`,
    `${side('en', 'A <bpt i="1">&lt;b></bpt>b<ept i="1">&lt;/b></ept>')}`,
    `${side('de', '<![CDATA[Ein > </tu> &]]> 😀')}${side('pt-BR', 'Um')}</tu>`,
    `<!-- a comment with </tu> and <tu> -->\r\n<tu>${side('en', 'It’s\r\na > b')}${side('de', '№ 3 &#x1F600;')}</tu>`,
  ].join('\n'),
)

describe('streamTmx', () => {
  it('reads the same pairs whatever the pieces and the encoding', async () => {
    const expected = readTmx(RICH)
    expect(expected.map(({ target }) => target.text)).toEqual(['Ein > </tu> & 😀', 'Um', '№ 3 😀'])
    expect(expected[0]).toMatchObject({
      ...{ id: '7', created: '20200809T200000Z', createdBy: 'ann', usageCount: 3, unit: 0, note: 'n & m' },
      properties: [{ type: 'domain', value: 'news' }],
    })
    const files = [
      utf8(RICH),
      utf8(`\ufeff${RICH}`),
      utf16(RICH, false, true),
      utf16(RICH, true, true),
      utf16(RICH, false, false),
    ]
    for (const bytes of files) {
      for (const size of [1, 7, 100_000]) {
        expect(await collect(streamTmx(inPieces(bytes, size)))).toEqual(expected)
      }
    }
    const latin = Buffer.from(tmx(`<tu>${side('en', 'a')}${side('de', 'ä')}</tu>`), 'latin1')
    const declared = Buffer.from(latin.toString('latin1').replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1')
    const [pair] = await collect(streamTmx(inPieces(declared, 3)))
    expect(pair?.target.text).toBe('ä')
  })

  it('tells the header and how far it has read', async () => {
    const headers: TmxHeader[] = []
    const seen: number[] = []
    const text = tmx('').replace(
      '<header srclang="en"/>',
      '<header srclang="en" creationtool="OmegaT" segtype="sentence"><prop type="p">v</prop></header>',
    )
    await collect(
      streamTmx(inPieces(utf8(text), 50), {
        onHeader: (header) => headers.push(header),
        onBytes: (read) => seen.push(read),
      }),
    )
    expect(headers).toEqual([
      {
        sourceLocale: 'en',
        tool: 'OmegaT',
        segmentType: 'sentence',
        notes: [],
        properties: [{ type: 'p', value: 'v' }],
      },
    ])
    expect(seen.at(-1)).toBe(utf8(text).length)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('takes the exact locale before the bare language and never another region', () => {
    const unit = `<tu>${side('en', 'x')}${side('pt', 'bare')}${side('pt-BR', 'br')}${side('pt-PT', 'pt')}</tu>`
    const targets = (targetLocale: string) =>
      readTmx(tmx(unit), { targetLocale }).map(({ target }) => target.text)
    expect(targets('pt-BR')).toEqual(['br'])
    expect(targets('pt_br')).toEqual(['br'])
    expect(targets('pt-AO')).toEqual(['bare'])
    expect(targets('pt')).toEqual(['bare'])
  })

  it('hands out what stands before a fault, and says where the fault is', async () => {
    const good = `<tu>${side('en', 'one')}${side('de', 'eins')}</tu>\n`
    const pairs: TmxPair[] = []
    const read = async (text: string) => {
      pairs.length = 0
      for await (const pair of streamTmx(inPieces(utf8(text), 64), { file: 'm.tmx' })) pairs.push(pair)
    }
    const bad = tmx(`${good}<tu>\n<tuv xml:lang="en"><seg>a & b</seg></tuv></tu>`)
    await expect(read(bad)).rejects.toMatchObject({
      code: 'invalid-input',
      place: { file: 'm.tmx', line: 6 },
    })
    expect(pairs.length).toBe(1)
    await expect(read(tmx(good).slice(0, -13))).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'this XML ends too early: </body> is missing',
    })
    expect(pairs.length).toBe(1)
    await expect(read(`<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>`)).rejects.toThrow('DOCTYPE')
    await expect(read('')).rejects.toThrow('no root')
    await expect(read('hello')).rejects.toThrow('text outside')
    await expect(collect(streamTmx(inPieces(new Uint8Array([0x3c, 0xff, 0x3e]), 1)))).rejects.toThrow('UTF-8')
  })

  it('counts lines and columns through files of any size', async () => {
    const unit = `<tu>\n${side('en', 'one')}\r\n${side('de', 'eins')}</tu>\n`
    const text = tmx(`${unit.repeat(5000)}  <tu>\n ${side('en', 'a & b')}</tu>\n`)
    for (const size of [1000, 70_000, 10_000_000]) {
      const error = await collect(streamTmx(inPieces(utf8(text), size))).catch((fault: unknown) => fault)
      expect(error).toMatchObject({ place: { line: 3 + 5000 * 3 + 2, column: expect.any(Number) } })
    }
    const entry = tmx(`${unit.repeat(5000)}  </wrong>`)
    const error = await collect(streamTmx(inPieces(utf8(entry), 999))).catch((fault: unknown) => fault)
    expect(error).toMatchObject({ place: { line: 3 + 5000 * 3 + 1, column: 3 } })
  })

  it('reads whatever the tree parser reads, and fails readably on everything else', async () => {
    const snippets = [
      '<',
      '>',
      '</tu>',
      '<tu>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&',
      '&#1;',
      '"',
      "'",
      '\u0000',
      '<?x',
      '?>',
    ]
    const edit = fc.record({
      at: fc.nat(RICH.length),
      drop: fc.nat(6),
      add: fc.oneof(fc.constantFrom('', ...snippets), fc.string({ maxLength: 3 })),
    })
    let read = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 400 }),
        async (edits, size) => {
          const text = edits.reduce(
            (now, { at, drop, add }) => now.slice(0, at) + add + now.slice(at + drop),
            RICH,
          )
          const units = unitsOf(text)
          try {
            const pairs = await collect(streamTmx(inPieces(utf8(text), size)))
            if (units !== undefined)
              expect(new Set(pairs.map(({ unit }) => unit)).size).toBeLessThanOrEqual(units)
            read++
          } catch (error) {
            if (!(error instanceof DomainError)) throw error
            expect(units, `${error.message}: ${text}`).toBeUndefined()
          }
        },
      ),
      { numRuns: 1500 },
    )
    expect(read).toBeGreaterThan(50)
  })

  it('refuses a unit that is too long and nesting that is too deep, in linear time', {
    timeout: 20_000,
  }, async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield utf8(`<tmx><body>\n<tu><tuv xml:lang="en"><seg>`)
      for (let at = 0; at < 20_000; at++) yield utf8('<!-- '.repeat(200))
    }
    await expect(collect(streamTmx(endless()))).rejects.toMatchObject({
      code: 'too-large',
      place: { line: 2, column: 1 },
    })
    const deep = tmx(`<tu>${'<a>'.repeat(100_000)}`)
    await expect(collect(streamTmx(inPieces(utf8(deep), 1000)))).rejects.toMatchObject({ code: 'too-large' })
    const tiny = tmx(`<tu>${side('en', 'x'.repeat(100_000))}${side('de', 'y')}</tu>`)
    const started = ownTime()
    expect((await collect(streamTmx(inPieces(utf8(tiny), 1)))).length).toBe(1)
    expect(ownTime() - started).toBeLessThan(2000)
  })
})

describe('writeTmxStream', () => {
  it('writes what writeTmx writes, and several languages of a unit come back as one', async () => {
    const pairs = readTmx(RICH)
    const text = (await collect(writeTmxStream(pairs, { sourceLocale: 'en' }))).join('')
    expect(text).toBe(writeTmx(pairs, { sourceLocale: 'en' }))
    expect(text.match(/<tu[ >]/g)?.length).toBe(2)
    expect(text.match(/<tuv /g)?.length).toBe(5)
    const plain = (list: readonly TmxPair[]) =>
      list.map(({ source, target, ...rest }) => ({ ...rest, source: source.text, target: target.text }))
    expect(plain(readTmx(text))).toEqual(plain(pairs))
  })

  it('keeps dates, authors, notes and properties of any pair', () => {
    const word = fc.stringMatching(/^[a-z&<"é]{1,8}$/)
    const variant = (locale: string) =>
      fc.record({ locale: fc.constant(locale), text: word, codes: fc.constant([]) })
    const pair = fc.record(
      {
        source: variant('en'),
        target: variant('de'),
        ...{ by: word, changed: word, note: word, id: word, created: word, createdBy: word, lastUsed: word },
        usageCount: fc.nat(1000),
        properties: fc.array(fc.record({ type: word, value: word }), { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ['source', 'target'] },
    )
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => {
        const read = readTmx(writeTmx(pairs, { sourceLocale: 'en' }))
        // The last change of what was never changed is its creation.
        const expected = pairs.map((one, unit) => ({
          ...one,
          unit,
          ...(one.by === undefined && one.createdBy !== undefined ? { by: one.createdBy } : {}),
          ...(one.changed === undefined && one.created !== undefined ? { changed: one.created } : {}),
        }))
        expect(read).toEqual(expected)
      }),
      { numRuns: 200 },
    )
  })
})

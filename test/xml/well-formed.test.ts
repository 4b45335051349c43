import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { decodeXml } from '../../src/xml/encoding.ts'
import { scanXml } from '../../src/xml/events.ts'
import { parseXml, type XmlElement } from '../../src/xml/tree.ts'
import { needs, whyNoData } from '../exchange/needs.ts'
import { seeded } from '../exchange/seeded.ts'
import { SHARED_DATA } from '../exchange/xmllint.ts'
import { plainTree, saxesTree, whySaxesDiffers } from './oracle.ts'

function parsed(text: string, looseNamespaces: boolean): XmlElement | undefined {
  try {
    return parseXml(text, { looseNamespaces })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    expect(error.place?.line, text.slice(0, 200)).toBeGreaterThan(0)
    expect(error.place?.column, text.slice(0, 200)).toBeGreaterThan(0)
    return undefined
  }
}

/** Fails unless both parsers refuse the text, or make the same of it. @returns whether they took it */
function compare(text: string, loose: boolean): boolean {
  if (whySaxesDiffers(text) !== undefined) return false
  const theirs = saxesTree(text, loose)
  const element = parsed(text, loose)
  const ours = element === undefined ? undefined : plainTree(element)
  // Deep equality of large trees is slow; one string of each says the same.
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours, text).toEqual(theirs)
  return ours !== undefined
}

const PIECES = [
  ...[
    '<a>',
    '</a>',
    '<b x="1">',
    '</b>',
    '<c/>',
    '<d y=\'&lt;"\' z="a\'b" />',
    '<p:e p:q="1">',
    '</p:e>',
    '</a >',
  ],
  ...[
    'text',
    '&amp;',
    '&#65;',
    '&#x1F600;',
    '&nope;',
    '&#0;',
    '&#xD800;',
    '&',
    ';',
    '&#X41;',
    '&#x;',
    '&#;',
    '&lt',
  ],
  ...[
    ' ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ']]>',
    ']]',
    '>',
    '"',
    "'",
    '=',
    '/',
    '<',
    '</',
    '/>',
    '<!',
    '<?',
    '?>',
    '--',
    '-',
  ],
  ...[
    '<!-- c -->',
    '<!---->',
    '<!--->',
    '<!-- -- -->',
    '<!-- --->',
    '<![CDATA[x]]>',
    '<![CDATA[]]]]>',
    '<![CDATA[',
  ],
  ...[
    '<?p i?>',
    '<?p?>',
    '<?p  a ? b ??>',
    '<?xml version="1.0"?>',
    '<?xml?>',
    '<?XML a?>',
    '<?p:q a?>',
    '<?a<b?>',
  ],
  ...[
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    "<?xml version = '1.0'  ?>",
    '<?xml encoding="a"?>',
  ],
  ...[
    '\u0001',
    '\ud800',
    '\udc00',
    '\ufffe',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '😀',
    'ü',
    '<ä>',
    '</ä>',
    '<·>',
  ],
  ...[
    '<a xmlns="u">',
    '<a xmlns:p="v">',
    '<a xmlns:p="">',
    '<a xmlns="">',
    '<a xmlns:p=" v " p:x="1" x="1"/>',
  ],
  ...[
    '<a xmlns:p="v" xmlns:q="v" p:x="1" q:x="2"/>',
    '<a xmlns:xml="v"/>',
    '<a xmlns:xmlns="v"/>',
    '<xmlns:a/>',
  ],
  ...['<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>', '<a xmlns="http://www.w3.org/2000/xmlns/"/>'],
  ...[
    '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
    '<xml:a xml:lang="de"/>',
    '<a:b:c/>',
    '<:a/>',
    '<a:/>',
  ],
  ...[
    '<b x="1" x="2">',
    '<b x="a\nb\tc\r\nd&#10;&#9;">',
    '<a x=1>',
    '<a x="<">',
    '<a x="1"y="2">',
    '<a x>',
    '<a x = "1" >',
  ],
  ...[
    '<a/ >',
    '<a b="&amp;&#38;&gt;"/>',
    '<a b="&x;"/>',
    '<a b="]]>"/>',
    '<a\n/>',
    '</ a>',
    '</a',
    '<a',
    '<!DOCTYPE a>',
  ],
]

describe('parseXml beside an independent parser', () => {
  it('takes and refuses the same texts, and reads the same in them', () => {
    let taken = 0
    const parts = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 })
    fc.assert(
      fc.property(parts, fc.constantFrom('', 'a', 'n'), fc.boolean(), (pieces, wrap, loose) => {
        const inside = pieces.join('')
        const open = wrap === 'n' ? '<a xmlns:p="urn:p">' : '<a>'
        if (compare(wrap === '' ? inside : `${open}${inside}</a>`, loose)) taken++
      }),
      { numRuns: 15_000 },
    )
    expect(taken).toBeGreaterThan(300)
  })

  it('takes and refuses the same for each piece on its own and beside each other one', () => {
    let taken = 0
    for (const piece of PIECES) {
      for (const other of ['', '</a>', '</b>', '</p:e>', '</ä>', '<p:x/></a>']) {
        for (const [before, after] of [
          ['', ''],
          ['<a xmlns:p="urn:p">', '</a>'],
          ['<a>', '</a>'],
        ] as const) {
          for (const loose of [true, false]) {
            if (compare(`${before}${piece}${other}${after}`, loose)) taken++
          }
        }
      }
      for (const second of PIECES) if (compare(`<a xmlns:p="urn:p">${piece}${second}</a>`, false)) taken++
    }
    expect(taken).toBeGreaterThan(1000)
  })

  it('makes the same of files of real tools, whole and damaged', (context) => {
    needs(context, whyNoData('xliff/real'))
    let files = 0
    let mutants = 0
    let taken = 0
    const random = seeded(20_261_122)
    for (const path of globSync(join(SHARED_DATA, 'xliff/{real,oasis-2.1/test-suite}/**/*')).sort()) {
      if (!statSync(path).isFile()) continue
      let text: string
      try {
        text = decodeXml(readFileSync(path)).text
      } catch {
        continue
      }
      files++
      compare(text, true)
      compare(text, false)
      const short = text.slice(0, 3000)
      for (let round = 0; round < 4; round++) {
        const at = Math.floor(random() * short.length)
        const piece = PIECES[Math.floor(random() * PIECES.length)] ?? ''
        const cut = random() < 0.5 ? 0 : Math.floor(random() * 8)
        mutants++
        if (compare(damaged(text, at, cut, piece), true)) taken++
      }
    }
    console.info(`${files} files, ${mutants} mutants, ${taken} of them well-formed: the same as saxes`)
    expect(files).toBeGreaterThan(300)
  })

  it('refuses lone surrogates wherever they stand', () => {
    for (const text of [
      '<a>\ud800</a>',
      '<a>\udc00</a>',
      '<a b="\ud800"/>',
      '<!--\ud800--><a/>',
      '<\ud800/>',
    ]) {
      expect(parsed(text, false)).toBeUndefined()
    }
    expect(() => parseXml('<a>x\ud800</a>')).toThrow('disallowed character')
  })

  it('reports the first fault of a text, with its line', () => {
    const fault = (text: string) => {
      try {
        parseXml(text)
      } catch (error) {
        if (error instanceof DomainError) return [error.place?.line, error.place?.column, error.message]
      }
      return undefined
    }
    expect(fault('<a>\n&x;\u0001')).toEqual([2, 1, expect.stringContaining('undefined entity &x;')])
    expect(fault('<a>\n\u0001&x;')).toEqual([2, 1, expect.stringContaining('disallowed character')])
    expect(fault('\n\n  <a>\r\n</b>')).toEqual([4, 1, expect.stringContaining('<a> is still open')])
    expect(fault('<a\rb="1"\r\nb="2"/>')).toEqual([3, 4, expect.stringContaining('duplicate attribute b')])
  })

  it('counts lines of elements right, whatever stands before the root', () => {
    const text = '\ufeff<?xml version="1.0"?>\r\n\r\n<!-- a\nb -->\r<a>\n\r<b/>\r\n <c/></a>'
    const root = parseXml(text)
    const places = [root, ...root.children].flatMap((node) =>
      node.kind === 'element' ? [[node.name, node.line, node.column]] : [],
    )
    expect(places).toEqual([
      ['a', 5, 1],
      ['b', 7, 1],
      ['c', 8, 2],
    ])
    // Asked again and backwards.
    const last = root.children.findLast((node) => node.kind === 'element')
    expect([last?.line, root.line, last?.column]).toEqual([8, 5, 2])
  })

  it('finds names that look alike apart', () => {
    const names = Array.from({ length: 3000 }, (_, at) => `n${at.toString(36)}x`)
    const root = parseXml(`<r>${names.map((name) => `<${name} ${name}="${name}"/>`).join('')}</r>`)
    expect(root.children.map((child) => (child.kind === 'element' ? child.name : ''))).toEqual(names)
    expect(
      root.children.map((child) => (child.kind === 'element' ? [...child.attributes.keys()] : [])),
    ).toEqual(names.map((name) => [name]))
  })

  it('is linear on hostile texts', () => {
    const started = process.threadCpuUsage()
    const count = 100_000
    const hostile = [
      `<a ${Array.from({ length: count }, (_, at) => `b${at}="1"`).join(' ')}/>`,
      `<a>${Array.from({ length: count }, (_, at) => `<b${at}/>`).join('')}</a>`,
      `<a xmlns:p="u" xmlns:q="v">${'<b p:c="1" q:c="2"/>'.repeat(count)}</a>`,
      `<a>${'<b xmlns:p="u" p:x="1"/>'.repeat(count)}</a>`,
      `<a b="${'&amp;'.repeat(count)}"/>`,
      `<a>${'&amp;'.repeat(count)}</a>`,
      `<a>${'&'.repeat(count)}</a>`,
      `<a>${'&x'.repeat(count)}</a>`,
      `<a>${'<b>]]</b>\r'.repeat(count)}</a>`,
      `<a>${'<!-- - -->'.repeat(count)}</a>`,
      `<a>&#${'0'.repeat(count)}65;</a>`,
      `<?xml version="1.0"${' '.repeat(count)}`,
      `<?xml${' '.repeat(count)}version="1.0"`,
      `<${'a'.repeat(count)}`,
      `<a>${'<?p '.repeat(count)}`,
      `${'<a>'.repeat(200)}${'<b '.repeat(count)}`,
    ]
    for (const text of hostile) parsed(text, false)
    // Time of this thread alone: others may be busy.
    expect(process.threadCpuUsage(started).user).toBeLessThan(8_000_000)
  })
})

describe('scanXml beside parseXml', () => {
  it('reports the elements, attributes and texts of the tree, in order and with their places', () => {
    const parts = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 })
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = `<a xmlns:p="urn:p">${pieces.join('')}</a>`
        const root = parsed(text, false)
        const events: unknown[] = []
        const scan = () =>
          scanXml(text, 7, 'f.xml', {
            open: ({ name, start, end, attributes }) =>
              events.push(['open', name, start, end, [...attributes]]),
            close: (name, start, end) => events.push(['close', name, start, end]),
            text: (start, end) => events.push(['text', start, end]),
            cdata: (start, end, value) => events.push(['cdata', start, end, value]),
          })
        if (root === undefined) expect(scan).toThrow(DomainError)
        else {
          scan()
          expect(events).toEqual(eventsOf(root, text))
        }
      }),
      { numRuns: 3000 },
    )
  })
})

function eventsOf(element: XmlElement, text: string): readonly unknown[] {
  const { name, start, contentStart, contentEnd, end, attributes, children, selfClosing } = element
  const base = 7
  const places = [...attributes].map(([key, { value, ...at }]) => [
    key,
    {
      value,
      start: base + at.start,
      end: base + at.end,
      quote: text.charAt(at.end) === "'" ? 'single' : 'double',
    },
  ])
  const tagEnd = selfClosing ? end : contentStart
  const inside = children.flatMap((child): readonly unknown[] => {
    if (child.kind === 'element') return eventsOf(child, text)
    if (child.kind !== 'text') return []
    const place = [base + child.start, base + child.end]
    return [child.cdata ? ['cdata', ...place, child.text] : ['text', ...place]]
  })
  const closing = selfClosing ? [base + end, base + end] : [base + contentEnd, base + end]
  return [['open', name, base + start, base + tagEnd, places], ...inside, ['close', name, ...closing]]
}

function damaged(text: string, at: number, cut: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at + cut)
}

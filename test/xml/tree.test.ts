import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { decodeXml, encodeXml } from '../../src/xml/encoding.ts'
import {
  attributeOf,
  childrenNamed,
  escapeXmlAttribute,
  escapeXmlText,
  keepXmlCharacters,
  parseXml,
  textOf,
  type XmlElement,
  type XmlNode,
} from '../../src/xml/tree.ts'
import { hostileText } from '../exchange/xliff-samples.ts'
import { ownTime } from '../support/own-time.ts'

function errorOf(run: () => unknown): DomainError {
  try {
    run()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

function nodesOf(root: XmlElement): readonly XmlNode[] {
  const nodes: XmlNode[] = [root]
  for (const node of nodes) if (node.kind === 'element') nodes.push(...node.children)
  return nodes
}

describe('parseXml', () => {
  const text =
    '\ufeff<?xml version="1.0"?>\r\n<!-- first --><a x="1&amp;\'2"\n y=\'"\'>t&#x26;<p:b xmlns:p="urn:p"/>' +
    '\r\nq<c></c><![CDATA[<z>]]><?pi do?><!--k--> e</a>\n<!-- last -->'

  it('knows where every node and attribute value stands', () => {
    const root = parseXml(text)
    const pieces = nodesOf(root).map((node) => [node.kind, text.slice(node.start, node.end)])
    expect(pieces.slice(1)).toEqual([
      ['text', 't&#x26;'],
      ['element', '<p:b xmlns:p="urn:p"/>'],
      ['text', '\r\nq'],
      ['element', '<c></c>'],
      ['text', '<![CDATA[<z>]]>'],
      ['instruction', '<?pi do?>'],
      ['comment', '<!--k-->'],
      ['text', ' e'],
    ])
    expect(text.slice(root.contentStart, root.contentEnd)).toMatch(/^t&#x26;.* e$/s)
    const values = [...root.attributes].map(([name, { start, end }]) => [name, text.slice(start, end)])
    expect(values).toEqual([
      ['x', "1&amp;'2"],
      ['y', '"'],
    ])
    expect([root.line, root.column]).toEqual([2, 15])
    const [b] = childrenNamed(root, 'b')
    expect(b).toMatchObject({ prefix: 'p', local: 'b', namespace: 'urn:p', selfClosing: true, line: 3 })
    expect([b?.contentStart, b?.contentEnd]).toEqual([b?.end, b?.end])
  })

  it('decodes text, references and CDATA', () => {
    expect(textOf(parseXml(text))).toBe('t&\nq<z> e')
    expect(attributeOf(parseXml(text), 'x')).toBe("1&'2")
  })

  it('covers the content of every element with its children, without gaps', () => {
    const part = fc.oneof(
      hostileText(false).map(escapeXmlText),
      fc.constantFrom('<a>', '<b c="1>">', '<![CDATA[x]]>', '<!-- -->', '<?x y?>', '<d/>'),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const opened = parts.flatMap((one) => /^<([ab])[ >]/.exec(one)?.[1] ?? []).reverse()
        const source = `<r>${parts.join('')}${opened.map((name) => `</${name}>`).join('')}</r>`
        for (const node of nodesOf(parseXml(source))) {
          if (node.kind !== 'element') continue
          let at = node.contentStart
          for (const child of node.children) {
            expect(child.start).toBe(at)
            at = child.end
          }
          expect(at).toBe(node.contentEnd)
        }
      }),
    )
  })

  it.each([
    ['', 1, 1, 'must contain a root element'],
    ['<a>\n  <b></a>', 2, 6, 'unexpected close tag'],
    ['<a>&nbsp;</a>', 1, 4, 'undefined entity'],
    ['<a b=c/>', 1, 6, 'unquoted attribute value'],
    ['<p:a/>', 1, 2, 'unbound namespace prefix'],
    ['<a>\n<b>', 2, 4, 'unclosed tag'],
    ['<a/><b/>', 1, 5, 'only one root'],
    ['<a>\u0000</a>', 1, 4, 'disallowed character'],
    ['<a x="1" x="2"/>', 1, 13, 'duplicate attribute'],
  ])('says where %j is not well-formed', (source, line, column, message) => {
    const error = errorOf(() => parseXml(source, { file: 'f.xml' }))
    expect(error.code).toBe('invalid-input')
    expect(error.message).toContain(message)
    expect(error.place).toEqual({ file: 'f.xml', line, column })
  })

  it('refuses a DOCTYPE and what it could declare', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;">]><a>&m;</a>'
    const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    for (const source of [bomb, outside, '<!DOCTYPE a SYSTEM "a.dtd"><a/>']) {
      expect(errorOf(() => parseXml(source)).message).toContain('contains a DOCTYPE, which is not accepted')
    }
    expect(errorOf(() => parseXml(bomb, { skipDoctype: true })).code).toBe('invalid-input')
    expect(parseXml('<!DOCTYPE a SYSTEM "a.dtd"><a/>', { skipDoctype: true })).toMatchObject({ start: 27 })
    expect(errorOf(() => parseXml('<a>&constructor;</a>')).message).toContain('undefined entity')
  })

  it('takes undeclared prefixes only where it is told to', () => {
    const root = parseXml('<a x:b="1"/>', { looseNamespaces: true })
    expect(attributeOf(root, 'x:b')).toBe('1')
  })

  it('stops at its limits instead of using up time and memory', () => {
    const deep = '<a>'.repeat(100_000)
    const started = ownTime()
    expect(errorOf(() => parseXml(deep))).toMatchObject({ code: 'too-large', place: { column: 769 } })
    expect(errorOf(() => parseXml(`<a>${'<b/>'.repeat(11)}</a>`, { maxNodes: 10 })).code).toBe('too-large')
    for (const hostile of ['<', '&', '<!--', '<![CDATA[', '<a ', '"', '<?', ']]>']) {
      errorOf(() => parseXml(`<a>${hostile.repeat(100_000)}`))
      errorOf(() => parseXml(`<a b="${hostile.repeat(100_000)}`))
    }
    expect(ownTime() - started).toBeLessThan(10_000)
  })
})

describe('decodeXml', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><a>Grüße, Мінск</a>'
  const utf16 = Buffer.from(text, 'utf16le')

  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8', false],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8', true],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16le', true],
    [
      'UTF-16 BE with a mark',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      'utf-16be',
      true,
    ],
    ['UTF-16 LE without one', utf16, 'utf-16le', false],
    ['UTF-16 BE without one', Buffer.from(utf16).swap16(), 'utf-16be', false],
  ])('reads %s', (_, bytes, encoding, bom) => {
    expect(decodeXml(bytes)).toEqual({ text, encoding, bom })
  })

  it('reads the encoding that the declaration names', () => {
    const bytes = Buffer.from(
      '<?xml version="1.0" encoding="windows-1251"?><a>\xcc\xb3\xed\xf1\xea</a>',
      'latin1',
    )
    expect(decodeXml(bytes).text).toContain('Мінск')
  })

  it('says where a file is not in the encoding it claims, and which encodings nobody knows', () => {
    const broken = errorOf(() => decodeXml(Buffer.from('<a>\n\xa9</a>', 'latin1'), 'f.xlf'))
    expect(broken).toMatchObject({ code: 'invalid-input', place: { file: 'f.xlf', line: 2, column: 1 } })
    const unknown = Buffer.from('<?xml version="1.0" encoding="klingon"?><a/>')
    expect(errorOf(() => decodeXml(unknown)).message).toContain('“klingon”, which is unknown')
  })
})

describe('encodeXml', () => {
  it('gives back the bytes of what was decoded', () => {
    const text = '<?xml version="1.0"?><a>Grüße, Мінск 😀</a>'
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be']) {
      for (const bom of [true, false]) {
        const bytes = encodeXml(text, { encoding, bom })
        expect(decodeXml(bytes)).toEqual({ text, encoding, bom })
        const { text: decoded, ...form } = decodeXml(bytes)
        expect(Buffer.from(encodeXml(decoded, form)).equals(bytes)).toBe(true)
      }
    }
  })

  it('writes what an encoding does not have as a reference', () => {
    const bytes = encodeXml('<a>Мінск 😀 ü</a>', { encoding: 'windows-1251', bom: false })
    expect(Buffer.from(bytes).toString('latin1')).toBe('<a>\xcc\xb3\xed\xf1\xea &#128512; &#252;</a>')
  })
})

describe('escapeXmlText and escapeXmlAttribute', () => {
  it('give back every character that XML can hold', () => {
    fc.assert(
      fc.property(hostileText(true), (text) => {
        const root = parseXml(`<a b="${escapeXmlAttribute(text)}">${escapeXmlText(text)}</a>`)
        expect(textOf(root)).toBe(keepXmlCharacters(text))
        expect(attributeOf(root, 'b')).toBe(keepXmlCharacters(text))
      }),
    )
  })
})

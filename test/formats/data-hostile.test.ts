import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../src/formats/adapter.ts'
import { jsonAdapter } from '../../src/formats/json.ts'
import { markdownAdapter } from '../../src/formats/markdown-adapter.ts'
import { yamlAdapter } from '../../src/formats/yaml.ts'
import { ownTime } from '../support/own-time.ts'
import { readWith, translatedWith } from './data-support.ts'
import { brokenPromises, refusal } from './support.ts'

const LONG = 100_000
/** Generous: linear work takes a tenth of it on a slow machine. */
const GUARD = { timeout: 10_000 }

/** Reads and writes back; a clear refusal with its place is as good as success. */
function survive(adapter: Adapter, source: string, file: string): 'read' | 'refused' {
  const started = ownTime()
  const refused = refusal(() => {
    const document = readWith(adapter, source, file.endsWith('x') ? {} : { paths: ['**'] }, file)
    expect(brokenPromises(document).slice(0, 3)).toEqual([])
    expect(translatedWith(document, () => undefined)).toBe(source)
    translatedWith(document, (text) => `${text}x`)
  })
  expect(ownTime() - started).toBeLessThan(5000)
  if (refused === undefined) return 'read'
  expect(refused).toMatchObject({
    code: 'invalid-input',
    place: { file, line: expect.any(Number), column: expect.any(Number) },
  })
  return 'refused'
}

describe('jsonAdapter.read', () => {
  it('reads JSON nested 300,000 deep', GUARD, () => {
    const deep = 300_000
    expect(survive(jsonAdapter, `${'['.repeat(deep)}"a"${']'.repeat(deep)}`, 'a.json')).toBe('read')
    expect(survive(jsonAdapter, `${'{"a":'.repeat(deep)}"b"${'}'.repeat(deep)}`, 'a.json')).toBe('read')
    expect(survive(jsonAdapter, '['.repeat(deep), 'a.json')).toBe('refused')
  })

  it.each([
    ...[
      '[',
      '{"a":',
      '"',
      '\\',
      '1',
      '-',
      '"a",',
      '["a",',
      '{',
      '\n',
      '/',
      'e1',
      '0.',
      '\\u0041',
      '<',
      '<a ',
      '&',
      '%',
    ],
    ...[
      '<a b=\\"',
      "<a b='",
      '{n, plural, ',
      '{{',
      '<code>',
      '<b>',
      '\\ud83d',
      '\\r\\n',
      '<!--',
      '&amp',
      '</b>',
    ],
  ])('takes 100,000 characters of %j', GUARD, (piece) => {
    const many = piece.repeat(LONG / piece.length)
    survive(jsonAdapter, many, 'a.json')
    survive(jsonAdapter, `["x${many}"]`, 'a.json')
    survive(jsonAdapter, `[${many}`, 'a.json')
  })

  it('reads 50,000 strings', GUARD, () => {
    expect(survive(jsonAdapter, JSON.stringify(Array(LONG / 2).fill('one two')), 'a.json')).toBe('read')
  })
})

describe('yamlAdapter.read', () => {
  it.each([
    '[',
    '{',
    '- ',
    '? ',
    '"',
    "'",
    '#\n',
    'a: ',
    '&a ',
    '*a ',
    '!a ',
    '\n',
    ' ',
    '|\n ',
    '>\n ',
    'a: b\n',
    '- a\n',
  ])('takes 20,000 characters of %j', GUARD, (piece) => {
    const many = piece.repeat(LONG / 5 / piece.length)
    for (const start of ['', 'a: [', 'a: "', 'a: >\n ']) {
      survive(yamlAdapter, start + many, 'a.yaml')
    }
  })

  it('is not recursive where aliases are', () => {
    const lines = Array.from(
      { length: 30 },
      (_, at) => `a${at}: &a${at} [*a${Math.max(at - 1, 0)}, *a${Math.max(at - 1, 0)}]`,
    )
    expect(survive(yamlAdapter, `x: &a0 text\n${lines.join('\n')}\n`, 'a.yaml')).toBe('read')
  })
})

describe('readMarkdown of MDX', () => {
  it.each([
    ...[
      '{',
      '}',
      '{}',
      '<a ',
      '<a>',
      '<a "',
      '<a {',
      '<a \'"',
      '`',
      '`` ` ',
      'import {',
      'export\n\n',
      '{"',
      "{'",
      "{'\\'",
    ],
    ...[
      '{`${',
      '{/*',
      '{//',
      '<A>{',
      '</a>',
      '{a}\n',
      '<a b={c} />\n\n',
      '```\n',
      '<!--',
      '<code>',
      '{a} x ',
      '\\{',
      '<a b="',
    ],
  ])('takes 20,000 characters of %j', GUARD, (piece) => {
    const many = piece.repeat(LONG / 5 / piece.length)
    survive(markdownAdapter, `x\n\n${many}`, 'a.mdx')
    survive(markdownAdapter, `x\n\n${many}}>"'\`*/ y\n`, 'a.mdx')
  })
})

describe('draftFrontMatter', () => {
  it.each([
    '[',
    'a.',
    '"',
    "'",
    'a = "b"\n',
    'a = [',
    '#',
    '[a]\n',
    '"""',
    '\\',
    'title: [',
    '{',
    '- ',
    '? ',
  ])('takes 100,000 characters of %j', GUARD, (piece) => {
    const many = piece.repeat(LONG / piece.length)
    for (const fence of ['+++', '---']) {
      survive(markdownAdapter, `${fence}\ntitle = "x"\n${many}\n${fence}\n\ntext\n`, 'a.mdx')
    }
  })
})

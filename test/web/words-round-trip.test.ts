import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTalmach } from '../support/process.ts'
import { collectAll } from './collect-words.ts'
import { writeEnglish } from './words-export.ts'

const LOCALES = resolve(import.meta.dirname, '../../src/web/locales')
/** Rules without a break: each sentence of the interface is one segment, however many full stops it has. */
const WHOLE = `<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="no"/>
<body><languagerules><languagerule languagerulename="whole"/></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="whole"/></maprules></body></srx>
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-words-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const { words } = collectAll()
const talmach = (...line: string[]) => runTalmach(line, { TALMACH_HOME: join(folder, 'home') })
const paths = ['--path', '*', '--path', '*.*']

/** The strings of a file of words in its order, plural forms one after another. */
const stringsIn = (json: string): readonly string[] =>
  Object.values<unknown>(JSON.parse(json)).flatMap((value) =>
    typeof value === 'string' ? [value] : Object.values(Object(value)).map(String),
  )

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const unescapeXml = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** What a person does in a translation tool: a text for every segment, with its codes. */
function translate(xliff: string, english: readonly string[], translations: readonly string[]): string {
  const left = Map.groupBy(english.keys(), (place) => english[place] ?? '')
  return xliff.replace(/<source>(.*?)<\/source>\n<target[^>]*>.*?<\/target>/gs, (unit, source: string) => {
    const code = /<x [^>]*equiv-text="([^"]*)"[^>]*>/g
    const codes = new Map([...source.matchAll(code)].map(([whole, name = '']) => [name, whole]))
    const place = left.get(unescapeXml(source.replace(code, '$1')))?.shift()
    if (place === undefined) return unit
    const text = escapeXml(translations[place] ?? '')
    const target = text.replace(/\{\w{1,40}\}/g, (name) => codes.get(name) ?? name)
    return `<source>${source}</source>\n<target state="translated">${target}</target>`
  })
}

describe('the words of the interface, translated with Talmach', () => {
  it('come back from XLIFF as the file that went in', async () => {
    const locale = 'de'
    const [english, rules] = [join(folder, 'en.json'), join(folder, 'whole.srx')]
    await writeFile(english, writeEnglish(words, locale))
    await writeFile(rules, WHOLE)
    const ran = await talmach(
      ...['run', english, '--from', 'en', '--to', locale, '--engine', 'none', '--srx', rules],
      ...['--out', folder, ...paths],
    )
    expect(ran).toMatchObject({ code: 0 })
    const theirs = await readFile(join(LOCALES, `${locale}.json`), 'utf8')
    const xliff = join(folder, `en.${locale}.xlf`)
    const given = stringsIn(await readFile(english, 'utf8'))
    await writeFile(xliff, translate(await readFile(xliff, 'utf8'), given, stringsIn(theirs)))
    const back = join(folder, `${locale}.json`)
    const merged = await talmach('merge', xliff, '--source', english, '--out', back, ...paths)
    expect(merged).toMatchObject({ code: 0 })
    expect(JSON.parse(await readFile(back, 'utf8'))).toEqual(JSON.parse(theirs))
  }, 120_000)
})

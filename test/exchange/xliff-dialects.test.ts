import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { codeIndexAt } from '../../src/domain/document.ts'
import { type MergeSegment, mergeReturned, type ReturnedSegment } from '../../src/domain/merge.ts'
import type { Target } from '../../src/domain/target.ts'
import type { ExchangeFile } from '../../src/exchange/xliff-model.ts'
import { whyNotFor, XLIFF_PROFILES } from '../../src/exchange/xliff-profile.ts'
import { readXliff, returnedSegments } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { decodeXml } from '../../src/xml/encoding.ts'
import { exchangeFile, hostileText } from './xliff-samples.ts'

const TAG = /<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>/g
const ATTRIBUTE = /[\w:.-]+="[^"]*"/g
const tags = (xliff: string, change: (name: string, attributes: string[], close: string) => string): string =>
  xliff.replace(TAG, (_, name: string, attributes: string, close: string) =>
    change(name, attributes.match(ATTRIBUTE) ?? [], close),
  )
const put = (name: string, attributes: readonly string[], close: string): string =>
  `<${[name, ...attributes].join(' ')}${close}>`

/** What programs do to a file besides translating it (see the measured quirks in the shared data's notes). */
const HABITS: Readonly<Record<string, (xliff: string) => string>> = {
  'writes empty elements in full': (xliff) =>
    tags(xliff, (name, list, close) => (close ? `${put(name, list, '')}</${name}>` : put(name, list, close))),
  'orders attributes its own way': (xliff) =>
    tags(xliff, (name, list, close) => put(name, list.toReversed(), close)),
  'quotes attributes with apostrophes': (xliff) =>
    tags(xliff, (name, list, close) =>
      put(
        name,
        list.map((one) => (one.includes("'") ? one : one.replaceAll('"', "'"))),
        close,
      ),
    ),
  'drops the line after the declaration': (xliff) => xliff.replace(/^(<\?xml[^>]*>)\s+/, '$1'),
  'calls everything translated': (xliff) => xliff.replace(/ state="[^"]*"/g, ' state="translated"'),
  'forgets where a target came from': (xliff) =>
    xliff.replace(/ (?:state-qualifier|phase-name|subState)="[^"]*"/g, ''),
  'drops notes': (xliff) => xliff.replace(/<note\b[^>]*>[^<]*<\/note>/g, ''),
  'drops comments and adds its own': (xliff) => xliff.replace(/(<body>|<file\b[^>]*>)/, '$1<!-- a tool -->'),
  'writes characters as numbers': (xliff) =>
    xliff.replace(/<!\[CDATA\[[\s\S]*?\]\]>|[\u0080-\ud7ff\ue000-\ufffd]/g, (one) =>
      one.length > 1 ? one : `&#x${one.charCodeAt(0).toString(16)};`,
    ),
  'writes UTF-16': (xliff) => {
    const declared = xliff.replace(/encoding="[^"]*"/i, 'encoding="UTF-16"')
    return decodeXml(iconv.encode(declared, 'utf-16', { addBOM: true })).text
  },
  'writes targets as CDATA': (xliff) =>
    xliff.replace(/(<target\b[^>]*>)([^<&\]]+)(<\/target>)/g, '$1<![CDATA[$2]]>$3'),
}

/** The source with other words between its codes, as a translator would leave it. */
function translate(source: string, words: readonly string[]): string {
  let at = 0
  let text = 'T'
  for (let offset = 0; offset < source.length; offset++) {
    if (codeIndexAt(source, offset) === -1) continue
    text += `${source.charAt(offset)}${words[at++ % words.length] ?? ''}`
  }
  return `${text}${words.at(-1) ?? ''}.`
}

const targetOf = (text: string): Target => ({
  text,
  state: 'translated',
  origin: 'human',
  by: 'Ada',
  version: 1,
})

function readBack(xliff: string): readonly ReturnedSegment[] {
  const [file] = readXliff(xliff).files
  if (file === undefined) throw new Error('no file in it')
  return returnedSegments(file)
}

describe('a file that a translator and a program have changed', () => {
  it('merges with nothing lost and nothing invented, and a second time with nothing to do', () => {
    const plain = hostileText(false).map((text) => text.replace(/[\r\u2028\u00a0\ufeff]/g, ''))
    const clean = exchangeFile(plain).map((file): ExchangeFile => {
      // Each segment went out untranslated or with a sound translation.
      const segments = file.segments.map(({ target, translate: _, ...one }, at) =>
        target === undefined
          ? one
          : { ...one, target: { ...target, text: translate(one.segment.text, [`b${at}`]) } },
      )
      return { ...file, segments }
    })
    const version = fc.constantFrom('1.2', '2.0', '2.1')
    const profile = fc.constantFrom(...XLIFF_PROFILES)
    const habits = fc.uniqueArray(fc.constantFrom(...Object.keys(HABITS)), { maxLength: 4 })
    const edits = fc.array(fc.option(fc.array(plain, { minLength: 1, maxLength: 3 })), {
      minLength: 4,
      maxLength: 4,
    })
    fc.assert(
      fc.property(clean, version, profile, habits, edits, (file, version, profile, habits, edits) => {
        fc.pre(whyNotFor(profile, version) === undefined)
        const edited = file.segments.map((one, at) => {
          const words = edits[at]
          return words ? { ...one, target: targetOf(translate(one.segment.text, words)) } : one
        })
        let xliff = writeXliff({ ...file, segments: edited }, version, profile)
        for (const habit of habits) xliff = HABITS[habit]?.(xliff) ?? xliff
        const returned = readBack(xliff)
        const before = file.segments.map(
          ({ segment, target }): MergeSegment =>
            target === undefined ? { segment } : { segment, base: target, current: target },
        )
        const { outcomes } = mergeReturned({ segments: before, returned })
        expect(outcomes).toHaveLength(file.segments.length)
        const after = before.map((at, index): MergeSegment => {
          const outcome = outcomes[index]
          const wanted = edits[index] ? edited[index]?.target?.text : undefined
          if (wanted === undefined || wanted === at.base?.text) expect(outcome?.kind).toBe('unchanged')
          else expect(outcome).toMatchObject({ kind: 'taken', text: wanted, repaired: false })
          return outcome?.kind === 'taken' ? { ...at, current: targetOf(outcome.text) } : at
        })
        for (const { kind } of mergeReturned({ segments: after, returned }).outcomes) {
          expect(['same', 'unchanged']).toContain(kind)
        }
      }),
      { numRuns: 300 },
    )
  })
})

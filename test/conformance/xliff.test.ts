import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeCharacter, codesIn } from '../../src/domain/document.ts'
import { DomainError, describePlace } from '../../src/domain/errors.ts'
import { editXliff } from '../../src/exchange/xliff-edit.ts'
import type { ReadSegment, ReadXliff } from '../../src/exchange/xliff-model.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { decodeXml, encodeXml } from '../../src/xml/encoding.ts'
import { needs, whyNoData } from '../exchange/needs.ts'
import { SHARED_DATA } from '../exchange/xmllint.ts'

type Group = {
  files: number
  read: number
  /** Written back without a change: the same bytes. */
  lossless: number
  segments: number
  targets: number
  /** Targets that were changed, each on its own, with nothing else different. */
  edited: number
  refused: string[]
}

/** Reads, writes and edits all files below a folder; anything thrown but an error for people fails. */
function readAll(pattern: string): Group {
  const group: Group = { files: 0, read: 0, lossless: 0, segments: 0, targets: 0, edited: 0, refused: [] }
  for (const path of globSync(join(SHARED_DATA, pattern)).sort()) {
    if (!statSync(path).isFile()) continue
    group.files++
    const bytes = readFileSync(path)
    try {
      const { text, ...form } = decodeXml(bytes)
      const read = readXliff(text)
      const segments = segmentsOf(read)
      group.read++
      group.segments += segments.length
      group.targets += segments.filter(({ segment }) => segment.target !== undefined).length
      const same = segments.map(({ file, segment: { id, target } }) =>
        target === undefined ? { file, id } : { file, id, target },
      )
      if (bytes.equals(encodeXml(editXliff(text, same), form))) group.lossless++
      for (let at = 0; at < segments.length; at += Math.ceil(segments.length / 3)) {
        expectEdit(text, segments, at, basename(path))
        group.edited++
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      group.refused.push(`${basename(path)}: ${describePlace(error.place)} ${error.message}`)
    }
  }
  return group
}

type Placed = { readonly file: number; readonly segment: ReadSegment }

function segmentsOf({ files }: ReadXliff): readonly Placed[] {
  return files.flatMap(({ segments }, file) => segments.map((segment) => ({ file, segment })))
}

/** Translates one segment: it must read as it was asked for, and every other one as before. */
function expectEdit(text: string, segments: readonly Placed[], at: number, name: string): void {
  const chosen = segments[at]
  if (chosen === undefined) return
  const { file, segment } = chosen
  const before = segments.slice(0, at).filter((one) => one.file === file && one.segment.id === segment.id)
  const target = `Прыклад & <${at}>${codesIn(segment.source).map(codeCharacter).join(' ')}`
  const edits = [...before.map(() => ({ file, id: segment.id })), { file, id: segment.id, target }]
  const again = segmentsOf(readXliff(editXliff(text, edits)))
  expect(again.length, name).toBe(segments.length)
  expect(again[at]?.segment.target, `${name} ${segment.id}`).toBe(target)
  const others = (all: readonly Placed[]) =>
    all.flatMap(({ segment: { id, source, target: translation, meaning } }, place) =>
      place === at ? [] : [[id, source, translation, meaning.state].join('\n')],
    )
  expect(others(again).join('\0') === others(segments).join('\0'), `${name} ${segment.id}`).toBe(true)
}

function print(name: string, group: Group): void {
  const { files, read, lossless, segments, targets, edited, refused } = group
  const counts = `${read} of ${files} files read, ${lossless} lossless, ${segments} segments, ${targets} with a target`
  const edits = `${edited} edited one by one`
  console.info([`${name}: ${counts}, ${edits}`, ...refused.map((line) => `  refused ${line}`)].join('\n'))
}

describe('readXliff and editXliff on the conformance data', () => {
  it.for(['okapi', 'okapi-2013', 'matecat', 'omegat'])(
    'read the files of real tools and write them back as they were: %s',
    { timeout: 60_000 },
    (tool, context) => {
      needs(context, whyNoData('xliff/real'))
      const group = readAll(`xliff/real/${tool}/**/*`)
      print(tool, group)
      expect(group.files).toBeGreaterThan(0)
      expect(group.lossless).toBe(group.read)
      // What is refused is no XLIFF, no XML or not in the encoding it says.
      for (const refusal of group.refused)
        expect(refusal).toMatch(/not XLIFF|not well-formed|not valid UTF-8/)
      expect(group.refused.length).toBeLessThanOrEqual(Math.ceil(group.files * 0.15))
    },
  )

  it('read every valid file of the official 2.1 suite that has segments', (context) => {
    needs(context, whyNoData('xliff/oasis-2.1'))
    const folders = ['core/valid', 'core/in-out', 'modules/valid']
    const groups = folders.map((folder) => readAll(`xliff/oasis-2.1/test-suite/${folder}/**/*.xlf`))
    for (const [at, group] of groups.entries()) {
      print(`oasis ${folders[at]}`, group)
      expect(group.lossless).toBe(group.read)
    }
    expect(groups.reduce((sum, { files }) => sum + files, 0)).toBeGreaterThan(0)
    expect(groups.flatMap(({ refused }) => refused).filter((line) => !line.includes('no segments'))).toEqual(
      [],
    )
  }, 60_000)

  it('read or refuse every invalid file of the suite without failing', (context) => {
    needs(context, whyNoData('xliff/oasis-2.1'))
    const group = readAll('xliff/oasis-2.1/test-suite/*/invalid/**/*.xlf')
    print('oasis invalid', group)
    expect(group.files).toBeGreaterThan(0)
    expect(group.read).toBeGreaterThan(0)
    expect(group.lossless).toBe(group.read)
  }, 60_000)
})

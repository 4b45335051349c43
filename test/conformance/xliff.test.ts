import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DomainError, describePlace } from '../../src/domain/errors.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { decodeXml } from '../../src/xml/encoding.ts'
import { needs, whyNoData } from '../exchange/needs.ts'
import { SHARED_DATA } from '../exchange/xmllint.ts'

type Group = { files: number; read: number; segments: number; targets: number; refused: string[] }

/** Reads all files below a folder; anything thrown but an error for people fails. */
function readAll(pattern: string): Group {
  const group: Group = { files: 0, read: 0, segments: 0, targets: 0, refused: [] }
  for (const path of globSync(join(SHARED_DATA, pattern)).sort()) {
    if (!statSync(path).isFile()) continue
    group.files++
    try {
      const { files } = readXliff(decodeXml(readFileSync(path)).text)
      const segments = files.flatMap((file) => file.segments)
      group.read++
      group.segments += segments.length
      group.targets += segments.filter(({ target }) => target !== undefined).length
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      group.refused.push(`${basename(path)}: ${describePlace(error.place)} ${error.message}`)
    }
  }
  return group
}

function print(name: string, { files, read, segments, targets, refused }: Group): void {
  const counts = `${read} of ${files} files read, ${segments} segments, ${targets} with a target`
  console.info([`${name}: ${counts}`, ...refused.map((line) => `  refused ${line}`)].join('\n'))
}

describe('readXliff on the conformance data', () => {
  it.for(['okapi', 'okapi-2013', 'matecat', 'omegat'])(
    'reads the files of real tools: %s',
    (tool, context) => {
      needs(context, whyNoData('xliff/real'))
      const group = readAll(`xliff/real/${tool}/**/*`)
      print(tool, group)
      expect(group.files).toBeGreaterThan(0)
      // What is refused is no XLIFF, no XML or not in the encoding it says.
      for (const refusal of group.refused)
        expect(refusal).toMatch(/not XLIFF|not well-formed|not valid UTF-8/)
      expect(group.refused.length).toBeLessThanOrEqual(Math.ceil(group.files * 0.15))
    },
  )

  it('reads every valid file of the official 2.1 suite that has segments', (context) => {
    needs(context, whyNoData('xliff/oasis-2.1'))
    const groups = ['core/valid', 'core/in-out', 'modules/valid'].map((folder) =>
      readAll(`xliff/oasis-2.1/test-suite/${folder}/**/*.xlf`),
    )
    for (const [at, group] of groups.entries()) print(`oasis ${at}`, group)
    expect(groups.reduce((sum, { files }) => sum + files, 0)).toBeGreaterThan(0)
    expect(groups.flatMap(({ refused }) => refused).filter((line) => !line.includes('no segments'))).toEqual(
      [],
    )
  })

  it('reads or refuses every invalid file of the suite without failing', (context) => {
    needs(context, whyNoData('xliff/oasis-2.1'))
    const group = readAll('xliff/oasis-2.1/test-suite/*/invalid/**/*.xlf')
    print('oasis invalid', group)
    expect(group.files).toBeGreaterThan(0)
    expect(group.read).toBeGreaterThan(0)
  })
})

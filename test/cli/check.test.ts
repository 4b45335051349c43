import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkFile, describeCheck, readCheckSettings } from '../../src/cli/check.ts'
import { applyFix } from '../../src/domain/finding.ts'

const UNITS = [
  ['Who gave the order on 17 August?', 'Qui a donné l’ordre le 17 Août?'],
  ['About 1,500 people came there.', 'Environ 1,500 personnes sont venues.'],
  ['About 1,500 people came there.', 'Quelque 1500 personnes y étaient.'],
  ['Nobody came there.', null],
] as const

let folder = ''
let xliff = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-check-'))
  xliff = join(folder, 'any.xlf')
  const units = UNITS.map(
    ([source, target], at) =>
      `<trans-unit id="${at + 1}"><source>${source}</source>${target === null ? '' : `<target>${target}</target>`}</trans-unit>`,
  )
  await writeFile(
    xliff,
    `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" target-language="fr" datatype="plaintext"><body>\n${units.join('\n')}\n</body></file></xliff>`,
  )
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('talmach check', () => {
  it('gives each finding its fix, what that replaces, and what the checks mean', async () => {
    const report = await checkFile(xliff, [])
    const shown = report.findings.map(({ segment, check, replaces }) => [segment, check, replaces])
    expect(shown).toEqual([
      ['1', 'punctuation-space', ''],
      ['1', 'capital-month', 'Août'],
      ['2', 'inconsistent-target', undefined],
      ['2', 'number-format', '1,500'],
      ['3', 'inconsistent-target', undefined],
      ['4', 'untranslated', undefined],
    ])
    const month = report.findings.find(({ check }) => check === 'capital-month')
    expect(month?.fix && applyFix(UNITS[0][1], month.fix)).toBe('Qui a donné l’ordre le 17 août?')
    expect(Object.keys(report.checks)).toEqual([
      'capital-month',
      'inconsistent-target',
      'number-format',
      'punctuation-space',
      'untranslated',
    ])
    expect(report.blocked).toBe(false)
  })

  it('prints a table for people, with fixes in which nothing is invisible', async () => {
    const text = describeCheck(await checkFile(xliff, []))
    expect(text).toContain('Fix: “Août” → “août”')
    expect(text).toContain('Fix: “” → “⟨narrow no-break space⟩”')
    expect(text).toContain('  capital-month: Only English and German')
    expect(text).toContain('4 segments, 1 untranslated')
    expect(text).toContain('Fix: “1,500” → “1⟨narrow no-break space⟩500”')
    expect(text).not.toContain('not translated')
  })

  it('takes severities and forbidden words from a file, and an error blocks', async () => {
    const file = join(folder, 'checks.json')
    await writeFile(
      file,
      JSON.stringify({
        levels: { 'capital-month': 'off', untranslated: 'error', 'inconsistent-target': { fr: 'off' } },
        forbiddenWords: [{ word: 'quelque' }],
      }),
    )
    const report = await checkFile(xliff, [], await readCheckSettings(file))
    expect(report.findings.map(({ check, severity }) => `${check}:${severity}`)).toEqual([
      'punctuation-space:warning',
      'number-format:warning',
      'forbidden-word:error',
      'untranslated:error',
    ])
    expect(report.blocked).toBe(true)
  })

  it.each(['{"levels": {"typo": "off"}}', '{"levels": ', '[]'])(
    'refuses settings such as %s',
    async (text) => {
      const file = join(folder, 'wrong.json')
      await writeFile(file, text)
      await expect(readCheckSettings(file)).rejects.toMatchObject({ code: 'invalid-input', place: { file } })
    },
  )
})

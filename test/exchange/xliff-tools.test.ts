import { describe, expect, it } from 'vitest'
import { codesIn } from '../../src/domain/document.ts'
import { type MergeReport, type MergeSegment, mergeReturned } from '../../src/domain/merge.ts'
import type { ExchangeFile } from '../../src/exchange/xliff-model.ts'
import { readXliff, returnedSegments } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { translateWithPoedit, whyNoPoedit } from '../support/poedit.ts'
import { translateWithToolkit, whyNoTranslateToolkit } from '../support/translate-toolkit.ts'
import { needs } from './needs.ts'
import { plainFile } from './xliff-samples.ts'

/** A document whose texts a program may stumble over; untranslated and machine-translated in turns. */
function document(): ExchangeFile {
  const file = plainFile(6)
  const hostile = ['a\tb  c', '"quoted" & <tagged>', '№ 3 – “x” 😀', 'שלום', "it's", '{0} %s']
  const segments = file.segments.map((one, at) => {
    const text = `${hostile[at]} ${one.segment.text}`
    const changed = { ...one, segment: { ...one.segment, text }, notes: ['Mind the <tags> & the rest.'] }
    if (at % 2 === 0) return changed
    const target = { text: `MT ${text}`, state: 'initial', origin: 'mt', by: 'deepl', version: 1 } as const
    return { ...changed, target }
  })
  return { ...file, segments }
}

function mergeBack(file: ExchangeFile, xliff: string): MergeReport {
  const [read] = readXliff(xliff).files
  if (read === undefined) throw new Error('no file came back')
  expect(read).toMatchObject({ documentId: file.documentId, exportId: file.exportId })
  const segments = file.segments.map(
    ({ segment, target }): MergeSegment =>
      target === undefined ? { segment } : { segment, base: target, current: target },
  )
  return mergeReturned({ segments, returned: returnedSegments(read) })
}

/** Every segment was taken, with the codes of its source in their order. */
function expectAllTaken(file: ExchangeFile, report: MergeReport): void {
  expect(report.counts).toMatchObject({ taken: file.segments.length, skipped: 0, conflict: 0 })
  for (const [at, outcome] of report.outcomes.entries()) {
    const source = file.segments[at]?.segment.text ?? ''
    if (outcome.kind !== 'taken') throw new Error(`${at}: ${outcome.kind}`)
    expect(codesIn(outcome.text)).toEqual(codesIn(source))
    expect(outcome.findings).toEqual([])
  }
}

describe('our XLIFF in Poedit', { timeout: 120_000 }, () => {
  it.for(['1.2', '2.0'] as const)(
    '%s comes back with every segment translated by hand, codes intact and nothing lost',
    async (version, context) => {
      needs(context, whyNoPoedit())
      const file = document()
      const back = await translateWithPoedit(writeXliff(file, version), file.segments.length, ' fertig')
      const report = mergeBack(file, back)
      expectAllTaken(file, report)
      for (const [at, outcome] of report.outcomes.entries()) {
        expect(outcome).toMatchObject({ text: `${file.segments[at]?.segment.text} fertig` })
      }
    },
  )
})

describe('our 1.2 in the Translate Toolkit', { timeout: 60_000 }, () => {
  it('comes back with every segment translated, codes intact and nothing lost', (context) => {
    needs(context, whyNoTranslateToolkit())
    const file = document()
    const { sources, xliff } = translateWithToolkit(writeXliff(file, '1.2'), 'Übersetzt: ')
    expect(sources).toHaveLength(file.segments.length)
    const report = mergeBack(file, xliff)
    expectAllTaken(file, report)
    for (const [at, outcome] of report.outcomes.entries()) {
      expect(outcome).toMatchObject({ text: `Übersetzt: ${file.segments[at]?.segment.text}` })
    }
  })
})

import { describe, expect, it } from 'vitest'
import { codesIn } from '../../src/domain/document.ts'
import { type MergeSegment, mergeReturned } from '../../src/domain/merge.ts'
import type { ExchangeFile } from '../../src/exchange/xliff-model.ts'
import { readXliff, returnedSegments } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { translateWithOmegat, whyNoOmegat } from '../support/omegat.ts'
import { needs } from './needs.ts'
import { plainFile } from './xliff-samples.ts'
import { schemaErrors, whyNoXmllint } from './xmllint.ts'

/** A document in all states, with texts that a tool may stumble over. */
function document(): ExchangeFile {
  const file = plainFile(8)
  const hostile = [
    'a\tb  c',
    'line\nend',
    '"quoted" & <tagged> ]]>',
    '№ 3 – “x” 😀',
    'שלום',
    "it's",
    'x',
    '{0} %s',
  ]
  const drafts = [
    undefined,
    'initial',
    'initial',
    'translated',
    'reviewed',
    'final',
    undefined,
    'initial',
  ] as const
  const segments = file.segments.map((one, at) => {
    const { segment } = one
    const text = `${hostile[at]} ${segment.text}`
    const state = drafts[at]
    const origin = state === 'initial' ? 'mt' : 'human'
    const target = {
      text: text.replace('Sentence', 'Satz'),
      state,
      origin,
      by: 'Anna & Co',
      version: 1,
    } as const
    const changed = { ...one, segment: { ...segment, text }, notes: ['Mind the <tags> & the rest.'] }
    return state === undefined ? changed : { ...changed, target: { ...target, state } }
  })
  return { ...file, segments }
}

// A run of OmegaT takes seconds, and several on a busy machine.
describe('our 1.2 in OmegaT', { timeout: 180_000 }, () => {
  it('comes back with every segment translated, codes intact and nothing lost', (context) => {
    needs(context, whyNoOmegat())
    const file = document()
    const sent = writeXliff(file, '1.2')
    const locales = { source: file.sourceLocale, target: file.targetLocale }
    const returned = translateWithOmegat(sent, locales, (shown) => `Übersetzt: ${shown}`)
    expect(returned.segments.length).toBe(file.segments.length)

    const [read] = readXliff(returned.xliff).files
    if (read === undefined) throw new Error('no file came back')
    expect(read).toMatchObject({
      documentId: file.documentId,
      exportId: file.exportId,
      original: 'news.html',
    })
    const segments = file.segments.map(
      ({ segment, target }): MergeSegment =>
        target === undefined ? { segment } : { segment, base: target, current: target },
    )
    const input = { documentId: file.documentId ?? '', returnedDocumentId: read.documentId ?? '' }
    const report = mergeReturned({ ...input, segments, returned: returnedSegments(read) })
    expect(report.counts).toEqual({
      ...{ taken: 8, unchanged: 0, same: 0, 'keep-current': 0, conflict: 0, skipped: 0 },
    })
    for (const [at, outcome] of report.outcomes.entries()) {
      const { segment, target } = file.segments[at] ?? {}
      const expected = `Übersetzt: ${target?.text ?? segment?.text}`
      expect(outcome).toMatchObject({ kind: 'taken', text: expected, findings: [], matchedBy: 'id' })
      expect(codesIn(expected).length).toBe(segment?.codes.length)
    }
    if (whyNoXmllint() === undefined) expect(schemaErrors([returned.xliff], '1.2')).toBe('')
  })

  it('comes back as it went where nobody translated anything', (context) => {
    needs(context, whyNoOmegat())
    const file = document()
    const locales = { source: file.sourceLocale, target: file.targetLocale }
    const returned = translateWithOmegat(writeXliff(file, '1.2'), locales, (shown) => shown)
    const [read] = readXliff(returned.xliff).files
    if (read === undefined) throw new Error('no file came back')
    const segments = file.segments.map(
      ({ segment, target }): MergeSegment =>
        target === undefined ? { segment } : { segment, base: target, current: target },
    )
    const report = mergeReturned({ segments, returned: returnedSegments(read) })
    expect(report.counts.unchanged).toBe(8)
    const reasons = report.outcomes.map((outcome) =>
      outcome.kind === 'unchanged' ? outcome.reason : outcome.kind,
    )
    expect(reasons.slice(0, 4)).toEqual([
      'no-target',
      'machine-translation',
      'machine-translation',
      'as-exported',
    ])
  })
})

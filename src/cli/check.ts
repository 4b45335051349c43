import { createAssessor } from '../domain/assessor.ts'
import { plainText } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Finding } from '../domain/finding.ts'
import { parseLocale } from '../domain/locale.ts'
import type { Glossary, Verdict } from '../domain/term.ts'
import { createTermIndexes } from '../domain/term-indexes.ts'
import { readXliff } from '../exchange/xliff-read.ts'
import { decodeXml } from '../xml/encoding.ts'
import { readBytes } from './files.ts'

export type CheckReport = {
  readonly file: string
  readonly segments: number
  readonly untranslated: number
  readonly findings: readonly (Finding & { readonly segment: string; readonly line: number })[]
  readonly terms: readonly (Omit<Verdict, 'conceptId'> & {
    readonly segment: string
    readonly line: number
    readonly concept: string
    readonly source: string
    readonly target: string
  })[]
  /** An error finding or a hard term stands against approval. */
  readonly blocked: boolean
}

/**
 * Checks any XLIFF, ours or not: one report over all its files and segments.
 * @throws DomainError `invalid-input` for what cannot be read, or a file that does not name its target locale
 */
export async function checkFile(path: string, glossaries: readonly Glossary[]): Promise<CheckReport> {
  const read = readXliff(decodeXml(await readBytes(path), path).text, path)
  const report = {
    file: path,
    segments: 0,
    untranslated: 0,
    findings: [] as CheckReport['findings'][number][],
    terms: [] as CheckReport['terms'][number][],
    blocked: false,
  }
  const indexes = createTermIndexes(glossaries)
  for (const file of read.files) {
    if (file.targetLocale === undefined) {
      throw new DomainError('invalid-input', 'the file does not say its target locale', {
        place: { file: path },
      })
    }
    const assess = createAssessor(
      glossaries,
      indexes,
      parseLocale(file.sourceLocale),
      parseLocale(file.targetLocale),
    )
    for (const segment of file.segments) {
      report.segments += 1
      if (segment.target === undefined) {
        report.untranslated += 1
        continue
      }
      const assessment = assess(
        { text: segment.source, codes: segment.sourceCodes },
        { text: segment.target, origin: segment.meaning.origin ?? 'human', state: segment.meaning.state },
      )
      const place = { segment: segment.id, line: segment.line }
      report.blocked ||= assessment.blocked
      report.findings.push(...assessment.findings.map((finding) => ({ ...place, ...finding })))
      for (const { conceptId, ...verdict } of assessment.verdicts) {
        report.terms.push({
          ...place,
          concept: conceptId,
          ...verdict,
          source: segment.source.slice(verdict.sourceStart, verdict.sourceEnd),
          target: plainText(segment.target, segment.targetCodes),
        })
      }
    }
  }
  return report
}

/** For a terminal: what is to be mended, a line each, and the counts. */
export function describeCheck(report: CheckReport): string {
  const lines = report.findings.map(
    ({ segment, line, severity, message }) => `${report.file}:${line} ${segment} ${severity}: ${message}`,
  )
  const wrong = report.terms.filter(({ status }) => status === 'missing' || status === 'forbidden').length
  return [
    ...lines,
    `${report.segments} segments, ${report.untranslated} untranslated, ${report.findings.length} findings, ` +
      `${report.terms.length} terms, ${wrong} of them wrong`,
  ].join('\n')
}

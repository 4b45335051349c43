import { createAssessor } from '../domain/assessor.ts'
import { factsOf } from '../domain/check/catalogue.ts'
import { checkDocument } from '../domain/check/check-document.ts'
import type { CheckFacts } from '../domain/check/check-facts.ts'
import { CheckSettings } from '../domain/check/settings.ts'
import { plainText } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Finding } from '../domain/finding.ts'
import { parseLocale } from '../domain/locale.ts'
import type { Glossary, Verdict } from '../domain/term.ts'
import { createTermIndexes } from '../domain/term-indexes.ts'
import { readXliff } from '../exchange/xliff-read.ts'
import { decodeXml } from '../xml/encoding.ts'
import { readBytes } from './files.ts'

/** With the place of the segment, and what the fix would replace. */
type FoundHere = Finding & { readonly segment: string; readonly line: number; readonly replaces?: string }

export type CheckReport = {
  readonly file: string
  readonly segments: number
  readonly untranslated: number
  readonly findings: readonly FoundHere[]
  readonly terms: readonly (Omit<Verdict, 'conceptId'> & {
    readonly segment: string
    readonly line: number
    readonly concept: string
    readonly source: string
    readonly target: string
  })[]
  /** What the checks that found something are for, by their ids. */
  readonly checks: Readonly<Record<string, Pick<CheckFacts, 'title' | 'explanation'>>>
  /** An error finding or a hard term stands against approval. */
  readonly blocked: boolean
}

/**
 * Settings of the checks from a JSON file.
 * @throws DomainError `invalid-input` where it is no JSON or has a name or a value that no check knows
 */
export async function readCheckSettings(path: string): Promise<CheckSettings> {
  const text = new TextDecoder().decode(await readBytes(path))
  const parsed = CheckSettings.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`
  throw new DomainError('invalid-input', `the settings of the checks are wrong: ${where}`, {
    place: { file: path },
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // No object, and so refused by the schema.
  }
}

/**
 * Checks any XLIFF, ours or not: one report over all its files and segments, single and with each other.
 * @param settings what differs from the catalogue of checks
 * @throws DomainError `invalid-input` for what cannot be read, or a file that does not name its target locale
 */
export async function checkFile(
  path: string,
  glossaries: readonly Glossary[],
  settings?: CheckSettings,
): Promise<CheckReport> {
  const read = readXliff(decodeXml(await readBytes(path), path).text, path)
  const report = {
    file: path,
    segments: 0,
    untranslated: 0,
    findings: [] as FoundHere[],
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
      settings,
    )
    const together = checkDocument(
      file.segments.map(({ id, source, target }) => ({ id, source, target: target ?? null })),
      parseLocale(file.targetLocale),
      settings,
    )
    for (const segment of file.segments) {
      report.segments += 1
      const place = { segment: segment.id, line: segment.line }
      for (const finding of together.get(segment.id) ?? []) {
        report.findings.push({ ...place, ...finding })
        report.blocked ||= finding.severity === 'error'
      }
      if (segment.target === undefined) {
        report.untranslated += 1
        continue
      }
      const assessment = assess(
        { text: segment.source, codes: segment.sourceCodes },
        { text: segment.target, origin: segment.meaning.origin ?? 'human', state: segment.meaning.state },
      )
      report.blocked ||= assessment.blocked
      for (const finding of assessment.findings) {
        const { fix } = finding
        const replaces = fix === undefined ? {} : { replaces: segment.target.slice(fix.start, fix.end) }
        report.findings.push({ ...place, ...finding, ...replaces })
      }
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
  return { ...report, checks: factsFor(report.findings) }
}

function factsFor(findings: readonly FoundHere[]): CheckReport['checks'] {
  return Object.fromEntries(
    [...new Set(findings.map(({ check }) => check))].toSorted().flatMap((check) => {
      const facts = factsOf(check)
      return facts === undefined ? [] : [[check, { title: facts.title, explanation: facts.explanation }]]
    }),
  )
}

/** For a terminal: what is to be mended, a line each in columns, what the checks mean, and the counts. */
export function describeCheck(report: CheckReport): string {
  // The count of untranslated segments is in the last line.
  const shown = report.findings.filter(({ check }) => check !== 'untranslated')
  const rows = shown.map(({ segment, line, severity, check, message, fix, replaces }) => [
    `${report.file}:${line}`,
    segment,
    `${severity}:`,
    check,
    fix === undefined ? message : `${message} Fix: “${visible(replaces ?? '')}” → “${visible(fix.text)}”`,
  ])
  const widths = [0, 1, 2, 3].map((column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const meanings = Object.entries(report.checks).map(([id, { explanation }]) => `  ${id}: ${explanation}`)
  const wrong = report.terms.filter(({ status }) => status === 'missing' || status === 'forbidden').length
  return [
    ...lines,
    ...(meanings.length === 0 ? [] : ['', 'What the checks mean:', ...meanings, '']),
    `${report.segments} segments, ${report.untranslated} untranslated, ${report.findings.length} findings, ` +
      `${report.terms.length} terms, ${wrong} of them wrong`,
  ].join('\n')
}

/** No-break and other invisible characters by their names, codes as a box. */
function visible(text: string): string {
  return text
    .replace(/[\ue000-\uf8ff]/g, '▯')
    .replace(/[^\S ]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u001f]/g, (character) => {
      const name = SPACES.get(character)
      return name ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    })
}

const SPACES: ReadonlyMap<string, string> = new Map([
  ['\u00a0', '⟨no-break space⟩'],
  ['\u202f', '⟨narrow no-break space⟩'],
])

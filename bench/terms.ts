import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkTarget } from '../src/domain/check/check-target.ts'
import type { Concept, Glossary, Verdict } from '../src/domain/term.ts'
import { buildTermIndex, findOccurrences, type TermIndex } from '../src/domain/term-index.ts'
import { judgeTerms } from '../src/domain/term-verdict.ts'
import { readGlossaryCsv } from '../src/exchange/glossary-csv.ts'
import type { Figure } from './figure.ts'

const SEGMENTS = 100_000
const TERMS = 70_000
/** Enough to measure what is slower; these figures are segments a second as well. */
const SEGMENTS_FOR_LOOP = 100
const SEGMENTS_FOR_CHECKS = 20_000

type Pair = { readonly source: string; readonly target: string }

/**
 * Segments a second for finding terms, for verdicts and for all checks, on 100,000 segments of news and with 70,000
 * terms; against a regular expression for each term, and the Translate Toolkit's `pofilter` where it is installed.
 */
export async function benchTerms(): Promise<readonly Figure[]> {
  const small = labelledGlossary()
  const large: readonly Glossary[] = [...small, inventedGlossary()]
  const figures: Figure[] = []
  const before = process.cpuUsage()
  const sourceIndex = buildTermIndex(large, 'en')
  const { user, system } = process.cpuUsage(before)
  figures.push(figure(`terms: load ${TERMS} terms, ms of processor time`, (user + system) / 1000, 0))
  const smallIndex = buildTermIndex(small, 'en')
  for (const locale of ['de', 'ru'] as const) {
    const pairs = segmentsOf(locale)
    const targetIndex = buildTermIndex(large, locale)
    if (locale === 'de') {
      figures.push(
        rate('terms: finding, few terms, segments/s', pairs.length, () => findAll(pairs, smallIndex)),
        rate(`terms: finding, ${TERMS} terms, segments/s`, pairs.length, () => findAll(pairs, sourceIndex)),
      )
    }
    const verdicts: (readonly Verdict[])[] = []
    figures.push(
      rate(`terms: finding and verdicts en→${locale}, ${TERMS} terms, segments/s`, pairs.length, () => {
        verdicts.length = 0
        for (const pair of pairs) verdicts.push(judge(pair, large, sourceIndex, targetIndex, locale))
      }),
      rate(`all checks en→${locale}, segments/s`, SEGMENTS_FOR_CHECKS, () => {
        for (const [index, { source, target }] of pairs.slice(0, SEGMENTS_FOR_CHECKS).entries()) {
          checkTarget({
            source,
            sourceCodes: [],
            target,
            sourceLocale: 'en',
            targetLocale: locale,
            verdicts: verdicts[index] ?? [],
          })
        }
      }),
    )
    if (locale === 'de') figures.push(...peers(pairs, large, small))
  }
  return figures
}

function findAll(pairs: readonly Pair[], index: TermIndex): void {
  for (const { source } of pairs) findOccurrences(index, source)
}

function judge(
  { source, target }: Pair,
  glossaries: readonly Glossary[],
  sourceIndex: TermIndex,
  targetIndex: TermIndex,
  locale: string,
): readonly Verdict[] {
  return judgeTerms({
    source,
    target,
    occurrences: findOccurrences(sourceIndex, source),
    glossaries,
    sourceLocale: 'en',
    targetLocale: locale,
    targetIndex,
  })
}

function peers(
  pairs: readonly Pair[],
  large: readonly Glossary[],
  small: readonly Glossary[],
): readonly Figure[] {
  const few = pairs.slice(0, SEGMENTS_FOR_LOOP)
  return [
    rate('terms: a regular expression a term, few terms, segments/s', few.length, naiveLoop(few, small)),
    rate(`terms: a regular expression a term, ${TERMS} terms, segments/s`, few.length, naiveLoop(few, large)),
    pofilter(pairs.slice(0, SEGMENTS_FOR_CHECKS)),
  ]
}

/** Finds terms as a straightforward script does: one expression for each term, all tried on each segment. */
function naiveLoop(pairs: readonly Pair[], glossaries: readonly Glossary[]): () => void {
  const expressions = glossaries
    .flatMap(({ concepts }) => concepts)
    .flatMap(({ terms }) => terms)
    .filter(({ locale }) => locale === 'en')
    .map(({ text }) => new RegExp(`\\b${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`, 'giu'))
  return () => {
    for (const { source } of pairs) for (const expression of expressions) source.match(expression)
  }
}

/** All its checks, terms not among them, on the same segments as a PO file; its start is counted. */
function pofilter(pairs: readonly Pair[]): Figure {
  const name = 'Translate Toolkit pofilter, all its checks but no terms, segments/s'
  const folder = mkdtempSync(join(tmpdir(), 'talmach-bench-'))
  const [input, output] = [join(folder, 'in.po'), join(folder, 'out.po')]
  const header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
  const units = pairs.map(
    ({ source, target }) => `msgid ${JSON.stringify(source)}\nmsgstr ${JSON.stringify(target)}\n`,
  )
  writeFileSync(input, header + units.join('\n'))
  try {
    for (const command of POFILTER) {
      // `times` of the shell prints what its children took: minutes and seconds, of the user and of the system.
      const script = `${command} --progress=none --nofuzzy --language=de "$0" "$1" >/dev/null 2>&1 && times`
      const { status, stdout } = spawnSync('sh', ['-c', script, input, output], { encoding: 'utf8' })
      if (status !== 0) continue
      const taken = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
      const seconds = taken.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0)
      return figure(name, pairs.length / seconds, 0)
    }
    return { name, figure: 'not installed', value: Number.NaN }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Debian keeps the module and the commands in two packages. */
const POFILTER = ['pofilter', '/usr/bin/python3 -m translate.filters.pofilter'] as const

const fixtures = join(import.meta.dirname, '../test/domain/fixtures/term-pairs')

function labelledGlossary(): readonly Glossary[] {
  const concepts = readGlossaryCsv(readFileSync(join(fixtures, 'glossary.csv'), 'utf8'), 'glossary.csv')
  return [{ name: 'labelled', version: '', concepts }]
}

/** Terms of one to four words that share their words, as the terms of real bases do. */
function inventedGlossary(): Glossary {
  const concepts: Concept[] = []
  for (let index = 0; index < TERMS; index++) {
    const word = (part: number) => WORDS[Math.floor(index / WORDS.length ** part) % WORDS.length] ?? ''
    const number = (index * 7919).toString(36)
    const [en, de, ru] = [
      `${word(0)} ${word(1)} ${number}`,
      `${word(1)} ${number}`,
      `комитет ${number} ${word(0)}`,
    ]
    const term = { status: 'preferred', caseMode: 'insensitive', inflecting: true, forms: [] } as const
    concepts.push({
      id: `invented-${index}`,
      subject: '',
      definition: '',
      source: '',
      enforcement: 'hard',
      terms: [
        { ...term, locale: 'en', text: en },
        { ...term, locale: 'de', text: de },
        { ...term, locale: 'ru', text: ru },
      ],
    })
  }
  return { name: 'invented', version: '', concepts }
}

const WORDS = (
  'strike worker state central union commission committee police press court march factory deputy law party ' +
  'minister council protest election president'
).split(' ')

/** The labelled sentences over and over, two and three together, each with a number of its own. */
function segmentsOf(locale: string): readonly Pair[] {
  const pairs = readFileSync(join(fixtures, `${locale}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line): Pair => {
      const { source, target }: { readonly source: string; readonly target: string } = JSON.parse(line)
      return { source, target }
    })
  return Array.from({ length: SEGMENTS }, (_, index) => {
    const parts = [pairs[index % pairs.length], pairs[(index * 7 + 3) % pairs.length]]
    return {
      source: `${parts.map((part) => part?.source ?? '').join(' ')} (${index})`,
      target: `${parts.map((part) => part?.target ?? '').join(' ')} (${index})`,
    }
  })
}

/** By processor time of this process, because other programs of a shared machine do not lengthen that. */
function rate(name: string, segments: number, run: () => void): Figure {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return figure(name, segments / ((user + system) / 1_000_000), 0)
}

function figure(name: string, value: number, digits: number): Figure {
  return { name, figure: value.toFixed(digits), value }
}

/** One concept of a TBX file. Names: ISO 30042:2019 (core structure, modules Min and Basic), TBX v2. */
import { DomainError, type Place } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import type { CaseMode, Concept, Term, TermStatus } from '../domain/term.ts'
import { DEFAULT_ENFORCEMENT, defaultStatus, defaultTraits } from '../domain/term-defaults.ts'
import { attributeOf, childElements, textOf, type XmlElement } from '../xml/tree.ts'
import { splitListed } from './listed.ts'
import { NOTE_PREFIX, statusOf } from './tbx-model.ts'

/**
 * @param entry a `conceptEntry` or `termEntry`
 * @param index its place in the file, for an id where it has none
 * @throws DomainError `invalid-input`, `unknown-locale` with line and column
 */
export function readConcept(entry: XmlElement, index: number, file: string | undefined): Concept {
  const facts = factsOf(entry, file)
  const sections = childElements(entry).filter(({ local }) => local === 'langSec' || local === 'langSet')
  const inner = sections.map((section) => ({ section, facts: factsOf(section, file) }))
  const all = [facts, ...inner.map((one) => one.facts)]
  return {
    id: facts.own.get('id')?.value ?? attributeOf(entry, 'id') ?? `concept-${index + 1}`,
    subject: facts.of('subjectField').join('; '),
    definition: all.flatMap((one) => one.of('definition'))[0] ?? '',
    source: all.flatMap((one) => one.of('source'))[0] ?? '',
    enforcement: choiceOf(facts.own.get('enforcement'), ENFORCEMENTS, file) ?? DEFAULT_ENFORCEMENT,
    terms: inner.flatMap(({ section }) => readSection(section, file)),
  }
}

function readSection(section: XmlElement, file: string | undefined): readonly Term[] {
  const tag = attributeOf(section, 'xml:lang') ?? attributeOf(section, 'lang')
  if (tag === undefined)
    throw failure(section, file, `this <${section.name}> does not name its language (xml:lang)`)
  const locale = readLocale(tag, section, file)
  const terms: Term[] = []
  for (const child of childElements(section)) {
    if (!TERM_SECTIONS.has(child.local)) continue
    const hasPreferred = terms.some((term) => term.status === 'preferred')
    const term = readTerm(child, locale, hasPreferred, file)
    if (term !== undefined) terms.push(term)
  }
  return terms
}

function readLocale(tag: string, section: XmlElement, file: string | undefined): string {
  try {
    return parseLocale(tag.trim().replaceAll('_', '-'))
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    throw new DomainError(cause.code, cause.message, { place: placeOf(section, file), cause })
  }
}

function readTerm(
  section: XmlElement,
  locale: string,
  hasPreferred: boolean,
  file: string | undefined,
): Term | undefined {
  const group = childNamed(section, 'termGrp')
  const element = childNamed(section, 'term') ?? childNamed(group, 'term')
  if (element === undefined) throw failure(section, file, `this <${section.name}> has no <term>`)
  const text = collapse(textOf(element))
  if (text === '') return undefined
  const facts = factsOf(section, file)
  const grouped = group === undefined ? undefined : factsOf(group, file)
  const statuses = STATUS_CATEGORIES.flatMap((name) => [...facts.of(name), ...(grouped?.of(name) ?? [])])
  const status = statuses.map(statusOf).find((one) => one !== undefined)
  const traits = defaultTraits(text)
  const note = [...facts.of('note'), ...(grouped?.of('note') ?? [])].join('; ')
  const inflecting = choiceOf(facts.own.get('inflecting'), YES_OR_NO, file)
  return {
    locale,
    text,
    status: status ?? (defaultStatus(hasPreferred) satisfies TermStatus),
    caseMode: choiceOf(facts.own.get('case'), CASE_MODES, file) ?? traits.caseMode,
    inflecting: inflecting === undefined ? traits.inflecting : inflecting === 'yes',
    forms: splitListed(facts.own.get('forms')?.value ?? ''),
    ...(note === '' ? {} : { note }),
  }
}

type OwnFact = { readonly value: string; readonly element: XmlElement }

type Facts = {
  /** Texts of a data category or of plain notes, in order. */
  readonly of: (category: string) => readonly string[]
  /** Our own notes by key. */
  readonly own: ReadonlyMap<string, OwnFact>
}

/** Data categories of an element, in either style, those in groups included. */
function factsOf(element: XmlElement, file: string | undefined): Facts {
  const texts = new Map<string, string[]>()
  const own = new Map<string, OwnFact>()
  for (const child of childElements(element)) {
    for (const item of GROUPS.has(child.local) ? childElements(child) : [child]) {
      const text = collapse(textOf(item))
      const category = CARRIERS.has(item.local) ? (attributeOf(item, 'type') ?? item.local) : item.local
      const fact = category === 'note' ? ownFact(text) : undefined
      if (fact !== undefined && fact.key !== 'note') {
        if (own.has(fact.key)) throw failure(item, file, `“${NOTE_PREFIX}${fact.key}” is said twice here`)
        own.set(fact.key, { value: fact.value, element: item })
      } else if (text !== '') {
        texts.set(category, [...(texts.get(category) ?? []), fact?.value ?? text])
      }
    }
  }
  return { of: (category) => texts.get(category) ?? [], own }
}

function ownFact(text: string): { readonly key: string; readonly value: string } | undefined {
  if (!text.startsWith(NOTE_PREFIX)) return undefined
  const equals = text.indexOf('=')
  const key = text.slice(NOTE_PREFIX.length, equals).trim()
  if (equals === -1 || !OWN_KEYS.has(key)) return undefined
  return { key, value: text.slice(equals + 1).trim() }
}

function choiceOf<T extends string>(
  fact: OwnFact | undefined,
  choices: readonly T[],
  file: string | undefined,
): T | undefined {
  if (fact === undefined) return undefined
  const choice = choices.find((one) => one === fact.value)
  if (choice !== undefined) return choice
  const message = `“${fact.value.slice(0, 40)}” is not one of ${choices.join(', ')}`
  throw failure(fact.element, file, message)
}

export function childNamed(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element === undefined ? undefined : childElements(element).find((child) => child.local === local)
}

function collapse(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')
}

function placeOf(element: XmlElement, file: string | undefined): Place {
  const { line, column } = element
  return { ...(file === undefined ? {} : { file }), line, column }
}

export function failure(element: XmlElement, file: string | undefined, message: string): DomainError {
  return new DomainError('invalid-input', message, { place: placeOf(element, file) })
}

const TERM_SECTIONS = new Set(['termSec', 'tig', 'ntig'])
const GROUPS = new Set(['descripGrp', 'adminGrp', 'termNoteGrp'])
/** Elements whose category is in their `type` (DCA style). */
const CARRIERS = new Set(['descrip', 'admin', 'termNote', 'descripNote', 'adminNote'])
const STATUS_CATEGORIES = ['administrativeStatus', 'normativeAuthorization']
const OWN_KEYS = new Set(['id', 'enforcement', 'case', 'inflecting', 'forms', 'note'])
const ENFORCEMENTS = ['hard', 'advisory'] as const
const YES_OR_NO = ['yes', 'no'] as const
const CASE_MODES: readonly CaseMode[] = ['sensitive', 'insensitive', 'initial']

/** One concept → TBX-Basic in DCT style. */
import type { Concept, Term } from '../domain/term.ts'
import { escapeXmlText, xmlAttributes } from '../xml/tree.ts'
import { joinListed } from './listed.ts'
import { ADMINISTRATIVE_STATUS, NOTE_PREFIX } from './tbx-model.ts'

/** @returns lines of a `conceptEntry`, indented for their place in the file */
export function writeConcept(concept: Concept, index: number): readonly string[] {
  const named = NC_NAME.test(concept.id)
  const lines = [
    `      <conceptEntry${xmlAttributes({ id: named ? concept.id : `talmach-entry-${index + 1}` })}>`,
  ]
  if (concept.subject !== '')
    lines.push(`        <min:subjectField>${escapeXmlText(concept.subject)}</min:subjectField>`)
  lines.push(...writeDefinition(concept))
  if (!named) lines.push(`        ${ownNote('id', concept.id)}`)
  lines.push(`        ${ownNote('enforcement', concept.enforcement)}`)
  for (const [locale, terms] of groupByLocale(concept.terms)) {
    lines.push(`        <langSec${xmlAttributes({ 'xml:lang': locale })}>`)
    for (const term of terms) lines.push(...writeTerm(term))
    lines.push('        </langSec>')
  }
  return [...lines, '      </conceptEntry>']
}

function writeDefinition({ definition, source }: Concept): readonly string[] {
  const defined =
    definition === '' ? [] : [`<basic:definition>${escapeXmlText(definition)}</basic:definition>`]
  const sourced = source === '' ? [] : [`<basic:source>${escapeXmlText(source)}</basic:source>`]
  if (defined.length === 0) return sourced.map((line) => `        ${line}`)
  return [
    '        <descripGrp>',
    ...[...defined, ...sourced].map((line) => `          ${line}`),
    '        </descripGrp>',
  ]
}

function writeTerm(term: Term): readonly string[] {
  const inner = [
    `<term>${escapeXmlText(term.text)}</term>`,
    `<min:administrativeStatus>${ADMINISTRATIVE_STATUS[term.status]}</min:administrativeStatus>`,
    ownNote('case', term.caseMode),
    ownNote('inflecting', term.inflecting ? 'yes' : 'no'),
    ...(term.forms.length === 0 ? [] : [ownNote('forms', joinListed(term.forms))]),
    ...(term.note === undefined || term.note === '' ? [] : [plainNote(term.note)]),
  ]
  return ['          <termSec>', ...inner.map((line) => `            ${line}`), '          </termSec>']
}

function plainNote(text: string): string {
  return text.startsWith(NOTE_PREFIX) ? ownNote('note', text) : `<note>${escapeXmlText(text)}</note>`
}

function ownNote(key: string, value: string): string {
  return `<note>${NOTE_PREFIX}${key}=${escapeXmlText(value)}</note>`
}

function groupByLocale(terms: readonly Term[]): ReadonlyMap<string, readonly Term[]> {
  return Map.groupBy(terms, (term) => term.locale)
}

/** What may be the value of an `id` attribute (Namespaces in XML 1.0, NCName; without the rarer letters). */
const NC_NAME = /^[\p{L}_][\p{L}\p{Nd}._-]{0,200}$/u

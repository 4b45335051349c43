/** Concepts → TBX: ISO 30042:2019 (v3) in DCT or DCA style, or ISO 30042:2008 (v2, `martif`). */
import type { Concept, Term } from '../domain/term.ts'
import { escapeXmlText, xmlAttributes } from '../xml/tree.ts'
import { joinListed } from './listed.ts'
import {
  ADMINISTRATIVE_STATUS,
  BASIC_NAMESPACE,
  MIN_NAMESPACE,
  NOTE_PREFIX,
  TBX_NAMESPACE,
} from './tbx-model.ts'

/**
 * - `dct`: TBX-Basic v3, each data category an element of its own (`<min:subjectField>`); our own form;
 * - `dca`: TBX-Basic v3, data categories as `type` attributes (`<descrip type="subjectField">`);
 * - `v2`: TBX v2, root `martif`, for tools of before 2019.
 */
export const TBX_FORMS = ['dct', 'dca', 'v2'] as const
export type TbxForm = (typeof TBX_FORMS)[number]

export type TbxAbout = {
  /** Of the term base. */
  readonly title: string
  /** BCP 47, the language of definitions and notes. */
  readonly sourceLanguage: string
  /** Default `dct`. */
  readonly form?: TbxForm
}

/** Everything before the first concept, lines that end with LF. */
export function tbxStart({ title, sourceLanguage, form = 'dct' }: TbxAbout): string {
  const header = form === 'v2' ? 'martifHeader' : 'tbxHeader'
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    rootTag(form, sourceLanguage),
    `  <${header}>`,
    '    <fileDesc>',
    '      <titleStmt>',
    `        <title>${escapeXmlText(title)}</title>`,
    '      </titleStmt>',
    '      <sourceDesc>',
    '        <p>Talmach term base</p>',
    '      </sourceDesc>',
    '    </fileDesc>',
    // Names the constraints that v2 files keep to (ISO 30042:2008, annex A).
    ...(form === 'v2'
      ? ['    <encodingDesc>', '      <p type="XCSURI">TBXXCS.xcs</p>', '    </encodingDesc>']
      : []),
    `  </${header}>`,
    '  <text>',
    '    <body>',
  ]
  return `${lines.join('\n')}\n`
}

function rootTag(form: TbxForm, language: string): string {
  if (form === 'v2') return `<martif${xmlAttributes({ type: 'TBX', 'xml:lang': language })}>`
  const modules = form === 'dct' ? { 'xmlns:min': MIN_NAMESPACE, 'xmlns:basic': BASIC_NAMESPACE } : {}
  const words = { type: 'TBX-Basic', style: form, 'xml:lang': language, xmlns: TBX_NAMESPACE, ...modules }
  return `<tbx${xmlAttributes(words)}>`
}

/** Everything behind the last concept. */
export function tbxEnd(form: TbxForm = 'dct'): string {
  return `    </body>\n  </text>\n</${form === 'v2' ? 'martif' : 'tbx'}>\n`
}

type Names = { readonly entry: string; readonly section: string; readonly term: string }

const NAMES: Readonly<Record<TbxForm, Names>> = {
  dct: { entry: 'conceptEntry', section: 'langSec', term: 'termSec' },
  dca: { entry: 'conceptEntry', section: 'langSec', term: 'termSec' },
  v2: { entry: 'termEntry', section: 'langSet', term: 'tig' },
}

/** @returns lines of a concept's element, indented for their place in the file */
export function writeConcept(concept: Concept, index: number, form: TbxForm = 'dct'): readonly string[] {
  const { entry, section } = NAMES[form]
  const named = NC_NAME.test(concept.id)
  const lines = [
    `      <${entry}${xmlAttributes({ id: named ? concept.id : `talmach-entry-${index + 1}` })}>`,
  ]
  if (concept.subject !== '') lines.push(`        ${category('subjectField', concept.subject, form)}`)
  lines.push(...writeDefinition(concept, form))
  if (!named) lines.push(`        ${ownNote('id', concept.id)}`)
  lines.push(`        ${ownNote('enforcement', concept.enforcement)}`)
  for (const [locale, terms] of groupByLocale(concept.terms)) {
    lines.push(`        <${section}${xmlAttributes({ 'xml:lang': locale })}>`)
    for (const term of terms) lines.push(...writeTerm(term, form))
    lines.push(`        </${section}>`)
  }
  return [...lines, `      </${entry}>`]
}

type Category = 'subjectField' | 'definition' | 'source' | 'administrativeStatus'

/** Module of DCT style and element of DCA style and v2, for the data categories that we use. */
const CATEGORIES: Readonly<Record<Category, readonly [module: string, carrier: string]>> = {
  subjectField: ['min', 'descrip'],
  definition: ['basic', 'descrip'],
  source: ['basic', 'admin'],
  administrativeStatus: ['min', 'termNote'],
}

function category(name: Category, text: string, form: TbxForm): string {
  const [module, carrier] = CATEGORIES[name]
  const [start, end] =
    form === 'dct' ? [`${module}:${name}`, `${module}:${name}`] : [`${carrier} type="${name}"`, carrier]
  return `<${start}>${escapeXmlText(text)}</${end}>`
}

function writeDefinition({ definition, source }: Concept, form: TbxForm): readonly string[] {
  const defined = definition === '' ? [] : [category('definition', definition, form)]
  const sourced = source === '' ? [] : [category('source', source, form)]
  if (defined.length === 0) return sourced.map((line) => `        ${line}`)
  return [
    '        <descripGrp>',
    ...[...defined, ...sourced].map((line) => `          ${line}`),
    '        </descripGrp>',
  ]
}

function writeTerm(term: Term, form: TbxForm): readonly string[] {
  const { term: section } = NAMES[form]
  const inner = [
    `<term>${escapeXmlText(term.text)}</term>`,
    category('administrativeStatus', ADMINISTRATIVE_STATUS[term.status], form),
    ownNote('case', term.caseMode),
    ownNote('inflecting', term.inflecting ? 'yes' : 'no'),
    ...(term.forms.length === 0 ? [] : [ownNote('forms', joinListed(term.forms))]),
    ...(term.note === undefined || term.note === '' ? [] : [plainNote(term.note)]),
  ]
  return [`          <${section}>`, ...inner.map((line) => `            ${line}`), `          </${section}>`]
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

import { isSameLocale, parseLocale } from '../domain/locale.ts'
import { attributeOf, textOf, type XmlElement } from '../xml/tree.ts'
import type { Aside, Splice } from './adapter.ts'
import type { XliffEntry, XliffFile } from './xliff-entries.ts'
import { escapeXmlValue } from './xml-text.ts'

/**
 * Where the translation of each of these entries is written, in their order, and what changes with it: the state,
 * `translated`, and the approval of another text, which is taken back.
 *
 * @param locale of the translations, where it is known
 */
export function asidesOf(
  source: string,
  entries: readonly XliffEntry[],
  locale: string | undefined,
): readonly Aside[] {
  const shared = new Map<XmlElement, Aside>()
  const tags = new Map<XmlElement, Splice>()
  /** One object for one tag, so that it is changed once however many translations ask for it. */
  const retag = (element: XmlElement, changes: Changes): Splice => {
    const known = tags.get(element)
    if (known !== undefined) return known
    const splice = retagged(source, element, changes)
    tags.set(element, splice)
    return splice
  }
  return entries.map((entry): Aside => {
    const { from, whole, to, target, owner } = entry
    const language = target === undefined || !target.attributes.has('xml:lang') ? undefined : locale
    const state = targetChanges(entry, language)
    const also = ownerChange(entry).map((changes) => retag(owner, changes))
    if (to !== undefined && to !== target && target !== undefined) {
      // A segment in a target.
      return {
        ...contentOf(from),
        ...filled(source, to, {}),
        also: [...also, retag(target, state)],
        evenIfEqual: true,
      }
    }
    const known = shared.get(whole)
    if (known !== undefined) return known
    const place = target === undefined ? inserted(source, entry) : filled(source, target, state)
    const aside: Aside = { ...contentOf(whole), ...place, also, evenIfEqual: true }
    shared.set(whole, aside)
    return aside
  })
}

/** Attributes by name; undefined takes one away. */
type Changes = Readonly<Record<string, string | undefined>>

function targetChanges({ major }: XliffEntry, language: string | undefined): Changes {
  const lang = language === undefined ? {} : { 'xml:lang': language }
  return major === '1' ? { state: 'translated', 'state-qualifier': undefined, ...lang } : lang
}

function ownerChange({ major, owner }: XliffEntry): readonly Changes[] {
  if (major === '2') return [{ state: 'translated', subState: undefined }]
  return attributeOf(owner, 'approved') === 'yes' ? [{ approved: 'no' }] : []
}

function contentOf({ contentStart, contentEnd }: XmlElement): {
  readonly start: number
  readonly end: number
} {
  return { start: contentStart, end: contentEnd }
}

/** An element that gets new content. */
function filled(
  source: string,
  element: XmlElement,
  changes: Changes,
): Pick<Aside, 'target' | 'lead' | 'tail'> {
  const { start, end, name } = element
  const tag = retagged(source, element, changes).text
  const lead = element.selfClosing ? `${tag.slice(0, -2).trimEnd()}>` : tag
  return { target: { start, end }, lead, tail: `</${name}>` }
}

/** A target that is made, indented like the source. */
function inserted(
  source: string,
  { major, from, last }: XliffEntry,
): Pick<Aside, 'target' | 'lead' | 'tail'> {
  const prefix = last.prefix === '' ? '' : `${last.prefix}:`
  const name = `${prefix}target`
  const state = major === '1' ? ' state="translated"' : ''
  // A segment of `seg-source` is copied with everything around it, its space as well.
  const space = attributeOf(last === from ? from : last, 'xml:space')
  const keeps = space === undefined ? '' : ` xml:space="${escapeXmlValue(space)}"`
  return {
    target: { start: last.end, end: last.end },
    lead: `${indentationBefore(source, last.start)}<${name}${state}${keeps}>`,
    tail: `</${name}>`,
  }
}

/** The white space before a tag that begins its line, line break included; '' for one that does not. */
function indentationBefore(source: string, at: number): string {
  let start = at
  while (start > 0 && (source.charAt(start - 1) === ' ' || source.charAt(start - 1) === '\t')) start--
  if (source.charAt(start - 1) === '\n') start -= source.charAt(start - 2) === '\r' ? 2 : 1
  else if (source.charAt(start - 1) === '\r') start -= 1
  else return ''
  return source.slice(start, at)
}

/**
 * The target language, where the file says none or another; and then the translations of the other language are
 * taken out. (Those that are written anew are written over: see `Adapter.localise`.)
 */
export function localiseXliffFile(source: string, file: XliffFile, locale: string): readonly Splice[] {
  const { major, languages, entries } = file
  const [own, before] = major === '1' ? ['target-language', 'source-language'] : ['trgLang', 'srcLang']
  const splices = languages.flatMap((element): readonly Splice[] => {
    if (saysLocale(attributeOf(element, own), locale)) return []
    const known = element.attributes.get(own)
    if (known !== undefined) return [{ start: known.start, end: known.end, text: escapeXmlValue(locale) }]
    const neighbour = element.attributes.get(before)
    const at = neighbour === undefined ? element.start + 1 + element.name.length : neighbour.end + 1
    return [{ start: at, end: at, text: ` ${own}="${escapeXmlValue(locale)}"` }]
  })
  const seen = new Set<XmlElement>()
  for (const { target, to, owner, language } of entries) {
    if (target === undefined || language === undefined || saysLocale(language, locale)) continue
    const stale = to ?? target
    if (seen.has(stale) || textOf(stale).trim() === '') continue
    seen.add(stale)
    if (stale === target) {
      const start = target.start - indentationBefore(source, target.start).length
      splices.push({ start, end: target.end, text: '' })
    } else splices.push({ start: stale.contentStart, end: stale.contentEnd, text: '' })
    if (seen.has(owner)) continue
    seen.add(owner)
    if (major === '2') splices.push(retagged(source, owner, { state: undefined, subState: undefined }))
    else if (owner.attributes.has('approved')) splices.push(retagged(source, owner, { approved: undefined }))
  }
  return splices
}

function saysLocale(tag: string | undefined, locale: string): boolean {
  const canonical = localeOf(tag)
  return canonical !== null && isSameLocale(canonical, locale)
}

/** The canonical tag of what a file calls its language (`pt_BR` as well); null where that is none. */
export function localeOf(tag: string | undefined): string | null {
  try {
    return tag === undefined ? null : parseLocale(tag.trim().replaceAll('_', '-'))
  } catch {
    return null
  }
}

/** The start tag of an element (all of one that closes itself) with attributes changed. */
function retagged(source: string, element: XmlElement, changes: Changes): Splice {
  const { start, attributes, selfClosing } = element
  const end = selfClosing ? element.end : element.contentStart
  const edits: Splice[] = []
  for (const [name, value] of Object.entries(changes)) {
    const known = attributes.get(name)
    if (known === undefined) {
      if (value === undefined) continue
      let at = end - (selfClosing ? 2 : 1)
      while (/\s/.test(source.charAt(at - 1))) at--
      edits.push({ start: at, end: at, text: ` ${name}="${escapeXmlValue(value)}"` })
    } else if (value === undefined) {
      let from = source.lastIndexOf(name, known.start)
      while (/\s/.test(source.charAt(from - 1))) from--
      edits.push({ start: from, end: known.end + 1, text: '' })
    } else if (known.value !== value) {
      edits.push({ start: known.start, end: known.end, text: escapeXmlValue(value) })
    }
  }
  let text = ''
  let at = start
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += source.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return { start, end, text: text + source.slice(at, end) }
}

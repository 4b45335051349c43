import { scanXml, type XmlTag } from '../xml/events.ts'
import type { Splice } from './adapter.ts'
import { type OfficeLocale, OwnLanguages, officeLocale, SLOTS, type Slot } from './office-locale.ts'
import { applySplices } from './splices.ts'
import { removeAttribute, setAttribute } from './xml-edits.ts'
import { elementTextSplices } from './xml-elements.ts'

const META = 'meta.xml'

/**
 * What an OpenDocument text says of its language and direction, changed for the target: `fo:language` and
 * `fo:country` (or those of Asian or complex scripts) of the defaults, and of styles in the document's own language;
 * `style:writing-mode` of the defaults, pages, tables and whatever else has one, and the sides that paragraphs keep to; and the weight, slope and size that
 * such scripts have of their own.
 *
 * @param parts XML by name, as it is to be written
 * @param locale canonical BCP 47 tag
 * @returns all parts
 * Rules: OpenDocument 1.3, part 3, 20.202, 20.188 and their variants, 20.404 (writing-mode).
 */
export function localiseOdt(parts: ReadonlyMap<string, string>, locale: string): ReadonlyMap<string, string> {
  const target = officeLocale(locale)
  const languages = new OwnLanguages()
  for (const [name, text] of parts) if (name !== META) countLanguages(name, text, languages)
  const isOwn = languages.settle()
  const turned = isRightToLeft(parts) !== target.rtl
  const localised = new Map<string, string>()
  for (const [name, text] of parts) {
    const splices: Splice[] = []
    if (name === META) splices.push(...elementTextSplices(text, name, 'dc:language', target.tag))
    else {
      scanStyles(name, text, (tag, style) => {
        const made =
          tag.name === 'style:text-properties'
            ? [...languageSplices(text, tag, style, target, isOwn), ...complexSplices(text, tag, target)]
            : directionSplices(text, tag, style, target.rtl, turned)
        for (const splice of made) if (splice !== undefined) splices.push(splice)
      })
    }
    localised.set(name, applySplices(text, splices))
  }
  return localised
}

/** By the styles that the part itself has: those that programs make for single passages. */
function countLanguages(part: string, text: string, languages: OwnLanguages): void {
  const styles = new Map<string, XmlTag>()
  let style = ''
  let defaults = false
  const open: (XmlTag | undefined)[] = []
  scanXml(text, 0, part, {
    open: (tag) => {
      const { name } = tag
      open.push(styles.get(attributeOf(tag, 'text:style-name')) ?? open.at(-1))
      if (name === 'style:style') style = attributeOf(tag, 'style:name')
      else if (name === 'style:default-style') defaults = attributeOf(tag, 'style:family') === 'paragraph'
      else if (name !== 'style:text-properties') return
      else if (style !== '') styles.set(style, tag)
      else if (defaults)
        for (const slot of SLOTS) languages.addDefault(slot, attributeOf(tag, LANGUAGE[slot]))
    },
    close: (name) => {
      open.pop()
      if (name === 'style:style') style = ''
      if (name === 'style:default-style') defaults = false
    },
    text: (start, end) => {
      const marked = open.at(-1)
      for (const slot of SLOTS) {
        languages.count(slot, marked === undefined ? '' : attributeOf(marked, LANGUAGE[slot]), end - start)
      }
    },
    cdata: () => {},
  })
}

/** `defaults` are those of paragraphs, on which everything else rests. */
type StyleKind = 'defaults' | 'other'

/** Calls back for each element of properties. */
function scanStyles(part: string, text: string, visit: (tag: XmlTag, style: StyleKind) => void): void {
  let style: StyleKind = 'other'
  scanXml(text, 0, part, {
    open: (tag) => {
      if (tag.name === 'style:default-style') {
        style = attributeOf(tag, 'style:family') === 'paragraph' ? 'defaults' : 'other'
      } else if (/^style:[a-z-]*properties$/.test(tag.name)) visit(tag, style)
    },
    close: (name) => {
      if (name === 'style:default-style') style = 'other'
    },
    text: () => {},
    cdata: () => {},
  })
}

function languageSplices(
  source: string,
  tag: XmlTag,
  style: StyleKind,
  { slot, language, country, script, tag: whole, fits }: OfficeLocale,
  isOwn: (slot: Slot, tag: string) => boolean,
): readonly (Splice | undefined)[] {
  const has = attributeOf(tag, LANGUAGE[slot])
  const place = attributeOf(tag, COUNTRY[slot])
  const known = has === '' || place === '' || place === 'none' ? has : `${has}-${place}`
  if (known === '' ? style !== 'defaults' : fits(known)) return []
  if (style !== 'defaults' && !isOwn(slot, has)) return []
  return [
    setAttribute(source, tag, LANGUAGE[slot], language),
    setAttribute(source, tag, COUNTRY[slot], country === '' ? 'none' : country),
    // A script is said only where the country does not tell it, and then in both ways.
    script === ''
      ? removeAttribute(source, tag, SCRIPT[slot])
      : setAttribute(source, tag, SCRIPT[slot], script),
    script === '' ? removeAttribute(source, tag, WHOLE[slot]) : setAttribute(source, tag, WHOLE[slot], whole),
  ]
}

const LANGUAGE = { val: 'fo:language', eastAsia: 'style:language-asian', bidi: 'style:language-complex' }
const COUNTRY = { val: 'fo:country', eastAsia: 'style:country-asian', bidi: 'style:country-complex' }
const SCRIPT = { val: 'fo:script', eastAsia: 'style:script-asian', bidi: 'style:script-complex' }
const WHOLE = {
  val: 'style:rfc-language-tag',
  eastAsia: 'style:rfc-language-tag-asian',
  bidi: 'style:rfc-language-tag-complex',
}

/** What is bold for Latin letters only becomes so for those of the target. */
function complexSplices(
  source: string,
  tag: XmlTag,
  { slot }: OfficeLocale,
): readonly (Splice | undefined)[] {
  if (slot === 'val') return []
  const suffix = slot === 'bidi' ? 'complex' : 'asian'
  return ['font-weight', 'font-style', 'font-size'].map((name) => {
    const value = tag.attributes.get(`fo:${name}`)
    const own = `style:${name}-${suffix}`
    return value === undefined || tag.attributes.has(own)
      ? undefined
      : setAttribute(source, tag, own, value.value)
  })
}

/** By its pages and the defaults of its paragraphs. */
function isRightToLeft(parts: ReadonlyMap<string, string>): boolean {
  let rtl = false
  for (const [name, text] of parts) {
    if (name === META) continue
    scanStyles(name, text, (tag, style) => {
      if (style === 'defaults' || tag.name === PAGE) rtl ||= /^rl/.test(attributeOf(tag, WRITING_MODE))
    })
  }
  return rtl
}

const PAGE = 'style:page-layout-properties'
const PARAGRAPH = 'style:paragraph-properties'
const WRITING_MODE = 'style:writing-mode'
/** `start` is the left in LibreOffice whatever the direction, so sides are written as left and right. */
const OTHER_SIDE: Readonly<Record<string, string>> = {
  left: 'right',
  start: 'right',
  right: 'left',
  end: 'left',
}

/** @param turned the document's direction is another one than the target's */
function directionSplices(
  source: string,
  tag: XmlTag,
  style: StyleKind,
  rtl: boolean,
  turned: boolean,
): readonly (Splice | undefined)[] {
  const set = (name: string, value: string) => setAttribute(source, tag, name, value)
  const defaults = style === 'defaults' && tag.name === PARAGRAPH
  const mode = attributeOf(tag, WRITING_MODE)
  const missing = rtl && mode === '' && (defaults || tag.name === PAGE)
  const against = rtl ? /^lr(?:-tb)?$/.test(mode) : /^rl(?:-tb)?$/.test(mode)
  const splices = [missing || against ? set(WRITING_MODE, rtl ? 'rl-tb' : 'lr-tb') : undefined]
  if (!turned) return splices
  for (const name of ['fo:text-align', 'table:align']) {
    const side = OTHER_SIDE[attributeOf(tag, name)]
    if (side !== undefined) splices.push(set(name, side))
  }
  if (defaults && rtl && !tag.attributes.has('fo:text-align')) splices.push(set('fo:text-align', 'right'))
  return splices
}

function attributeOf({ attributes }: XmlTag, name: string): string {
  return attributes.get(name)?.value ?? ''
}

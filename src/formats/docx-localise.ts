import { scanXml, type XmlHandler, type XmlTag } from '../xml/events.ts'
import type { Splice } from './adapter.ts'
import { insertProperty, isOn, type Properties, propertyOf } from './docx-properties.ts'
import {
  lettersOf,
  type OfficeLocale,
  OwnLanguages,
  officeLocale,
  SLOTS,
  type Slot,
} from './office-locale.ts'
import { applySplices } from './splices.ts'
import { setAttribute } from './xml-edits.ts'
import { elementTextSplices } from './xml-elements.ts'
import { escapeXmlValue } from './xml-text.ts'

const CORE = 'docProps/core.xml'

/**
 * What a Word document says of its language and direction, changed for the target: `w:lang` of the defaults, and of
 * the styles and runs that are in the document's own language; `w:bidi` of paragraphs and sections, `w:rtl` of runs
 * and `w:bidiVisual` of tables, and the bold, italic and size that complex scripts have of their own.
 *
 * @param parts XML by name, as it is to be written
 * @param locale canonical BCP 47 tag
 * @returns all parts
 * Rules: ECMA-376 part 1, 17.3.1.6 (bidi), 17.3.2.20 (lang), 17.3.2.30 (rtl), 17.4.1 (bidiVisual), 17.6.1.
 */
export function localiseDocx(
  parts: ReadonlyMap<string, string>,
  locale: string,
): ReadonlyMap<string, string> {
  const target = officeLocale(locale)
  const languages = new OwnLanguages()
  for (const [name, text] of parts) if (name !== CORE) countLanguages(name, text, languages)
  const isOwn = languages.settle()
  const localised = new Map<string, string>()
  for (const [name, text] of parts) {
    if (name === CORE) {
      localised.set(name, applySplices(text, elementTextSplices(text, name, 'dc:language', target.tag)))
      continue
    }
    const localiser = new DocxLocaliser(text, target, isOwn)
    scanXml(text, 0, name, localiser)
    localised.set(name, applySplices(text, localiser.splices))
  }
  return localised
}

function countLanguages(part: string, text: string, languages: OwnLanguages): void {
  let defaults = false
  let element = ''
  let run = NO_ATTRIBUTES
  scanXml(text, 0, part, {
    open: ({ name, attributes }) => {
      element = name
      if (name === 'w:docDefaults') defaults = true
      else if (name === 'w:r') run = NO_ATTRIBUTES
      else if (name === 'w:lang') {
        run = attributes
        if (!defaults) return
        for (const slot of SLOTS) languages.addDefault(slot, attributes.get(`w:${slot}`)?.value ?? '')
      }
    },
    close: (name) => {
      element = ''
      if (name === 'w:docDefaults') defaults = false
    },
    text: (start, end) => {
      if (element !== 'w:t') return
      for (const slot of SLOTS) languages.count(slot, run.get(`w:${slot}`)?.value ?? '', end - start)
    },
    cdata: () => {},
  })
}

const NO_ATTRIBUTES: XmlTag['attributes'] = new Map()

type Element = { readonly name: string; readonly properties: Properties | undefined }

/** A paragraph or a run, whose direction its text decides. */
type Frame = {
  readonly tag: XmlTag
  properties: Properties | undefined
  text: boolean
  rtl: boolean
  ltr: boolean
}

class DocxLocaliser implements XmlHandler {
  readonly splices: Splice[] = []
  readonly #source: string
  readonly #target: OfficeLocale
  readonly #isOwn: (slot: Slot, tag: string) => boolean
  readonly #elements: Element[] = []
  readonly #frames: Frame[] = []
  /** In the record of what formatting was before. */
  #records = 0

  constructor(source: string, target: OfficeLocale, isOwn: (slot: Slot, tag: string) => boolean) {
    this.#source = source
    this.#target = target
    this.#isOwn = isOwn
  }

  open(tag: XmlTag): void {
    const { name } = tag
    this.#elements.at(-1)?.properties?.children.push({ tag, end: tag.end })
    if (RECORDS.has(name)) this.#records++
    const properties = HOLD_PROPERTIES.has(name) && this.#records === 0 ? { tag, children: [] } : undefined
    this.#elements.push({ name, properties })
    if (this.#records > 0) return
    if (name === 'w:p' || name === 'w:r') {
      this.#frames.push({ tag, properties: undefined, text: false, rtl: false, ltr: false })
    } else if (name === 'w:lang' && this.#elements.at(-3)?.name !== 'w:rPrDefault') this.#language(tag)
  }

  #language(tag: XmlTag): void {
    const { slot, fits } = this.#target
    const value = tag.attributes.get(`w:${slot}`)?.value ?? ''
    if (value !== '' && !fits(value) && this.#isOwn(slot, value)) this.#setLanguage(tag)
  }

  #setLanguage(tag: XmlTag): void {
    const splice = setAttribute(this.#source, tag, `w:${this.#target.slot}`, this.#target.tag)
    if (splice !== undefined) this.splices.push(splice)
  }

  text(start: number, end: number): void {
    if (this.#elements.at(-1)?.name !== 'w:t') return
    const letters = lettersOf(this.#source.slice(start, end))
    const run = this.#frames.at(-1)
    for (const frame of [run, run?.tag.name === 'w:r' ? this.#frames.at(-2) : undefined]) {
      if (frame === undefined) continue
      frame.text = true
      frame.rtl ||= letters.rtl
      frame.ltr ||= letters.ltr
    }
  }

  cdata(): void {}

  close(name: string, _start: number, end: number): void {
    const element = this.#elements.pop()
    const parent = this.#elements.at(-1)
    const child = parent?.properties?.children.at(-1)
    if (child !== undefined) child.end = end
    if (RECORDS.has(name)) this.#records--
    if (this.#records > 0) return
    if (name === 'w:p' || name === 'w:r') this.#closeFrame()
    const { properties } = element ?? {}
    if (properties === undefined) return
    const frame = this.#frames.at(-1)
    if (frame !== undefined && frame.tag.name === parent?.name) frame.properties = properties
    else if (name === 'w:rPr') this.#closeRunProperties(properties, parent?.name ?? '')
    else if (name === 'w:pPr') this.#remove(properties, 'w:bidi', (on) => on !== this.#target.rtl)
    else if (name === 'w:tblPr') this.#direct(properties, 'w:bidiVisual', parent?.name === 'w:tbl')
    else if (name === 'w:sectPr') this.#direct(properties, 'w:bidi', true)
  }

  /** Of styles, of the defaults and of paragraph marks. */
  #closeRunProperties(properties: Properties, parent: string): void {
    this.#copyToComplex(properties)
    this.#remove(properties, 'w:rtl', (on) => on !== this.#target.rtl)
    if (parent !== 'w:rPrDefault') return
    const { slot, tag, fits } = this.#target
    const language = propertyOf(properties, 'w:lang')
    if (language === undefined) this.#insert(properties, `<w:lang w:${slot}="${tag}"/>`, 'w:lang')
    else if (!fits(language.tag.attributes.get(`w:${slot}`)?.value ?? '')) this.#setLanguage(language.tag)
  }

  #closeFrame(): void {
    const frame = this.#frames.pop()
    if (frame === undefined) return
    const { tag, properties } = frame
    const run = tag.name === 'w:r'
    const [holder, name] = run ? ['w:rPr', 'w:rtl'] : ['w:pPr', 'w:bidi']
    if (run && properties !== undefined && frame.text) this.#copyToComplex(properties)
    if (!this.#target.rtl) {
      // What is still from right to left as a whole goes on so.
      const stays = frame.rtl && !frame.ltr
      if (properties !== undefined && !stays) this.#remove(properties, name, (on) => on)
      return
    }
    if (run && !(frame.text && (frame.rtl || !frame.ltr))) return
    if (properties !== undefined) this.#direct(properties, name, true)
    else if (this.#source.charAt(tag.end - 2) !== '/') {
      this.#splice(tag.end, tag.end, `<${holder}><${name}/></${holder}>`)
    }
  }

  /** Direction from right to left given or taken away. */
  #direct(properties: Properties, name: string, add: boolean): void {
    const property = propertyOf(properties, name)
    if (!this.#target.rtl) this.#remove(properties, name, (on) => on)
    else if (property !== undefined && !isOn(property)) {
      this.#splice(property.tag.start, property.end, `<${name}/>`)
    } else if (property === undefined && add) this.#insert(properties, `<${name}/>`, name)
  }

  #remove(properties: Properties, name: string, when: (on: boolean) => boolean): void {
    const property = propertyOf(properties, name)
    if (property !== undefined && when(isOn(property))) this.#splice(property.tag.start, property.end, '')
  }

  /** Complex scripts have a boldness, slope and size of their own (17.3.2.2, 17.3.2.17, 17.3.2.39). */
  #copyToComplex(properties: Properties): void {
    if (this.#target.slot !== 'bidi') return
    for (const name of ['w:b', 'w:i', 'w:sz']) {
      const property = propertyOf(properties, name)
      if (property === undefined || propertyOf(properties, `${name}Cs`) !== undefined) continue
      const value = property.tag.attributes.get('w:val')?.value
      const written = value === undefined ? '' : ` w:val="${escapeXmlValue(value)}"`
      this.#splice(property.end, property.end, `<${name}Cs${written}/>`)
    }
  }

  #insert(properties: Properties, xml: string, name: string): void {
    this.splices.push(insertProperty(this.#source, properties, xml, name))
  }

  #splice(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text })
  }
}

const HOLD_PROPERTIES = new Set(['w:pPr', 'w:rPr', 'w:sectPr', 'w:tblPr'])
const RECORDS = new Set(['w:pPrChange', 'w:rPrChange', 'w:sectPrChange', 'w:tblPrChange'])

import type { UnitKind } from '../domain/document.ts'
import { scanXml, type XmlTag } from '../xml/events.ts'

/** Properties that do not show: language, spelling, the record of earlier formatting. */
const SILENT = new Set(['w:lang', 'w:noProof', 'w:rPrChange'])

const LABELS: ReadonlyMap<string, string> = new Map([
  ['w:b', 'b'],
  ['w:i', 'i'],
  ['w:u', 'u'],
  ['w:strike', 's'],
  ['w:smallCaps', 'caps'],
  ['w:caps', 'caps'],
  ['w:highlight', 'mark'],
  ['w:color', 'color'],
])
/** Says more than that words are stressed: it was struck out, is hidden, is a power or an index. */
const MEANING = new Set(['w:strike', 'w:dstrike', 'w:vertAlign', 'w:position', 'w:vanish', 'w:webHidden'])
/** Character styles that stress; what any other one is for is not known. */
const EMPHASIS = /^(?:|Strong|Emphasis|(?:Subtle|Intense)Emphasis)$/
const OFF = new Set(['0', 'false', 'off', 'none'])

/** A run's formatting while its properties are read. */
export class RunFormat {
  readonly #parts: string[] = []
  readonly #labels: string[] = []
  #style = ''
  #meaning = false

  /** Takes one element of `w:rPr`. @returns false when what it holds does not show */
  add({ name, attributes }: XmlTag): boolean {
    if (SILENT.has(name)) return false
    const values = [...attributes].filter(([attribute]) => attribute !== 'w:hint')
    if (name === 'w:rFonts' && values.length === 0) return true
    this.#parts.push(`${name} ${values.map(([attribute, { value }]) => `${attribute}=${value}`).join(' ')}`)
    const value = attributes.get('w:val')?.value ?? ''
    if (name === 'w:rStyle') this.#style = value
    if (MEANING.has(name) && !OFF.has(value)) this.#meaning = true
    const label = name === 'w:vertAlign' ? scriptLabel(value) : LABELS.get(name)
    if (label !== undefined && !OFF.has(value)) this.#labels.push(label)
    return true
  }

  /** Equal for runs that look alike. */
  get key(): string {
    return this.#parts.join('\n')
  }

  /** It only stresses words. */
  get emphasis(): boolean {
    return !this.#meaning && EMPHASIS.test(this.#style)
  }

  get label(): string {
    if (this.#parts.length === 0) return 'plain'
    if (this.#labels.length > 0) return this.#labels.slice(0, 3).join(' ')
    return this.#style === '' ? 'style' : this.#style.slice(0, 16)
  }
}

function scriptLabel(value: string): string | undefined {
  if (value === 'superscript') return 'sup'
  return value === 'subscript' ? 'sub' : undefined
}

type Style = { name: string; base: string; outline: boolean }
export type Styles = ReadonlyMap<string, Style>

/** The paragraph styles of `word/styles.xml` by their ids; their names are the same in every language. */
export function readStyles(text: string, base: number, file: string): Styles {
  const styles = new Map<string, Style>()
  let style: Style | undefined
  scanXml(text, base, file, {
    open: ({ name, attributes }) => {
      const value = attributes.get('w:val')?.value ?? ''
      if (name === 'w:style') {
        style = { name: '', base: '', outline: false }
        styles.set(attributes.get('w:styleId')?.value ?? '', style)
      } else if (style === undefined) return
      else if (name === 'w:name') style.name = value.toLowerCase()
      else if (name === 'w:basedOn') style.base = value
      else if (name === 'w:outlineLvl') style.outline = /^[0-8]$/.test(value)
    },
    close: (name) => {
      if (name === 'w:style') style = undefined
    },
    text: () => {},
    cdata: () => {},
  })
  return styles
}

export type ParagraphProperties = {
  style: string
  numbered: boolean
  outline: boolean
}

const MAX_BASES = 10

/** What a paragraph is, by its own properties, its style and those that the style is based on. */
export function kindOfParagraph(
  { style, numbered, outline }: ParagraphProperties,
  styles: Styles,
  inCell: boolean,
): UnitKind {
  if (outline) return 'headline'
  let listed = numbered
  let id = style
  for (let step = 0; step < MAX_BASES && id !== ''; step++) {
    const known = styles.get(id)
    const name = known?.name ?? id.toLowerCase()
    if (known?.outline === true || /^(?:heading ?\d|title$|subtitle$)/.test(name)) return 'headline'
    if (/^caption$|^figure$|^illustration$/.test(name)) return 'caption'
    if (/quote|quotation|^block text$/.test(name)) return 'quotation'
    if (/^list (?:bullet|number)/.test(name)) listed = true
    id = known?.base ?? ''
  }
  if (listed) return 'list-item'
  return inCell ? 'table-cell' : 'paragraph'
}

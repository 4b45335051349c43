import type { UnitKind } from '../domain/document.ts'
import { scanXml, type XmlTag } from '../xml/events.ts'

export type OdtStyle = {
  readonly family: string
  readonly parent: string
  /** The program made it for single passages; its name says nothing. */
  readonly automatic: boolean
  /** Text properties that show, one a line. */
  properties: string
  label: string
}

/** Styles by `family name`: those of the document, and those that the program made for single passages. */
export type OdtStyles = ReadonlyMap<string, OdtStyle>

const LABELS: readonly (readonly [string, RegExp, string])[] = [
  ['fo:font-weight', /^(?:bold|[6-9]00)$/, 'b'],
  ['fo:font-style', /^(?:italic|oblique)$/, 'i'],
  ['style:text-underline-style', /^(?!none$)./, 'u'],
  ['style:text-line-through-style', /^(?!none$)./, 's'],
  ['style:text-position', /^super/, 'sup'],
  ['style:text-position', /^sub/, 'sub'],
  ['fo:color', /./, 'color'],
  ['fo:background-color', /./, 'mark'],
]

/** Language, and the marks by which LibreOffice compares versions, do not show. */
const SILENT =
  /^(?:officeooo:|loext:|fo:language|fo:country|fo:script|style:language|style:country|style:rfc)/

/** Adds the styles of one part (OpenDocument 1.3, part 3, clause 16) to those known. */
export function addOdtStyles(styles: Map<string, OdtStyle>, text: string, base: number, file: string): void {
  let current: OdtStyle | undefined
  let automatic = false
  scanXml(text, base, file, {
    open: (tag) => {
      if (tag.name === 'office:automatic-styles') automatic = true
      else if (tag.name === 'style:style') {
        const family = attributeValue(tag, 'style:family')
        const parent = attributeValue(tag, 'style:parent-style-name')
        current = { family, parent, automatic, properties: '', label: '' }
        styles.set(`${family} ${attributeValue(tag, 'style:name')}`, current)
      } else if (current !== undefined && tag.name === 'style:text-properties') {
        current.properties = showing(tag)
        current.label = labelOf(tag)
      }
    },
    close: (name) => {
      if (name === 'style:style') current = undefined
      if (name === 'office:automatic-styles') automatic = false
    },
    text: () => {},
    cdata: () => {},
  })
}

function attributeValue({ attributes }: XmlTag, name: string): string {
  return attributes.get(name)?.value ?? ''
}

/** Names with the suffixes for Asian and complex scripts say the same again. */
function showing({ attributes }: XmlTag): string {
  return [...attributes]
    .filter(([name]) => !SILENT.test(name))
    .map(([name, { value }]) => `${name}=${value}`)
    .sort()
    .join('\n')
}

function labelOf({ attributes }: XmlTag): string {
  return LABELS.filter(([name, value]) => value.test(attributes.get(name)?.value ?? '\n'))
    .map(([, , label]) => label)
    .slice(0, 3)
    .join(' ')
}

/** How text in a span looks. */
export type SpanFormat = {
  /** Equal for what looks alike; '' where nothing shows. */
  readonly key: string
  readonly label: string
  /** It only stresses words. */
  readonly emphasis: boolean
}

/** How text in a `text:span` of this style looks. */
export function spanFormat(styles: OdtStyles, name: string): SpanFormat {
  const style = styles.get(`text ${name}`)
  if (style === undefined) return { key: name, label: readable(name), emphasis: EMPHASIS.test(name) }
  const { parent, properties } = style
  if (properties === '' && parent === '') return { key: '', label: 'plain', emphasis: true }
  // A style of the document's own is told by its name, one made for a passage by what it does.
  const key = [parent, properties].filter((part) => part !== '').join('\n')
  const named = parent || (style.automatic ? '' : name)
  return {
    key,
    label: style.label || readable(parent || name),
    emphasis: EMPHASIS.test(named) && !MEANING.test(properties),
  }
}

/** Styles that stress; what any other one with a name is for is not known. */
const EMPHASIS = /^(?:|Strong_20_Emphasis|Emphasis)$/
/** Struck out, raised or lowered, hidden. */
const MEANING = /^(?:style:text-line-through-style=(?!none$)|style:text-position=|text:display=)/m

/** `Strong_20_Emphasis` → `Strong Emphasis` */
function readable(name: string): string {
  return name.replaceAll('_20_', ' ').slice(0, 16) || 'style'
}

const MAX_PARENTS = 10

/** What a `text:p` is, by its style and those that it is derived from. */
export function kindByStyle(styles: OdtStyles, style: string): UnitKind | undefined {
  let name = style
  for (let step = 0; step < MAX_PARENTS && name !== ''; step++) {
    if (/^(?:Title|Subtitle|Heading(?:_20_\d+)?)$/.test(name)) return 'headline'
    if (/^(?:Caption|Illustration|Figure|Drawing)$/.test(name)) return 'caption'
    if (/^Quot(?:e|ation)s?$/.test(name)) return 'quotation'
    name = styles.get(`paragraph ${name}`)?.parent ?? ''
  }
  return undefined
}

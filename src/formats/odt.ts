import { DomainError } from '../domain/errors.ts'
import type { Adapter, ReadContext } from './adapter.ts'
import { localiseOdt } from './odt-localise.ts'
import { draftOdtUnits } from './odt-reader.ts'
import { addOdtStyles, type OdtStyle } from './odt-styles.ts'
import type { Flavour } from './render.ts'
import { numberUnits, type UnitDraft } from './unit-builder.ts'
import { balanceXml } from './xml-balance.ts'
import { draftElementTexts } from './xml-elements.ts'
import { escapeXml } from './xml-text.ts'
import { partFile, zipContainer } from './zip-container.ts'

const CONTENT = 'content.xml'
const STYLES = 'styles.xml'
const META = 'meta.xml'

function readOdt(source: string, { file, parts }: ReadContext) {
  const all = parts.length === 0 ? [{ name: CONTENT, start: 0, end: source.length }] : parts
  const common = new Map<string, OdtStyle>()
  for (const { name, start, end } of all) {
    if (name === STYLES) addOdtStyles(common, source.slice(start, end), start, partFile(file, name))
  }
  const drafts: UnitDraft[] = []
  for (const { name, start, end } of all) {
    const place = partFile(file, name)
    if (name === META) {
      drafts.push(...draftElementTexts({ source, start, end, file: place }, new Set(['dc:title'])))
      continue
    }
    const styles = new Map(common)
    // Each part has automatic styles of its own, P1, T1 and so on.
    addOdtStyles(styles, source.slice(start, end), start, place)
    for (const draft of draftOdtUnits({ source, start, end, file: place, styles })) drafts.push(draft)
    if (name === CONTENT && !source.slice(start, end).includes('<office:text')) {
      throw new DomainError(
        'invalid-input',
        'this is an OpenDocument file, but no text: it has no office:text',
        {
          place: { file: place },
        },
      )
    }
  }
  return numberUnits(drafts)
}

/** Modes: `text`, and for a paragraph `runs|start|end`. */
const flavour: Flavour = {
  escape: (text, mode, { before }) => {
    const escaped = escapeXml(text)
    return mode === 'text' ? escaped : writeSpaces(escaped, before === ' ')
  },
  finish: (mode) => {
    const [name, start, end] = mode.split('|')
    if (name !== 'runs') return undefined
    return (rendered) => balanceXml(rendered, names(start), names(end))
  },
}

/** White space that is to count is an element (OpenDocument 1.3, part 3, 6.1.2 and 6.1.3). */
function writeSpaces(text: string, afterSpace: boolean): string {
  const spaced = text.replaceAll('\t', '<text:tab/>').replaceAll('\n', '<text:line-break/>')
  return spaced.replace(/ +/g, (spaces, at: number) => {
    const kept = at === 0 && afterSpace ? 0 : 1
    const more = spaces.length - kept
    return more === 0 ? spaces : `${' '.repeat(kept)}<text:s${more === 1 ? '' : ` text:c="${more}"`}/>`
  })
}

function names(path: string | undefined): readonly string[] {
  return path === undefined || path === '' ? [] : path.split(' ')
}

/** OpenDocument text (ODF 1.3). What is and is not translated is said in docs/formats/odt.md. */
export const odtAdapter: Adapter = {
  label: 'OpenDocument text (ODT)',
  extensions: ['odt', 'ott'],
  mediaTypes: ['application/vnd.oasis.opendocument.text'],
  read: readOdt,
  flavour,
  localiseParts: localiseOdt,
  container: zipContainer({
    main: CONTENT,
    document: 'an OpenDocument text',
    pick: (all) => [META, CONTENT, STYLES].filter((name) => all.includes(name)),
    isLocked: (text) => text.includes('<manifest:encryption-data'),
    lock: 'META-INF/manifest.xml',
  }),
}

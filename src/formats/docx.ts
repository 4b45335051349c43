import { DomainError } from '../domain/errors.ts'
import type { Adapter, ReadContext } from './adapter.ts'
import { ANYWHERE, BESIDES, HOLDERS } from './docx-elements.ts'
import { readStyles, type Styles } from './docx-format.ts'
import { localiseDocx } from './docx-localise.ts'
import { draftDocxUnits } from './docx-reader.ts'
import type { Flavour } from './render.ts'
import { numberUnits, type UnitDraft } from './unit-builder.ts'
import { balanceXml, EDITED, EDITED_END } from './xml-balance.ts'
import { draftElementTexts } from './xml-elements.ts'
import { escapeXml, escapeXmlValue } from './xml-text.ts'
import { partFile, zipContainer } from './zip-container.ts'

const MAIN = 'word/document.xml'
const STYLES = 'word/styles.xml'
const PROPERTIES = 'docProps/core.xml'
const TEXT_PARTS = /^word\/(?:header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/

function readDocx(source: string, { file, parts }: ReadContext) {
  const all = parts.length === 0 ? [{ name: MAIN, start: 0, end: source.length }] : parts
  const found = all.find(({ name }) => name === STYLES)
  const styles: Styles =
    found === undefined
      ? new Map()
      : readStyles(source.slice(found.start, found.end), found.start, partFile(file, STYLES))
  const drafts: UnitDraft[] = []
  for (const { name, start, end } of all) {
    const part = { source, start, end, file: partFile(file, name), styles }
    if (name === PROPERTIES) drafts.push(...draftElementTexts(part, new Set(['dc:title'])))
    else if (name !== STYLES) for (const draft of draftDocxUnits(part)) drafts.push(draft)
    if (name === MAIN && source.slice(start, end).indexOf('<w:document') === -1) {
      throw new DomainError(
        'invalid-input',
        'this is no Word document that can be read: it has no w:document',
        {
          place: { file: part.file },
        },
      )
    }
  }
  return numberUnits(drafts)
}

/** Modes: `attribute`, `text`, and for a paragraph `runs|start|end|properties of its plain runs`. */
const flavour: Flavour = {
  escape: (text, mode) => {
    if (mode === 'attribute') return escapeXmlValue(text)
    return mode === 'text' ? escapeXml(text) : EDITED + escapeXml(text) + EDITED_END
  },
  finish: (mode) => {
    const match = /^runs(\+?)\|([^|]*)\|([^|]*)\|/.exec(mode)
    if (match === null) return undefined
    const [whole, preserved, start, end] = match
    const rules = {
      holders: HOLDERS,
      besides: BESIDES,
      anywhere: ANYWHERE,
      run: 'w:r',
      text: 'w:t',
      openRun: `<w:r>${mode.slice(whole.length)}`,
      preserved: preserved === '+',
    }
    return (rendered) => balanceXml(rendered, names(start), names(end), rules)
  },
}

function names(path: string | undefined): readonly string[] {
  return path === undefined || path === '' ? [] : path.split(' ')
}

/** Word documents: Office Open XML, ECMA-376. What is and is not translated is said in docs/formats/docx.md. */
export const docxAdapter: Adapter = {
  label: 'Word (DOCX)',
  extensions: ['docx', 'docm', 'dotx'],
  mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  read: readDocx,
  flavour,
  localiseParts: localiseDocx,
  container: zipContainer({
    main: MAIN,
    document: 'a Word document',
    pick: (all) => [PROPERTIES, MAIN, ...all.filter((name) => TEXT_PARTS.test(name)).toSorted(), STYLES],
  }),
}

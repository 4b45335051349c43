import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import type { Unit } from '../../src/domain/document.ts'
import type { Adapter } from '../../src/formats/adapter.ts'
import type { ReadDocument } from '../../src/formats/read.ts'
import { renderEdits } from '../../src/formats/render.ts'
import { hide, show } from './support.ts'

export type OfficeDocument = ReadDocument & { readonly archive: NonNullable<ReadDocument['archive']> }

/** A document as `readDocument` gives it, for adapters that are archives. */
export function readWith(adapter: Adapter, bytes: Uint8Array, file?: string): OfficeDocument {
  if (adapter.container === undefined) throw new Error('this format is no archive')
  const { source, parts } = adapter.container.open(bytes, file)
  const units = adapter.read(source, { file, settings: {}, parts })
  return { format: 'text', encoding: 'UTF-8', bom: false, source, units, archive: { bytes, parts } }
}

export type Change = {
  readonly unit: Unit
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The archive with these ranges translated, as `writeDocument` writes it. */
export function writeWith(
  adapter: Adapter,
  document: OfficeDocument,
  changes: readonly Change[],
): Uint8Array {
  const edits = changes.map(({ unit, start, end, text }) => ({
    unit,
    part: { unitId: unit.id, start, end, text },
  }))
  const changed = new Map<string, string>()
  for (const { name, start, end } of document.archive.parts) {
    const within = edits.filter(({ unit }) => (unit.offsets[0] ?? 0) >= start && (unit.offsets[0] ?? 0) < end)
    if (within.length === 0) continue
    changed.set(name, renderEdits(document.source, within, adapter.flavour, { start, end }))
  }
  return adapter.container?.close(document.archive.bytes, changed) ?? new Uint8Array()
}

/** Every unit translated as a whole, texts as `show` writes them. */
export function translateWith(
  adapter: Adapter,
  document: OfficeDocument,
  translate: (text: string, unit: Unit) => string,
): Uint8Array {
  return writeWith(
    adapter,
    document,
    document.units.map((unit) => ({
      unit,
      start: 0,
      end: unit.text.length,
      text: hide(translate(show(unit.text), unit)),
    })),
  )
}

export function part(bytes: Uint8Array, name: string): string {
  return new TextDecoder().decode(unzipSync(bytes)[name])
}

/** Throws for the first error in any XML file of the archive. */
export function parseParts(bytes: Uint8Array): void {
  for (const [name, contents] of Object.entries(unzipSync(bytes))) {
    // LibreOffice leaves some files empty.
    if (!/\.(?:xml|rels|rdf)$/.test(name) || contents.length === 0) continue
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}\n${new TextDecoder().decode(contents)}`)
    })
    parser.write(new TextDecoder().decode(contents)).close()
  }
}

function archive(files: Readonly<Record<string, string>>, stored: readonly string[] = []): Uint8Array {
  const entries: Zippable = {}
  for (const [name, text] of Object.entries(files)) {
    entries[name] = [
      strToU8(text),
      { level: stored.includes(name) ? 0 : 6, mtime: new Date('2020-08-09T12:00:00Z') },
    ]
  }
  return zipSync(entries)
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const NAMESPACES = [
  W,
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ')
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MIME = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A Word document with this body; `more` are further parts, or other contents for those given here. */
export function docx(body: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  return archive({
    '[Content_Types].xml': `${DECLARATION}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MIME}.document.main+xml"/></Types>`,
    '_rels/.rels': `${DECLARATION}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${DECLARATION}<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
    ...more,
  })
}

export function wordPart(root: string, content: string): string {
  return `${DECLARATION}<w:${root} ${NAMESPACES}>${content}</w:${root}>`
}

const ODF = [
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:officeooo="http://openoffice.org/2009/office"',
  'office:version="1.3"',
].join(' ')

const ODT_STYLES = [
  '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>',
  '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold" officeooo:rsid="1"/></style:style>',
  '<style:style style:name="B2" style:family="text"><style:text-properties fo:font-weight="bold" officeooo:rsid="2"/></style:style>',
  '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>',
  '<style:style style:name="N" style:family="text"><style:text-properties officeooo:rsid="0012" fo:language="en"/></style:style>',
].join('')

/** An OpenDocument text with this body. B and B2 are bold, I is italic, N says nothing, P1 is a quotation. */
export function odt(body: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const mime = 'application/vnd.oasis.opendocument.text'
  const manifest = 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'
  return archive(
    {
      mimetype: mime,
      'content.xml': `${DECLARATION}<office:document-content ${ODF}><office:automatic-styles>${ODT_STYLES}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
      'META-INF/manifest.xml': `${DECLARATION}<manifest:manifest xmlns:manifest="${manifest}" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
      ...more,
    },
    ['mimetype'],
  )
}

export function odfPart(root: string, content: string): string {
  return `${DECLARATION}<office:${root} ${ODF}>${content}</office:${root}>`
}

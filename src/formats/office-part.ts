import type { UnitKind } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'
import { appendXmlText, type XmlSpace } from './xml-text.ts'

/** One XML file of an office document: a stretch of `source`, and its name for messages. */
export type OfficePart = {
  readonly source: string
  readonly start: number
  readonly end: number
  readonly file: string
}

/** A unit of plain text without mark-up: the value of an attribute, a description, a title. */
export function draftPlainText(
  { source, file }: OfficePart,
  range: { readonly start: number; readonly end: number },
  options: { readonly kind: UnitKind; readonly escape: string; readonly space: XmlSpace },
): UnitDraft | undefined {
  const builder = new UnitBuilder()
  appendXmlText(builder, source, range.start, range.end, options.space)
  return builder.finish({ kind: options.kind, escape: options.escape, source, file })
}

/** @throws DomainError `invalid-input`, always: whether a change will be accepted is not for us to guess */
export function refuseTrackedChanges({ source, start, file }: OfficePart, offset: number): never {
  throw new DomainError(
    'invalid-input',
    'the document has tracked changes; accept or reject all of them and save it again',
    { place: { file, ...lineAndColumn(source.slice(start, offset), offset - start) } },
  )
}

import type { Unit } from '../../src/domain/document.ts'
import type { Adapter, FormatSettings } from '../../src/formats/adapter.ts'
import type { ReadDocument } from '../../src/formats/read.ts'
import { renderEdits } from '../../src/formats/render.ts'
import { hide, show } from './support.ts'

/** A document read with an adapter of its own. `format` is only a name here. */
export type DataDocument = ReadDocument & { readonly adapter: Adapter }

export function readWith(
  adapter: Adapter,
  source: string,
  settings: FormatSettings = {},
  file?: string,
): DataDocument {
  const units: readonly Unit[] = adapter.read(source, { file, settings, parts: [] })
  return { format: 'text', encoding: 'UTF-8', bom: false, source, units, adapter }
}

/** The document with parts of units translated; texts as `show` writes them. */
export function writeParts(
  { source, units, adapter }: DataDocument,
  parts: readonly {
    readonly id: string
    readonly start: number
    readonly end: number
    readonly text: string
  }[],
): string {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const edits = parts.flatMap(({ id, start, end, text }) => {
    const unit = byId.get(id)
    return unit === undefined || unit.text.slice(start, end) === hide(text)
      ? []
      : [{ unit, part: { unitId: id, start, end, text: hide(text) } }]
  })
  return renderEdits(source, edits, adapter.flavour)
}

/** The document with whole units translated, but those whose translation is undefined. */
export function translatedWith(
  document: DataDocument,
  translate: (text: string, id: string) => string | undefined,
): string {
  const parts = document.units.flatMap(({ id, text }) => {
    const translation = translate(show(text), id)
    return translation === undefined ? [] : [{ id, start: 0, end: text.length, text: translation }]
  })
  return writeParts(document, parts)
}

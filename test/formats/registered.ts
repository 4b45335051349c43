import type { Format } from '../../src/domain/document.ts'
import type { Adapter, FormatSettings } from '../../src/formats/adapter.ts'
import { ADAPTERS } from '../../src/formats/adapters.ts'
import { type ReadDocument, readDocument } from '../../src/formats/read.ts'

/** Makes an adapter known to the readers and writers of this test file, whether or not the program lists it. */
export function register(name: string, adapter: Adapter): Format {
  Object.assign(ADAPTERS, { [name]: adapter })
  return name as Format
}

export function readWith(
  format: Format,
  source: string | Uint8Array,
  settings: FormatSettings = {},
): ReadDocument {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  return readDocument(bytes, { format, settings, file: 'file' })
}

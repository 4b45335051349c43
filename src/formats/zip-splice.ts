import { deflateSync } from 'fflate'
import { crc32, STORED, type ZipArchive } from './zip-archive.ts'

/**
 * The archive with other contents in some entries. Every other entry keeps its bytes, its place in the order
 * and its flags; the changed ones keep name, date, method and extra fields. The same input gives the same bytes.
 *
 * @param changed new contents by entry name
 */
export function replaceEntries(archive: ZipArchive, changed: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const { bytes, entries } = archive
  // Copies are made by constructor, for `slice` of a Buffer copies nothing.
  const directory = new Uint8Array(bytes.subarray(archive.directory, archive.directoryEnd))
  const records = new DataView(directory.buffer)
  const order = entries.toSorted((a, b) => a.header - b.header)
  const pieces: Uint8Array[] = [bytes.subarray(0, order[0]?.header ?? archive.directory)]
  let offset = pieces[0]?.length ?? 0
  const add = (piece: Uint8Array): void => {
    pieces.push(piece)
    offset += piece.length
  }
  for (const entry of order) {
    const record = entry.start - archive.directory
    records.setUint32(record + 42, offset, true)
    const contents = changed.get(entry.name)
    if (contents === undefined) {
      add(bytes.subarray(entry.header, entry.next))
      continue
    }
    const packed = entry.method === STORED ? contents : deflateSync(contents, { level: 6 })
    const header = new Uint8Array(bytes.subarray(entry.header, entry.data))
    const fields = new DataView(header.buffer)
    // The sizes are known, so no descriptor follows the data.
    fields.setUint16(6, fields.getUint16(6, true) & ~DESCRIPTOR, true)
    records.setUint16(record + 8, records.getUint16(record + 8, true) & ~DESCRIPTOR, true)
    for (const [view, at] of [
      [fields, 14],
      [records, record + 16],
    ] as const) {
      view.setUint32(at, crc32(contents), true)
      view.setUint32(at + 4, packed.length, true)
      view.setUint32(at + 8, contents.length, true)
    }
    add(header)
    add(packed)
  }
  const end = new Uint8Array(bytes.subarray(archive.directoryEnd))
  new DataView(end.buffer).setUint32(archive.endRecord - archive.directoryEnd + 16, offset, true)
  add(directory)
  add(end)
  const whole = new Uint8Array(offset)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Flag bit 3: sizes stand behind the data. */
const DESCRIPTOR = 8

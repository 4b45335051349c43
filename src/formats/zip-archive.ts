import { Inflate } from 'fflate'
import { DomainError } from '../domain/errors.ts'

/** One file of a ZIP archive, as its central directory has it. All offsets and sizes are in bytes. */
export type ZipEntry = {
  readonly name: string
  /** Of its record in the central directory. */
  readonly start: number
  readonly end: number
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Of its local header, and of its packed bytes. */
  readonly header: number
  readonly data: number
  /** Where the next local header or the central directory begins. */
  readonly next: number
}

export type ZipArchive = {
  readonly bytes: Uint8Array
  /** In the order of the central directory. */
  readonly entries: readonly ZipEntry[]
  readonly directory: number
  readonly directoryEnd: number
  /** Offset of the end record; what follows it is the archive's comment. */
  readonly endRecord: number
}

const MAX_ENTRIES = 10_000
/** What the text parts of one document may unpack to together. */
export const MAX_UNPACKED = 100 * 1024 * 1024
/** Deflate reaches about 1,030; XML of real documents stays below 50. What unpacks to little may have any. */
const MAX_RATIO = 200
const SMALL = 16 * 1024 * 1024
/** Packed bytes inflated before their yield is counted: at most 16 MiB come out of it. */
const STEP = 16 * 1024

/**
 * The directory of a ZIP archive (APPNOTE.TXT 6.3.10, 4.3), checked: names that stay inside, entries that lie in
 * the file one behind the other, nothing encrypted, no ZIP64, no other methods than stored and deflated.
 *
 * @param file for messages
 * @throws DomainError `invalid-input` for what is no such archive; `too-large` for too many entries
 */
export function openArchive(bytes: Uint8Array, file?: string): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const endRecord = findEndRecord(view)
  if (endRecord === -1) throw broken('this is no ZIP archive, or its end is missing', file)
  const count = view.getUint16(endRecord + 10, true)
  const size = view.getUint32(endRecord + 12, true)
  const directory = view.getUint32(endRecord + 16, true)
  if (count === 0xffff || size === 0xffffffff || directory === 0xffffffff) {
    throw broken('ZIP64 archives are not accepted; save the document again', file)
  }
  // Readers that go by the other count would see another archive.
  if (view.getUint16(endRecord + 8, true) !== count) throw broken('the archive’s directory is damaged', file)
  if (count > MAX_ENTRIES) {
    throw new DomainError('too-large', `the archive has more than ${MAX_ENTRIES} files`, placeOf(file))
  }
  const directoryEnd = directory + size
  if (directoryEnd > endRecord) throw broken('the archive’s directory is damaged', file)
  const entries: ZipEntry[] = []
  let at = directory
  for (let index = 0; index < count; index++) {
    const entry = readEntry(view, at, directoryEnd, file)
    entries.push(entry)
    at = entry.end
  }
  if (at !== directoryEnd) throw broken('the archive’s directory is damaged', file)
  return { bytes, entries: placeEntries(view, entries, directory, file), directory, directoryEnd, endRecord }
}

function findEndRecord(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_SIZE - 0xffff)
  for (let at = view.byteLength - END_SIZE; at >= first; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue
    if (at + END_SIZE + view.getUint16(at + 20, true) === view.byteLength) return at
  }
  return -1
}

function readEntry(view: DataView, at: number, limit: number, file: string | undefined): ZipEntry {
  if (at + ENTRY_SIZE > limit || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
    throw broken('the archive’s directory is damaged', file)
  }
  const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true)
  const end = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  if (end > limit) throw broken('the archive’s directory is damaged', file)
  const name = decodeName(
    new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_SIZE, nameEnd - at - ENTRY_SIZE),
  )
  if (name.startsWith('/') || /[\\\0]|^[a-z]:/i.test(name) || name.split('/').includes('..')) {
    throw broken(`the archive holds a file with a name that leads out of it: ${name.slice(0, 80)}`, file)
  }
  if ((view.getUint16(at + 8, true) & 0x2041) !== 0) {
    throw broken('the archive is encrypted; save the document without a password', file)
  }
  const method = view.getUint16(at + 10, true)
  if (method !== STORED && method !== DEFLATED) {
    throw broken(`the archive uses packing method ${method}; only stored and deflated are accepted`, file)
  }
  const header = view.getUint32(at + 42, true)
  return {
    name,
    start: at,
    end,
    method,
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    header,
    data: header,
    next: header,
  }
}

/** UTF-8, and what is not becomes U+FFFD: names of parts are ASCII, and no other name is written by us. */
function decodeName(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** With the places of local headers and packed bytes; overlapping ones (a known kind of bomb) are refused. */
function placeEntries(
  view: DataView,
  entries: readonly ZipEntry[],
  directory: number,
  file: string | undefined,
): readonly ZipEntry[] {
  const placed = new Map<ZipEntry, ZipEntry>()
  const names = new Set<string>()
  const order = entries.toSorted((a, b) => a.header - b.header)
  for (const [index, entry] of order.entries()) {
    const next = order[index + 1]?.header ?? directory
    const { header } = entry
    const whole = header + HEADER_SIZE <= next && view.getUint32(header, true) === HEADER_SIGNATURE
    const data = whole
      ? header + HEADER_SIZE + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
      : Number.POSITIVE_INFINITY
    if (data + entry.packed > next) throw broken('the archive is damaged: its files overlap', file)
    if (names.has(entry.name)) throw broken(`the archive holds ${entry.name} twice`, file)
    names.add(entry.name)
    placed.set(entry, { ...entry, data, next })
  }
  return entries.map((entry) => placed.get(entry) ?? entry)
}

/**
 * Unpacks one entry.
 *
 * @param budget bytes that it may have
 * @throws DomainError `too-large` for more than that or for a ratio that only bombs have; `invalid-input` for
 * damaged contents
 */
export function unpackEntry(archive: ZipArchive, entry: ZipEntry, budget: number, file?: string): Uint8Array {
  const packed = archive.bytes.subarray(entry.data, entry.data + entry.packed)
  const limit = Math.min(budget, Math.max(SMALL, entry.packed * MAX_RATIO))
  const tooLarge = (): DomainError =>
    new DomainError('too-large', `${entry.name} unpacks to more than is accepted`, placeOf(file))
  if (entry.size > limit) throw tooLarge()
  let contents = packed
  if (entry.method === DEFLATED) {
    contents = new Uint8Array(entry.size)
    let length = 0
    const inflate = new Inflate((chunk) => {
      if (length + chunk.length > entry.size) throw tooLarge()
      contents.set(chunk, length)
      length += chunk.length
    })
    try {
      for (let at = 0; at < packed.length; at += STEP) {
        inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length)
      }
    } catch (error) {
      if (error instanceof DomainError) throw error
      throw broken(`${entry.name} is damaged`, file, error)
    }
    if (length !== entry.size) throw broken(`${entry.name} is damaged`, file)
  }
  if (contents.length !== entry.size || crc32(contents) !== entry.crc) {
    throw broken(`${entry.name} is damaged`, file)
  }
  return contents
}

/** CRC-32 as ZIP has it (reflected polynomial 0xEDB88320). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320
  return value
})

function broken(message: string, file: string | undefined, cause?: unknown): DomainError {
  return new DomainError('invalid-input', message, {
    ...placeOf(file),
    ...(cause !== undefined && { cause }),
  })
}

function placeOf(file: string | undefined): { place?: { file: string } } {
  return file === undefined ? {} : { place: { file } }
}

export const STORED = 0
const DEFLATED = 8
const END_SIGNATURE = 0x06054b50
const END_SIZE = 22
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_SIZE = 46
const HEADER_SIGNATURE = 0x04034b50
const HEADER_SIZE = 30

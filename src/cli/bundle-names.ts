import { extname } from 'node:path'

/** Names for files and folders that come from a server, safe on every file system. */

/** Device names of Windows, with any ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
// Separators, what Windows refuses, control characters, and what turns the direction of what is read.
const UNSAFE = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu
const LONGEST = 120

/** One path segment: never empty, `.` or `..`, not hidden, nothing that leads elsewhere. */
export function safeName(name: string, otherwise = 'document'): string {
  const clean = name.normalize('NFC').replace(UNSAFE, '-').replace(/\s+/g, ' ').trim()
  const ending = /^\.\w{1,11}$/.test(extname(clean)) ? extname(clean) : ''
  const stem = trimEdges(clean.slice(0, clean.length - ending.length))
  const short = trimEdges(shorten(stem, LONGEST - ending.length))
  const whole = trimEdges(short === '' ? `${otherwise}${ending}` : `${short}${ending}`)
  return RESERVED.test(whole) ? `_${whole}` : whole
}

/** `articles/strike.v2.html` → `strike.v2`, as the name of a folder. */
export function slugOf(name: string): string {
  return safeName(name.slice(0, name.length - extname(name).length))
}

/** Under which names file systems that ignore case take two for one. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase()
}

/** @param taken folded names; the result is not among them */
export function freeName(wanted: string, id: string, taken: ReadonlySet<string>): string {
  const candidates = [wanted, `${wanted}-${id.slice(0, 8)}`, `${wanted}-${id}`]
  return candidates.find((name) => !taken.has(foldName(name))) ?? id
}

function trimEdges(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && ' .-'.includes(text.charAt(from))) from++
  while (to > from && ' .-'.includes(text.charAt(to - 1))) to--
  return text.slice(from, to)
}

/** At most so many UTF-8 bytes, whole characters. */
function shorten(text: string, bytes: number): string {
  let length = 0
  let short = ''
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > bytes) return short
    short += character
  }
  return short
}

import type { Adapter } from './adapter.ts'
import { findStrings, readPiece } from './json-scanner.ts'
import { choosePaths, chooseUsual, kindOfKey } from './paths.ts'
import { numberUnits, type UnitDraft } from './unit-builder.ts'
import { type DecodedText, DecodedTextBuilder, draftValue } from './value-text.ts'

/** JSON (RFC 8259). What is and is not translated is said in docs/formats/json.md. */
export const jsonAdapter: Adapter = {
  label: 'JSON',
  extensions: ['json'],
  mediaTypes: ['application/json', 'text/json'],
  read: (source, { file, settings }) => {
    const root = settings.paths === undefined ? chooseUsual() : choosePaths(settings.paths)
    const mode = keepsToAscii(source) ? 'json-ascii' : 'json'
    const drafts: UnitDraft[] = []
    for (const { start, end, key } of findStrings(source, root, file)) {
      const value = decode(source, start, end)
      const draft = draftValue(value, { kind: kindOfKey(key), escape: mode, source, file })
      if (draft !== undefined) drafts.push(draft)
    }
    return numberUnits(drafts)
  },
  flavour: { escape: escapeJson },
}

/**
 * Plain text as it must stand between the quotes of a JSON string, with no more escapes than needed.
 *
 * @param mode `json`, or `json-ascii` where everything else than ASCII is written `\uXXXX`; with ` crlf` behind
 * it for a string whose lines end so
 */
export function escapeJson(text: string, mode: string): string {
  const lines = text.replace(/\r\n?/g, '\n')
  const escaped = JSON.stringify(mode.endsWith(' crlf') ? lines.replaceAll('\n', '\r\n') : lines).slice(1, -1)
  if (!mode.startsWith('json-ascii')) return escaped
  return escaped.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function decode(source: string, start: number, end: number): DecodedText {
  const builder = new DecodedTextBuilder(start)
  const raw = source.slice(start, end)
  let at = start
  while (at < end) {
    const backslash = raw.indexOf('\\', at - start)
    const plain = backslash === -1 ? end : start + backslash
    builder.verbatim(source, at, plain)
    if (plain >= end) break
    const piece = readPiece(source, plain)
    builder.add(piece.text, plain, piece.end)
    at = piece.end
  }
  return builder.finish()
}

/** True when a program wrote the document that escapes all that is not ASCII. */
function keepsToAscii(source: string): boolean {
  return !/[^\0-\x7f]/.test(source) && /\\u(?!00[0-7])[\da-f]{4}/i.test(source)
}

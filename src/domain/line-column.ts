/**
 * Where an offset stands, for messages.
 *
 * @param text the decoded document
 * @param offset in UTF-16 code units
 * @returns line and column from 1; CRLF, LF and CR each end one line
 */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1
  let lineStart = 0
  for (let at = 0; at < offset; at++) {
    const unit = text.charCodeAt(at)
    if (unit === LF || (unit === CR && text.charCodeAt(at + 1) !== LF)) {
      line++
      lineStart = at + 1
    }
  }
  return { line, column: offset - lineStart + 1 }
}

const LF = 10
const CR = 13

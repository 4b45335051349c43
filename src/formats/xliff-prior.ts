import { codeCharacter } from '../domain/document.ts'
import { findStringCodes } from './string-codes.ts'
import type { Piece } from './xliff-inline.ts'
import { characterPiece, INDENTED_BREAK } from './xliff-text.ts'

/**
 * The text of a target in the codes of its source, without white space around it. A code that the source lacks is
 * left out; so is a second copy of one that the source has once.
 *
 * @param keys of the source's codes
 */
export function targetText(pieces: readonly Piece[], keys: readonly string[], preserve: boolean): string {
  const free = new Map<string, number[]>()
  for (const [index, key] of keys.entries()) {
    const same = free.get(key)
    if (same === undefined) free.set(key, [index])
    else same.push(index)
  }
  const used = new Map<string, number>()
  const take = (key: string): string => {
    const count = used.get(key) ?? 0
    used.set(key, count + 1)
    const index = free.get(key)?.[count]
    return index === undefined ? '' : codeCharacter(index)
  }
  /** `<g id="1"/>` and `<g id="1"></g>` are the same to the tools that write them. */
  const characterOf = (key: string): string => {
    const [kind = ''] = key.split(' ', 1)
    const id = key.slice(kind.length)
    if (kind === 'single' && !free.has(key)) return take(`open${id}`) + take(`close${id}`)
    return kind === 'open' && !free.has(key) ? take(`single${id}`) : take(key)
  }
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'code') {
      text += characterOf(piece.key)
      continue
    }
    const plain = preserve || piece.cdata ? piece.text : collapseBreaks(piece.text)
    let at = 0
    const copy = (to: number): void => {
      text += plain.slice(at, to).replace(EACH_CODE, (character) => take(characterPiece(character).key))
    }
    for (const { start, end } of findStringCodes(plain)) {
      const code = take(`string ${plain.slice(start, end)}`)
      if (code === '') continue
      copy(start)
      text += code
      at = end
    }
    copy(plain.length)
  }
  return text.trim()
}

const EACH_CODE = /[\ue000-\uf8ff\r]/g

function collapseBreaks(text: string): string {
  // Line ends are LF here; a carriage return was a reference, which is a code.
  return text.replace(/[ \t\n]+/g, (run) => (INDENTED_BREAK.test(run) ? ' ' : run))
}

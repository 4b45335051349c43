/** Symbols of a text to compare: code units, or words numbered from 1; 0 is a word that the pattern does not have. */
export type Symbols = Uint16Array

/**
 * A pattern prepared for comparing with many texts: bit-parallel edit distance, 32 symbols of the pattern in one step.
 * Source: G. Myers, A fast bit-vector algorithm for approximate string matching based on dynamic programming, J. ACM
 * 46 (1999), in the form for the distance of whole texts by H. Hyyrö, Explaining and extending the bit-parallel
 * approximate string matching algorithm of Myers (2001). Time: pattern × text / 32.
 */
export type Pattern = {
  readonly length: number
  /** Number of insertions, deletions and replacements of single symbols between the pattern and a text. */
  readonly distance: (text: Symbols, length: number) => number
  /** Gives the shared tables back; the pattern must not be used after that. */
  readonly release: () => void
}

/** Symbol → its row of bits, from 1. Shared: filled by a pattern, emptied by its `release`. */
type Table = { readonly rows: Uint16Array; busy: boolean }
const tables: readonly Table[] = [1, 2].map(() => ({ rows: new Uint16Array(65_536), busy: false }))

/** @param pattern at least one symbol */
export function preparePattern(pattern: Symbols): Pattern {
  const table = tables.find(({ busy }) => !busy) ?? { rows: new Uint16Array(65_536), busy: false }
  table.busy = true
  const { rows } = table
  const length = pattern.length
  const blocks = Math.ceil(length / 32)
  let known = 0
  for (const symbol of pattern) if (rows[symbol] === 0) rows[symbol] = ++known
  const equal = new Int32Array((known + 1) * blocks)
  for (const [at, symbol] of pattern.entries()) {
    const slot = (rows[symbol] ?? 0) * blocks + (at >>> 5)
    equal[slot] = (equal[slot] ?? 0) | (1 << (at & 31))
  }
  const plus = new Int32Array(blocks)
  const minus = new Int32Array(blocks)
  const lastBit = 1 << ((length - 1) & 31)
  const distance = (text: Symbols, textLength: number): number => {
    plus.fill(-1)
    minus.fill(0)
    let score = length
    for (let at = 0; at < textLength; at++) {
      const base = (rows[text[at] ?? 0] ?? 0) * blocks
      let carry = 1
      for (let block = 0; block < blocks; block++) {
        const pv = plus[block] ?? 0
        const mv = minus[block] ?? 0
        let eq = equal[base + block] ?? 0
        const xv = eq | mv
        if (carry < 0) eq |= 1
        const xh = (((eq & pv) + pv) ^ pv) | eq
        let ph = mv | ~(xh | pv)
        let mh = pv & xh
        const top = block === blocks - 1 ? lastBit : -2_147_483_648
        const out = (ph & top) !== 0 ? 1 : (mh & top) !== 0 ? -1 : 0
        ph <<= 1
        mh <<= 1
        if (carry > 0) ph |= 1
        else if (carry < 0) mh |= 1
        plus[block] = mh | ~(xv | ph)
        minus[block] = ph & xv
        carry = out
      }
      score += carry
    }
    return score
  }
  const release = (): void => {
    for (const symbol of pattern) rows[symbol] = 0
    table.busy = false
  }
  return { length, distance, release }
}

import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodeXml } from '../src/xml/encoding.ts'
import { FOREIGN } from '../test/exchange/xliff-foreign.ts'
import { mutantOf, tryMutant } from '../test/exchange/xliff-mutants.ts'

/**
 * `npm run fuzz [count] [first]`: breaks XLIFF files of many tools, reads and edits what is left, and stops at the
 * first mutant that crashes, hangs, loses an edit or is refused without a place. Prints how many were read.
 */
const count = Number(process.argv[2] ?? 100_000)
const first = Number(process.argv[3] ?? 0)
const SLOWEST_MS = 10_000

const originals: string[] = [...Object.values(FOREIGN)]
for (const path of globSync(join(import.meta.dirname, '../../shared/data/xliff/real/**/*')).sort()) {
  const size = statSync(path).isFile() ? statSync(path).size : 0
  if (size === 0 || size > 16_000) continue
  try {
    originals.push(decodeXml(readFileSync(path)).text)
  } catch {
    // Not a text in the encoding that it says: nothing to break.
  }
}

let refused = 0
let segments = 0
let slowest = 0
const started = performance.now()
for (let at = first; at < first + count; at++) {
  const bytes = mutantOf(originals, at)
  const from = performance.now()
  try {
    const outcome = tryMutant(bytes, at)
    segments += outcome.segments
    if (outcome.refused) refused++
  } catch (error) {
    console.error(`mutant ${at} of ${originals.length} originals:`)
    console.error(error)
    process.exit(1)
  }
  slowest = Math.max(slowest, performance.now() - from)
  if (slowest > SLOWEST_MS) {
    console.error(`mutant ${at} took ${slowest.toFixed(0)} ms`)
    process.exit(1)
  }
  if ((at - first + 1) % 10_000 === 0) console.log(`${at - first + 1} mutants, ${refused} refused`)
}
const memory = Math.round(process.resourceUsage().maxRSS / 1024)
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(
  `${count} mutants of ${originals.length} files in ${seconds} s: ${refused} refused, each with its place; ` +
    `${segments} segments read; slowest ${slowest.toFixed(0)} ms; most memory ${memory} MB`,
)

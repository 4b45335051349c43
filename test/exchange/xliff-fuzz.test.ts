import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { ownTime } from '../support/own-time.ts'
import { FOREIGN } from './xliff-foreign.ts'
import { mutantOf, tryMutant } from './xliff-mutants.ts'
import { exchangeFile, hostileText } from './xliff-samples.ts'

describe('readXliff and editXliff on broken files', () => {
  it('read, edit or refuse 4,000 mutants, each refusal with its place', () => {
    const own = fc
      .sample(exchangeFile(hostileText(false)), { numRuns: 12, seed: 7 })
      .flatMap((file) => [writeXliff(file, '1.2'), writeXliff(file, '2.1')])
    const originals = [...own, ...Object.values(FOREIGN), ...Object.values(FOREIGN)]
    let refused = 0
    let slowest = 0
    for (let at = 0; at < 4000; at++) {
      const bytes = mutantOf(originals, at)
      const started = ownTime()
      try {
        if (tryMutant(bytes, at).refused) refused++
      } catch (cause) {
        throw new Error(`mutant ${at}: ${Buffer.from(bytes).toString('utf8').slice(0, 4000)}`, { cause })
      }
      slowest = Math.max(slowest, ownTime() - started)
    }
    expect(refused).toBeGreaterThan(400)
    expect(refused).toBeLessThan(3600)
    expect(slowest).toBeLessThan(4000)
  }, 60_000)
})

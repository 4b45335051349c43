import { describe, expect, it } from 'vitest'
import { hostileTexts } from '../../bench/hostile-texts.ts'
import { type SegmentationOptions, segmentText } from '../../src/segmentation/segment.ts'
import { ownTime } from '../support/own-time.ts'

const MODES: readonly SegmentationOptions[] = [{}, { splitInQuotes: false }, { splitInBrackets: true }]

/** How often a text is looked at while `run` runs: what its time is made of, without the noise of a clock. */
function countLooks(run: () => void): number {
  const native = {
    charCodeAt: String.prototype.charCodeAt,
    charAt: String.prototype.charAt,
    startsWith: String.prototype.startsWith,
  }
  let looks = 0
  const counted = {
    charCodeAt(this: string, index: number) {
      looks++
      return native.charCodeAt.call(this, index)
    },
    charAt(this: string, index: number) {
      looks++
      return native.charAt.call(this, index)
    },
    startsWith(this: string, search: string, from?: number) {
      looks += search.length
      return native.startsWith.call(this, search, from)
    },
  }
  try {
    Object.assign(String.prototype, counted)
    run()
  } finally {
    Object.assign(String.prototype, native)
  }
  return looks
}

describe('segmentText on hostile texts', () => {
  const small = hostileTexts(4_000)
  const large = hostileTexts(16_000)

  it.each([...small.keys()])('does work in proportion to the length of %s', (name) => {
    for (const options of MODES) {
      const looks = [small, large].map((texts) => {
        const text = texts.get(name) ?? ''
        return countLooks(() => segmentText(text, name === 'spaced abbreviations' ? 'de' : 'ru', options))
      })
      const [few = 0, many = 0] = looks
      expect(few).toBeGreaterThan(0)
      // Four times the text: the rest is for what is done once.
      expect(many / few).toBeLessThan(4.6)
      expect(many / 16_000, 'looks at each character').toBeLessThan(250)
    }
  })

  it('needs no more than two seconds for 100,000 characters of any', () => {
    for (const [name, text] of hostileTexts(100_000)) {
      const began = ownTime()
      segmentText(text, 'en')
      expect(ownTime() - began, name).toBeLessThan(2_000)
    }
  })
})

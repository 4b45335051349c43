import { describe, expect, it } from 'vitest'
import { matchMemory } from '../../src/cli/memory-match.ts'
import type { Segment } from '../../src/domain/document.ts'
import type { TmxPair } from '../../src/exchange/tmx-model.ts'

const segment = (id: string, text: string): Segment => ({
  ...{ id, unitId: id, unitKind: 'paragraph', start: 0, end: text.length, text, codes: [] },
})
async function* pairs(...all: readonly [string, string][]): AsyncGenerator<TmxPair> {
  for (const [source, target] of all) {
    yield {
      source: { locale: 'en', text: source, codes: [] },
      target: { locale: 'de', text: target, codes: [] },
    }
  }
}
const SEGMENTS = [
  segment('same', 'The square was full of people that evening.'),
  segment('number', 'There were 40 people in the courtroom.'),
  segment('similar', 'They were all released without charge on Friday evening after two nights.'),
  segment('new', 'Nobody has ever written this before.'),
  segment('two', 'Georgia'),
]

describe('talmach run --memory', () => {
  it('uses what is the same, puts numbers right, and keeps what is similar for where no machine is', async () => {
    const memory = pairs(
      ['The square was full of people that evening.', 'Der Platz war voll.'],
      ['There were 38 people in the courtroom.', 'Im Saal waren 38 Menschen.'],
      ['They were all released without charge on Sunday evening after two nights.', 'Alle kamen frei.'],
      ['Georgia', 'Georgien'],
      ['Georgia', 'Georgia (USA)'],
      ['Something else altogether, about the weather.', 'Etwas anderes.'],
    )
    const { targets, spares } = await matchMemory(
      memory,
      SEGMENTS,
      { source: 'en', target: 'de', domain: '' },
      new Date('2020-08-20'),
    )
    const brief = (found: typeof targets) =>
      Object.fromEntries([...found].map(([id, { text, state, origin }]) => [id, [text, state, origin]]))
    expect(brief(targets)).toEqual({
      same: ['Der Platz war voll.', 'translated', 'tm-exact'],
      number: ['Im Saal waren 40 Menschen.', 'initial', 'tm-fuzzy'],
      two: ['Georgia (USA)', 'initial', 'tm-exact'],
    })
    expect(brief(spares)).toEqual({ similar: ['Alle kamen frei.', 'initial', 'tm-fuzzy'] })
  })
})

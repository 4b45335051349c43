import { describe, expect, it } from 'vitest'
import { createPseudoEngine } from '../../src/engines/pseudo.ts'
import { ownTime } from '../support/own-time.ts'
import { B, coded, END_B, IMG, translate } from './fixtures.ts'

describe('createPseudoEngine', () => {
  const engine = createPseudoEngine()

  it('marks and lengthens text, and leaves codes, numbers and addresses alone', async () => {
    const source = `The ${B}workers${END_B} of plant 17 wrote to https://example.org/about${IMG} and waited for an answer.`
    const { results } = await translate([coded(source)], { engines: [engine] })
    const text = results[0]?.text ?? ''
    expect(text).toMatch(/^⟪Théé .*⟫$/s)
    expect(text).toContain(`${B}wóórkéérs${END_B}`)
    expect(text).toContain(' 17 ')
    expect(text).toContain(`https://example.org/about${IMG}`)
    expect(text.length / source.length).toBeGreaterThan(1.15)
    expect(text.length / source.length).toBeLessThan(1.5)
    expect(results[0]).toMatchObject({ pretend: true, billedCharacters: 0 })
  })

  it('takes linear time on hostile text', async () => {
    const texts = ['_'.repeat(100_000), '1a'.repeat(50_000), 'a.'.repeat(50_000), '<'.repeat(50_000)]
    const started = ownTime()
    await translate(
      texts.map((text) => `${text} x`),
      { engines: [engine] },
    )
    expect(ownTime() - started).toBeLessThan(2_000)
  })

  it('uses the terms of the glossary', async () => {
    const { results } = await translate(['Decree No. 3 worries the Militsiya.'], { engines: [engine] })
    expect(results[0]?.text).toBe('⟪Dekret Nr. 3 wóórrííéés théé Miliz.⟫')
    expect(results[0]?.verdicts.map(({ status }) => status)).toEqual(['ok', 'ok'])
  })
})

import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { describeError } from '../../src/observe/describe-error.ts'
import { currentLogFacts, withLogFacts } from '../../src/observe/log-facts.ts'

describe('an error in the log', () => {
  it('is told without the words that a foreign library quotes', () => {
    const parse = () => {
      try {
        JSON.parse('Zmitserwort')
        throw new Error('it was read')
      } catch (error) {
        return describeError(error)
      }
    }
    expect(parse()).toMatch(/^SyntaxError at /)
    const database = Object.assign(new Error('value too long: Zmitserwort\n    in line 2: Zmitserwort'), {
      code: '22001',
      detail: 'Key (name)=(Zmitserwort)',
    })
    const cause = new Error('outer Zmitserwort', { cause: database })
    expect(describeError(database)).toMatch(/^Error 22001 at /)
    for (const told of [
      parse(),
      describeError(database),
      describeError(cause),
      describeError('Zmitserwort'),
    ]) {
      expect(told).not.toContain('Zmitserwort')
    }
  })

  it('is told in full when it is our own, which names no text', () => {
    expect(describeError(new DomainError('engine-quota', 'the quota is used up'))).toBe(
      'engine-quota: the quota is used up',
    )
  })
})

describe('the facts of a log line', () => {
  it('follow the work through whatever waits, and end with it', async () => {
    const seen = await withLogFacts({ request: 'r1' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return Promise.all([
        withLogFacts({ document: 'd1' }, async () => {
          await new Promise((resolve) => setTimeout(resolve, 1))
          return currentLogFacts()
        }),
        currentLogFacts(),
      ])
    })
    expect(seen).toEqual([{ request: 'r1', document: 'd1' }, { request: 'r1' }])
    expect(currentLogFacts()).toEqual({})
  })
})

import { describe, expect, it } from 'vitest'
import { createGuessLimit } from '../../src/http/guess-limit.ts'

describe('whoever tries secrets', () => {
  it('is counted by address and minute, and of IPv6 by network', () => {
    const limit = createGuessLimit(2)
    const fail = (address: string, second: number) => limit.fail(address, second * 1000)
    expect([fail('192.0.2.1', 0), fail('192.0.2.1', 1), fail('192.0.2.1', 10)]).toEqual([
      ...[undefined, undefined, 50],
    ])
    expect(fail('192.0.2.2', 10)).toBeUndefined()
    expect(fail('::ffff:192.0.2.1', 11)).toBe(49)
    expect(fail('192.0.2.1', 61)).toBeUndefined()
    const [first, second, third] = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:2::abc']
    expect([fail(first, 0), fail(second, 0), fail(third, 0)]).toEqual([undefined, undefined, 60])
    expect(fail('2001:db8:1:3::1', 0)).toBeUndefined()
  })

  it('cannot fill the memory with addresses', () => {
    const limit = createGuessLimit(1)
    for (let number = 0; number < 40_000; number++)
      limit.fail(`10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`, 0)
    // The newest are still known.
    expect(limit.fail('10.0.156.63', 1)).toBe(60)
    expect(limit.fail('10.0.0.0', 1)).toBeUndefined()
  })
})

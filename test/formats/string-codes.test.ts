import { describe, expect, it } from 'vitest'
import { findStringCodes } from '../../src/formats/string-codes.ts'
import { ownTime } from '../support/own-time.ts'

const found = (text: string) =>
  findStringCodes(text).map(({ start, end, code }) => `${code.kind} ${text.slice(start, end)}`)

describe('findStringCodes', () => {
  it('finds tags and placeholders in order', () => {
    expect(found('%s <b>of</b> {name}<br>x<img src="a"/>')).toEqual([
      'single %s',
      'open <b>',
      'close </b>',
      'single {name}',
      'single <br>',
      'single <img src="a"/>',
    ])
  })

  it('takes a placeholder inside a tag for a part of the tag', () => {
    expect(found('<a href="{url}" title="%s">x</a> {n}')).toEqual([
      'open <a href="{url}" title="%s">',
      'close </a>',
      'single {n}',
    ])
  })

  it('takes comparisons, addresses and cut tags for text', () => {
    expect(found('a < b > c, <info@example.org>, <https://example.org>, <b')).toEqual([])
  })

  it.each(['<a ', '<a', '<a x', '< ', '<a {', '<b>{'])('takes linear time for many %j', (piece) => {
    const began = ownTime()
    findStringCodes(piece.repeat(100_000))
    expect(ownTime() - began).toBeLessThan(2_000)
  })
})

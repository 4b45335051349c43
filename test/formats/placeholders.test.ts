import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPlaceholders } from '../../src/formats/placeholders.ts'
import { ownTime } from '../support/own-time.ts'

const found = (text: string) => findPlaceholders(text).map(({ start, end }) => text.slice(start, end))

describe('findPlaceholders', () => {
  it.each([
    ['%s of %d files', ['%s', '%d']],
    ['%1$s by %2$-5.2f', ['%1$s', '%2$-5.2f']],
    ['%(name)s has %(count)03d', ['%(name)s', '%(count)03d']],
    ['%ld, %lld, %@, %x', ['%ld', '%lld', '%@', '%x']],
    ['%d%% done, 100%%', ['%d', '%%', '%%']],
    ['Error %1 at %L2, https://example.org/%s %20d', ['%1', '%L2', '%s', '%20d']],
    ['%{name} and %<total>d', ['%{name}', '%<total>d']],
    ['Hello {name}, {0}, {}, {user.first_name}', ['{name}', '{0}', '{}', '{user.first_name}']],
    [
      '{0:.2f} {name!r} {when, date, short} {n, number}',
      ['{0:.2f}', '{name!r}', '{when, date, short}', '{n, number}'],
    ],
    ['{{x}} {{ user.name }} {{{raw}}} {{#each}}', ['{{x}}', '{{ user.name }}', '{{{raw}}}', '{{#each}}']],
    ['\u0024{total} EUR', ['\u0024{total}']],
  ])('finds those of %j', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    '5 % des Umsatzes',
    '100%ige Sicherheit, 100%-ig',
    'up 5%, then 7% and 50%',
    'a set {see below} of things',
    'unclosed { name and } other',
    'costs $5 {',
    'see https://example.org/a%20b%C3%A9%dd, then',
  ])('takes %j for prose', (text) => {
    expect(found(text)).toEqual([])
  })

  it('takes a plural argument as a whole', () => {
    const plural = '{count, plural, one {# file in {folder}} other {# files}}'
    expect(found(`Copied ${plural} today, {name}.`)).toEqual([plural, '{name}'])
    expect(found('{count, plural, one {# file')).toEqual([])
  })

  it('has short labels', () => {
    expect(findPlaceholders('{a_very_long_argument_name} %s').map(({ label }) => label)).toEqual([
      '{a_very_long_ar…',
      '%s',
    ])
  })

  it('gives stretches in order that do not overlap', () => {
    const piece = fc.constantFrom(
      '%',
      '{',
      '}',
      '$',
      's',
      '1',
      ', plural, ',
      'x',
      ' ',
      '(',
      ')',
      '%%',
      '{{',
      '}}',
      'é',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        let end = 0
        for (const placeholder of findPlaceholders(text)) {
          expect(placeholder.start).toBeGreaterThanOrEqual(end)
          expect(placeholder.end).toBeGreaterThan(placeholder.start)
          end = placeholder.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it.each(['%', '{', '{{', '{a, plural, ', '%(', '${', '{a:', '%1', '%{', '{ '])(
    'takes linear time for many %j',
    (piece) => {
      const began = ownTime()
      findPlaceholders(piece.repeat(100_000))
      expect(ownTime() - began).toBeLessThan(2_000)
    },
  )
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  documentsAllowed,
  type Grant,
  isAllowed,
  localesAllowed,
  mayGive,
  NO_LIMITS,
  PERMISSIONS,
  permissionsAnywhere,
  principalOf,
  ROLES,
} from '../../src/domain/permission.ts'
import { parsePublicName } from '../../src/domain/public-name.ts'
import { ownTime } from '../support/own-time.ts'

const LOCALES = ['de', 'fr', 'es'] as const
const DOCUMENTS = ['one', 'two'] as const
const anyLocales = fc.subarray([...LOCALES])
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constantFrom(...ROLES),
  locales: anyLocales,
  documentId: fc.option(fc.constantFrom(...DOCUMENTS)),
})
const anybody = fc
  .record({
    grants: fc.array(anyGrant, { maxLength: 4 }),
    limits: fc.oneof(
      fc.constant(NO_LIMITS),
      fc.record({ scopes: fc.option(fc.subarray([...PERMISSIONS])), locales: anyLocales }),
    ),
  })
  .map((given) => principalOf({ name: 'x', personId: null, via: 'token', ...given }))
const anyPermission = fc.constantFrom(...PERMISSIONS)
const grant = (
  role: Grant['role'],
  locales: readonly string[] = [],
  documentId: string | null = null,
): Grant => ({
  role,
  locales,
  documentId,
})
const person = (...grants: Grant[]) => principalOf({ name: 'x', personId: null, via: 'session', grants })

describe('permissions', () => {
  it('add up over several roles, each in its own place', () => {
    const who = person(grant('translator', ['de']), grant('editor', ['fr']), grant('editor', [], 'one'))
    expect(isAllowed(who, 'translate', 'de')).toBe(true)
    expect(isAllowed(who, 'review', 'de')).toBe(false)
    expect(isAllowed(who, 'review', 'fr')).toBe(true)
    expect(isAllowed(who, 'review', { locale: 'de', documentId: 'one' })).toBe(true)
    expect(isAllowed(who, 'review', { locale: 'de', documentId: 'two' })).toBe(false)
    expect(isAllowed(who, 'review')).toBe(true)
    expect(who.role).toBe('editor')
  })

  it('of a role in one document give nothing anywhere else', () => {
    const who = person(grant('admin', [], 'one'))
    for (const permission of PERMISSIONS) {
      expect(isAllowed(who, permission)).toBe(false)
      expect(isAllowed(who, permission, 'de')).toBe(false)
      expect(isAllowed(who, permission, { documentId: 'two' })).toBe(false)
      expect(isAllowed(who, permission, { documentId: 'one' })).toBe(true)
    }
    expect(documentsAllowed(who, 'read')).toEqual(['one'])
  })

  it('are never more with a token’s limits, or without a grant', () => {
    fc.assert(
      fc.property(
        anybody,
        anyPermission,
        fc.constantFrom(...LOCALES),
        fc.constantFrom(...DOCUMENTS, undefined),
        (who, permission, locale, documentId) => {
          const where = { locale, documentId }
          if (!isAllowed(who, permission, where)) return
          expect(isAllowed({ ...who, limits: NO_LIMITS }, permission, where)).toBe(true)
          expect(who.limits.scopes?.includes(permission) ?? true).toBe(true)
          expect(who.limits.locales.length === 0 || who.limits.locales.includes(locale)).toBe(true)
          expect(isAllowed({ ...who, grants: [] }, permission, where)).toBe(false)
          expect(permissionsAnywhere(who)).toContain(permission)
        },
      ),
    )
  })

  it('are the same asked for one locale, and asked for all of them', () => {
    fc.assert(
      fc.property(anybody, anyPermission, fc.constantFrom(...DOCUMENTS), (who, permission, documentId) => {
        if (!isAllowed(who, permission, { documentId })) return
        const locales = localesAllowed(who, permission, documentId)
        for (const locale of LOCALES) {
          const expected = locales.length === 0 || locales.includes(locale)
          expect(isAllowed(who, permission, { locale, documentId })).toBe(expected)
        }
      }),
    )
  })

  it('let nobody give what they do not manage', () => {
    fc.assert(
      fc.property(anybody, anyGrant, (who, given) => {
        if (!mayGive(who, given)) return
        const after = person(given)
        for (const permission of PERMISSIONS) {
          for (const locale of LOCALES) {
            for (const documentId of [undefined, ...DOCUMENTS]) {
              const where = { locale, documentId }
              if (isAllowed(after, permission, where)) expect(isAllowed(who, 'manage', where)).toBe(true)
            }
          }
        }
      }),
    )
  })
})

describe('a public name', () => {
  it('is composed, with single spaces', () => {
    expect(parsePublicName('  Zoe\u0308 \t de  la Cruz ')).toBe('Zoë de la Cruz')
    expect(parsePublicName('Мікола')).toBe('Мікола')
  })

  it('is refused when it deceives or says nothing', () => {
    const wrong = ['', ' ', '—', 'a\u202Eb', 'a\u200Bb', 'x@y', 'DeepL', 'A former member', 'x'.repeat(61)]
    for (const name of wrong) expect(() => parsePublicName(name), name).toThrow()
  })

  it('takes as long as it is long', () => {
    const before = ownTime()
    expect(() => parsePublicName(' \u0301'.repeat(100_000))).toThrow()
    expect(ownTime() - before).toBeLessThan(2000)
  })
})

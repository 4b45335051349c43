/**
 * Who may do what. One table, read by the HTTP layer in one place (`http/context.ts`) and shown to the web client.
 */
export const PERMISSIONS = [
  'read',
  'submit',
  'translate',
  'review',
  'waive',
  /** Suggest terms and discuss them. */
  'propose',
  /** Decide about terms, and how strictly they are kept. */
  'curate',
  'publish',
  'manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['submitter', 'translator', 'editor', 'terminologist', 'publisher', 'admin'] as const
export type Role = (typeof ROLES)[number]

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  submitter: ['read', 'submit'],
  translator: ['read', 'translate', 'propose'],
  editor: ['read', 'submit', 'translate', 'review', 'waive', 'propose'],
  terminologist: ['read', 'waive', 'propose', 'curate'],
  // A site's key: it fetches what is finished and sees nothing that is not.
  publisher: ['publish'],
  admin: PERMISSIONS,
}

/** By which of several roles a person is called, the first that they have. */
const WIDEST_FIRST: readonly Role[] = [
  'admin',
  'editor',
  'terminologist',
  'translator',
  'submitter',
  'publisher',
]

export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTS[role]
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

export function isPermission(text: string): text is Permission {
  return PERMISSIONS.some((permission) => permission === text)
}

/** A role, and where it holds. */
export type Grant = {
  readonly role: Role
  /** Target locales. Empty: every locale. */
  readonly locales: readonly string[]
  /** The one document that it is about; null: all of them, and what belongs to none. */
  readonly documentId: string | null
}

/** What a token takes away from the grants of whoever made it. */
export type TokenLimits = {
  /** Null: whatever the grants allow. */
  readonly scopes: readonly Permission[] | null
  /** Empty: every locale. */
  readonly locales: readonly string[]
}

export const NO_LIMITS: TokenLimits = { scopes: null, locales: [] }

/** Whoever makes a request: a person or a machine with a token. */
export type Principal = {
  /** Public name, as it will stand in histories and credits. */
  readonly name: string
  /** The widest of the roles, to call them by. What they may do is answered by `isAllowed` alone. */
  readonly role: Role
  /** Where that role holds. Empty: every locale. */
  readonly locales: readonly string[]
  /** Null: a token that belongs to no person. */
  readonly personId: string | null
  /** `session`: somebody who signed in, and may change how they sign in; a token may not. */
  readonly via: 'session' | 'token'
  readonly grants: readonly Grant[]
  readonly limits: TokenLimits
}

/** What a permission is wanted for. What is left out is not concerned. */
export type Where = {
  /** The target locale that is touched. */
  readonly locale?: string | undefined
  readonly documentId?: string | undefined
}

/**
 * Makes whoever asks out of what they were given.
 *
 * @param grants in any order; none: somebody who may do nothing
 */
export function principalOf(who: {
  readonly name: string
  readonly personId: string | null
  readonly via: 'session' | 'token'
  readonly grants: readonly Grant[]
  readonly limits?: TokenLimits
}): Principal {
  const widest = WIDEST_FIRST.flatMap((role) => who.grants.filter((grant) => grant.role === role))[0]
  return {
    name: who.name,
    role: widest?.role ?? 'submitter',
    locales: widest?.locales ?? [],
    personId: who.personId,
    via: who.via,
    grants: who.grants,
    limits: who.limits ?? NO_LIMITS,
  }
}

/**
 * The one answer to who may do what where. A grant for one document counts only where that document is concerned; a
 * grant for some locales counts wherever no other locale is concerned.
 *
 * @param where a target locale, or more; leave it out for what concerns neither a locale nor a document
 */
export function isAllowed(who: Principal, permission: Permission, where: string | Where = {}): boolean {
  const { locale, documentId } = typeof where === 'string' ? { locale: where } : where
  return grantsFor(who, permission).some(
    (grant) =>
      (grant.documentId === null || grant.documentId === documentId) &&
      (locale === undefined || grant.locales.length === 0 || grant.locales.includes(locale)),
  )
}

/**
 * In which target locales somebody may do what they were found to be allowed to.
 *
 * @returns empty: in every locale
 */
export function localesAllowed(
  who: Principal,
  permission: Permission,
  documentId?: string,
): readonly string[] {
  const grants = grantsFor(who, permission).filter(
    (grant) => grant.documentId === null || grant.documentId === documentId,
  )
  if (grants.some(({ locales }) => locales.length === 0)) return []
  return [...new Set(grants.flatMap(({ locales }) => locales))]
}

/** The documents to which a permission is limited; null: to none, it holds for every document. */
export function documentsAllowed(who: Principal, permission: Permission): readonly string[] | null {
  const documents = grantsFor(who, permission).map(({ documentId }) => documentId)
  if (documents.includes(null)) return null
  return [...new Set(documents.filter((id) => id !== null))]
}

/** All that somebody may do somewhere. */
export function permissionsAnywhere(who: Principal): readonly Permission[] {
  return PERMISSIONS.filter((permission) => grantsFor(who, permission).length > 0)
}

/** Whether somebody who manages people may give a grant, or take it away: nobody gives more than they manage. */
export function mayGive(who: Principal, grant: Grant): boolean {
  const managed = grantsFor(who, 'manage').filter(
    ({ documentId }) => documentId === null || documentId === grant.documentId,
  )
  if (managed.some(({ locales }) => locales.length === 0)) return true
  return grant.locales.length > 0 && grant.locales.every((locale) => isIn(managed, locale))
}

const isIn = (grants: readonly Grant[], locale: string) =>
  grants.some(({ locales }) => locales.includes(locale))

/** The grants that hold a permission, as far as the token leaves them. */
function grantsFor({ grants, limits }: Principal, permission: Permission): readonly Grant[] {
  if (limits.scopes !== null && !limits.scopes.includes(permission)) return []
  return grants
    .filter(({ role }) => GRANTS[role].includes(permission))
    .map((grant) => ({ ...grant, locales: narrow(grant.locales, limits.locales) }))
    .filter((grant) => grant.locales !== NOWHERE)
}

const NOWHERE: readonly string[] = ['nowhere']

/** What two lists of locales have in common, where an empty list is all locales. */
function narrow(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const both = a.filter((locale) => b.includes(locale))
  return both.length === 0 ? NOWHERE : both
}

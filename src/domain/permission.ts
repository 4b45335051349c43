/** What a role may do. One table, read by the HTTP layer in one place and shown to the web client. */
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

export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTS[role]
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

/** Whoever makes a request: a person or a machine with a token. */
export type Principal = {
  /** Public name, as it will stand in histories and credits. */
  readonly name: string
  readonly role: Role
  /** Empty: every locale. */
  readonly locales: readonly string[]
}

/** @param locale the target locale that is touched; leave it out for what concerns no locale */
export function isAllowed(who: Principal, permission: Permission, locale?: string): boolean {
  if (!GRANTS[who.role].includes(permission)) return false
  return locale === undefined || who.locales.length === 0 || who.locales.includes(locale)
}

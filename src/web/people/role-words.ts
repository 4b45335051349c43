import type { Role } from '../../domain/permission.ts'
import type { GrantView } from '../../http/people-schemas.ts'
import { interfaceLocale, t } from '../i18n.ts'

const NAMES: Readonly<Record<Role, string>> = {
  submitter: t('Submitter'),
  translator: t('Translator'),
  editor: t('Editor'),
  terminologist: t('Terminologist'),
  publisher: t('Publisher'),
  admin: t('Admin'),
}

const EXPLAINED: Readonly<Record<Role, string>> = {
  submitter: t('sends articles'),
  translator: t('translates and suggests terms'),
  editor: t('translates, reviews and approves'),
  terminologist: t('decides about terms'),
  publisher: t('a site that fetches what is finished'),
  admin: t('may do everything, and manages people'),
}

export const roleName = (role: Role): string => NAMES[role]
export const roleExplained = (role: Role): string => EXPLAINED[role]

/** “Translator: German, French”, “Editor: one document”. */
export function describeGrant(grant: GrantView): string {
  const places = [
    ...grant.locales.map(nameOfLocale),
    ...(grant.documentId === null ? [] : [t('one document')]),
  ]
  const role = roleName(grant.role)
  return places.length === 0
    ? t('{role}: everywhere', { role })
    : t('{role}: {places}', { role, places: places.join(', ') })
}

/** A locale in the language of the interface; the tag itself where it has no name. */
export function nameOfLocale(tag: string): string {
  try {
    return new Intl.DisplayNames([interfaceLocale()], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Tags between commas or spaces, as they were typed. */
export const readTags = (text: string): readonly string[] => text.split(/[\s,;]/).filter((tag) => tag !== '')

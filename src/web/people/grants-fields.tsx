import { ROLES, type Role } from '../../domain/permission.ts'
import type { GrantView } from '../../http/people-schemas.ts'
import { t } from '../i18n.ts'
import { readTags, roleExplained, roleName } from './role-words.ts'

/** A grant as it is typed. */
export type GrantDraft = {
  readonly key: number
  readonly role: Role
  readonly locales: string
  readonly documentId: string
}

type GrantsFieldsProps = {
  readonly drafts: readonly GrantDraft[]
  readonly onChange: (drafts: readonly GrantDraft[]) => void
}

let last = 0

export function draftOf(grant: GrantView): GrantDraft {
  last += 1
  return {
    key: last,
    role: grant.role,
    locales: grant.locales.join(', '),
    documentId: grant.documentId ?? '',
  }
}

export const newDraft = (): GrantDraft => draftOf({ role: 'translator', locales: [], documentId: null })

export const grantOf = ({ role, locales, documentId }: GrantDraft): GrantView => ({
  role,
  locales: [...readTags(locales)],
  documentId: documentId.trim() === '' ? null : documentId.trim(),
})

/** Roles, each with the languages and the document that it is for. */
export function GrantsFields({ drafts, onChange }: GrantsFieldsProps) {
  const change = (key: number, part: Partial<GrantDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)))
  return (
    <>
      {drafts.map((draft, index) => (
        <fieldset key={draft.key} class="grant">
          <legend>{t('Role {number}', { number: index + 1 })}</legend>
          <label>
            <span>{t('Role')}</span>
            <select
              class="input"
              value={draft.role}
              onChange={(event) => {
                const role = ROLES.find((one) => one === event.currentTarget.value)
                if (role !== undefined) change(draft.key, { role })
              }}
            >
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {roleName(role)} ({roleExplained(role)})
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t('Languages, as de, pt-BR; none: all')}</span>
            <input
              class="input"
              value={draft.locales}
              autocapitalize="off"
              spellcheck={false}
              onInput={(event) => change(draft.key, { locales: event.currentTarget.value })}
            />
          </label>
          <label>
            <span>{t('Only one document: its number from the address; empty: all')}</span>
            <input
              class="input"
              value={draft.documentId}
              spellcheck={false}
              onInput={(event) => change(draft.key, { documentId: event.currentTarget.value })}
            />
          </label>
          <button
            type="button"
            class="button small"
            onClick={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
          >
            {t('Remove role {number}', { number: index + 1 })}
          </button>
        </fieldset>
      ))}
      <button type="button" class="button small" onClick={() => onChange([...drafts, newDraft()])}>
        {t('Add a role')}
      </button>
    </>
  )
}

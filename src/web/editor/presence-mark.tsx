import { t } from '../i18n.ts'
import { companyOf } from './presence-live.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

type PresenceProps = { readonly editor: Editor; readonly row: Row }

/** Names of the others who have this segment open now. */
export function PresenceMark({ editor, row }: PresenceProps) {
  const here = companyOf(editor).presence.bySegment(row.id)
  if (here.length === 0) return null
  const own = here.some(({ by }) => by === editor.person.value)
  const names = [...new Set(here.map(({ by }) => by))].filter((name) => name !== editor.person.value)
  return (
    <span class="presence-mark">
      {names.map((name) => (
        <bdi key={name} class="presence-name">
          {name}
        </bdi>
      ))}
      {own && <span class="presence-name">{t('You, in another tab')}</span>}
    </span>
  )
}

/** A word of warning under the segment that one works in; it holds nothing up. */
export function PresenceWarning({ editor, row }: PresenceProps) {
  const here = companyOf(editor).presence.bySegment(row.id)
  if (here.length === 0) return null
  const names = [...new Set(here.map(({ by }) => by))].filter((name) => name !== editor.person.value)
  return (
    <p class="presence-warning" role="status">
      {names.length === 0
        ? t('You have this segment open in another tab, too.')
        : names.length === 1
          ? t('{name} has this segment open, too.', { name: names[0] ?? '' })
          : t('Others have this segment open, too: {names}.', { names: names.join(', ') })}{' '}
      {t('Whoever saves second is shown both texts.')}
    </p>
  )
}

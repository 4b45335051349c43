import type { BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { allBundlesPath } from '../api.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { sourcePath } from './board-api.ts'
import { Menu } from './menu.tsx'

type DocumentMenuProps = {
  readonly document: BoardRow
  readonly session: SessionView
  /** Opens the dialog for priority and deadlines. */
  readonly onPlan: () => void
}

/** What can be done with a document as a whole. One list item a link or button: this is where more of them go. */
export function DocumentMenu({ document, session, onPlan }: DocumentMenuProps) {
  const finished = document.locales.some(({ bundle }) => bundle)
  return (
    <Menu label={t('More')} of={t('about {title}', { title: document.title })}>
      {(may(session, 'submit') || may(session, 'review')) && (
        <li>
          <button type="button" onClick={onPlan}>
            {t('Priority, deadlines, subject…')}
          </button>
        </li>
      )}
      <li>
        <a href={`/documents/${document.id}/cost`}>{t('Cost and quality')}</a>
      </li>
      {may(session, 'submit') && (
        <li>
          <a href={`/documents/${document.id}/cost#new-version`}>{t('New version of the article…')}</a>
        </li>
      )}
      {finished && may(session, 'publish') && (
        <li>
          <a href={allBundlesPath(document.id)} download>
            {t('Download all finished (ZIP)')}
          </a>
        </li>
      )}
      <li>
        <a href={sourcePath(document.id)} download>
          {t('Download the source')} <small>{document.name}</small>
        </a>
      </li>
    </Menu>
  )
}

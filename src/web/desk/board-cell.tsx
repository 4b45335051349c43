import type { BoardCell, BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { bundlePath } from '../api.ts'
import { t } from '../i18n.ts'
import { ProgressBar } from '../progress-bar.tsx'
import { may } from '../session.ts'
import { localeName, moment } from '../words.ts'
import { factsOf, roleWords, stateWords } from './board-words.ts'
import { CellMenu } from './cell-menu.tsx'
import { dueOf, dueWords } from './due.ts'

type BoardCellProps = {
  readonly document: BoardRow
  readonly cell: BoardCell
  readonly session: SessionView
  /** It stands by itself, without its document's deadline above it. */
  readonly alone?: boolean
}

/** One language of a document: how far it is, who is on it, what stands against it. */
export function BoardCellView({ document, cell, session, alone }: BoardCellProps) {
  const { locale, state } = cell
  const name = localeName(locale)
  const open = state !== 'queued' && cell.segments > 0
  const said = cell.ownDeadline || alone === true
  const due =
    !said || cell.deadline === null || state === 'approved' ? null : dueOf(cell.deadline, Date.now())
  return (
    <li class="cell" data-state={state} data-locale={locale}>
      <div class="cell-head">
        {open ? (
          <a
            class="cell-name"
            href={`/documents/${document.id}/${locale}`}
            aria-label={t('Open {language} in the editor', { language: name })}
          >
            {name}
          </a>
        ) : (
          <span class="cell-name">{name}</span>
        )}
        <CellMenu document={document} cell={cell} session={session} />
      </div>
      <ProgressBar
        label={t('{language}: progress', { language: name })}
        total={cell.segments}
        translated={cell.translated}
        approved={cell.approved}
      />
      <p class="cell-state">
        <strong class="state">{cell.bundle ? t('Finished') : stateWords(state)}</strong>
        {due !== null && cell.deadline !== null && (
          <time class={`due ${due.kind}`} dateTime={cell.deadline} title={moment(cell.deadline)}>
            {dueWords(due)}
          </time>
        )}
      </p>
      {cell.people.length > 0 && (
        <ul class="cell-people" aria-label={t('Who is on it')}>
          {cell.people.map((held) => (
            <li key={held.id} class={held.lapsed ? 'person lapsed' : 'person'} title={held.note || undefined}>
              <bdi>{held.person}</bdi>{' '}
              <small>
                {held.lapsed ? t('{role}, time is up', { role: roleWords(held.role) }) : roleWords(held.role)}
              </small>
            </li>
          ))}
        </ul>
      )}
      <p class="cell-facts">
        {factsOf(cell).map((fact) => (
          <span key={fact.text} class={fact.alarm ? 'alarm' : undefined}>
            {fact.text}
          </span>
        ))}
      </p>
      {cell.notice !== null && <p class="cell-notice">{cell.notice}</p>}
      {cell.error !== null && <p class="wrong">{cell.error}</p>}
      {cell.bundle && may(session, 'publish', locale) && (
        <a
          class="cell-download"
          href={bundlePath(document.id, locale)}
          aria-label={t('Download the finished document in {language}', { language: name })}
          download
        >
          {t('Download')}
        </a>
      )}
    </li>
  )
}

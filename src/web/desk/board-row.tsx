import { useSignal } from '@preact/signals'
import type { BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { ago, FORMAT_WORDS, localeName, moment } from '../words.ts'
import { BoardCellView } from './board-cell.tsx'
import { priorityWords } from './board-words.ts'
import { DocumentMenu } from './document-menu.tsx'
import { dueOf, dueWords } from './due.ts'
import { PlanDialog } from './plan-dialog.tsx'

type BoardRowProps = { readonly document: BoardRow; readonly session: SessionView }

/** One document and all its languages. */
export function BoardRowView({ document, session }: BoardRowProps) {
  const planning = useSignal(false)
  const title = `title-${document.id}`
  return (
    <li class="row" id={`document-${document.id}`} data-priority={document.priority}>
      <article aria-labelledby={title}>
        <header class="row-head">
          <Badges document={document} />
          <h3 id={title} class="row-title" lang={document.sourceLocale} dir="auto">
            {document.title}
          </h3>
          <p class="card-meta">
            <span>{localeName(document.sourceLocale)}</span>
            <span>{FORMAT_WORDS[document.format]}</span>
            {document.revision > 1 && <span>{t('Revision {number}', { number: document.revision })}</span>}
            {document.error === null && <span>{tn(document.words, '{count} word', '{count} words')}</span>}
            <time dateTime={document.createdAt} title={moment(document.createdAt)}>
              {ago(document.createdAt, Date.now())}
            </time>
          </p>
          <DocumentMenu document={document} session={session} onPlan={() => (planning.value = true)} />
        </header>
        {document.error !== null && (
          <p class="wrong" role="alert">
            {document.error}
          </p>
        )}
        {document.locales.length > 0 && (
          <ul class="cells">
            {document.locales.map((cell) => (
              <BoardCellView key={cell.locale} document={document} cell={cell} session={session} />
            ))}
          </ul>
        )}
      </article>
      {planning.value && <PlanDialog document={document} onClose={() => (planning.value = false)} />}
    </li>
  )
}

function Badges({ document }: { readonly document: BoardRow }) {
  const { priority, deadline, embargoUntil, retracted } = document
  const done = document.locales.length > 0 && document.locales.every(({ state }) => state === 'approved')
  const due = deadline === null || done ? null : dueOf(deadline, Date.now())
  const embargoed = embargoUntil !== null && Date.parse(embargoUntil) > Date.now()
  if (priority === 'normal' && due === null && !embargoed && !retracted) return null
  return (
    <p class="badges">
      {priority !== 'normal' && <strong class={`badge ${priority}`}>{priorityWords(priority)}</strong>}
      {due !== null && deadline !== null && (
        <time class={`due ${due.kind}`} dateTime={deadline} title={moment(deadline)}>
          {dueWords(due)}
        </time>
      )}
      {embargoed && embargoUntil !== null && (
        <span class="badge embargo">{t('Embargo until {time}', { time: moment(embargoUntil) })}</span>
      )}
      {retracted && <span class="badge retracted">{t('Withdrawn')}</span>}
    </p>
  )
}

import { useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { BoardCell, BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { describeFailure, type Failure } from '../request.ts'
import { may } from '../session.ts'
import { getBoard } from './board-api.ts'
import { BoardCellView } from './board-cell.tsx'
import { priorityWords, roleWords } from './board-words.ts'
import { take, takeable } from './cell-menu.tsx'
import { list, own } from './documents.ts'
import { watchBoard } from './live.ts'

type Work = {
  readonly mine: readonly BoardRow[]
  readonly free: readonly BoardRow[]
  readonly change: string
}

/** What I have, what is due, and what I could take: in my languages, breaking first. */
export function MyWork({ session }: { readonly session: SessionView }) {
  const work = useSignal<Work | null>(null)
  const failure = useSignal<Failure | null>(null)
  const load = async () => {
    const [mine, free] = await Promise.all([getBoard(mineOf(), null), getBoard(freeFor(session), null)])
    if (mine.kind !== 'ok') failure.value = mine
    else if (free.kind !== 'ok') failure.value = free
    else {
      failure.value = null
      const { change } = mine.value
      work.value = { mine: mine.value.documents, free: free.value.documents, change }
      // The stream begins where these lists end.
      if (list.peek().change === null) list.value = { ...list.peek(), change }
    }
  }
  useEffect(() => {
    document.title = t('My work · Talmach')
    return watchBoard(load)
  }, [])
  // At once after what was changed from this page.
  useSignalEffect(() => {
    if (own.value >= 0) void load()
  })
  const known = work.value
  if (known === null) {
    return failure.value === null ? (
      <p role="status">{t('Looking for your work…')}</p>
    ) : (
      <LoadFailure wrong={describeFailure(failure.value)} again={() => void load()} />
    )
  }
  const held = cellsOf(known.mine, (cell) => cell.people.some(({ person }) => person === session.name))
  const due = held.filter(({ cell }) => isDue(cell))
  const rest = held.filter(({ cell }) => !isDue(cell))
  const free = cellsOf(known.free, (cell) =>
    takeable(cell, session).some((role) => cell.wanted.includes(role)),
  )
  const show = (places: readonly Place[], offer: boolean) =>
    places.map((place) => (
      <WorkItem
        key={`${place.document.id} ${place.cell.locale}`}
        place={place}
        session={session}
        offer={offer}
      />
    ))
  return (
    <>
      {due.length > 0 && <Part title={t('Due within a day')}>{show(due, false)}</Part>}
      <Part title={t('What you have')}>
        {rest.length > 0 ? (
          show(rest, false)
        ) : (
          <li class="empty">
            <p class="empty-title">{due.length > 0 ? t('Nothing else') : t('You have no work')}</p>
            <p>{t('Take something below: it is yours as long as you work on it.')}</p>
          </li>
        )}
      </Part>
      <Part title={t('What you could take')}>
        {free.length > 0 ? (
          show(free, true)
        ) : (
          <li class="empty">
            <p class="empty-title">{t('Nothing waits for you')}</p>
            <p>{t('As soon as an article in one of your languages needs hands, it shows up here.')}</p>
          </li>
        )}
      </Part>
    </>
  )
}

function mineOf(): URLSearchParams {
  return new URLSearchParams({ mine: 'true', open: 'true', limit: '100' })
}

function freeFor(session: SessionView): URLSearchParams {
  const roles = [
    ...(may(session, 'translate') ? ['translator'] : []),
    ...(may(session, 'review') ? ['editor'] : []),
  ]
  const wish = new URLSearchParams({ wanted: roles.join(',') || 'translator', open: 'true' })
  if (session.locales.length > 0) wish.set('locale', session.locales.join(','))
  return wish
}

type Place = { readonly document: BoardRow; readonly cell: BoardCell }

function cellsOf(documents: readonly BoardRow[], fits: (cell: BoardCell) => boolean): readonly Place[] {
  return documents.flatMap((document) =>
    document.locales.filter((cell) => fits(cell)).map((cell) => ({ document, cell })),
  )
}

const DAY = 24 * 3_600_000
const isDue = ({ deadline, state }: BoardCell) =>
  deadline !== null && state !== 'approved' && Date.parse(deadline) < Date.now() + DAY

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="work-part">
      <h2>{title}</h2>
      <ul class="work">{children}</ul>
    </section>
  )
}

type WorkItemProps = {
  readonly place: Place
  readonly session: SessionView
  readonly offer: boolean
}

function WorkItem({ place: { document, cell }, session, offer }: WorkItemProps) {
  return (
    <li class="work-item" data-priority={document.priority}>
      <h3 class="row-title" lang={document.sourceLocale} dir="auto">
        {document.priority !== 'normal' && (
          <strong class={`badge ${document.priority}`}>{priorityWords(document.priority)}</strong>
        )}{' '}
        {document.title}
      </h3>
      <ul class="cells">
        <BoardCellView document={document} cell={cell} session={session} alone />
      </ul>
      {offer && (
        <p class="work-offer">
          {takeable(cell, session)
            .filter((role) => cell.wanted.includes(role))
            .map((role) => (
              <button
                key={role}
                type="button"
                class="button small"
                onClick={() => void take(document, cell, role)}
              >
                {t('Take it as {role}', { role: roleWords(role) })}
              </button>
            ))}
        </p>
      )}
    </li>
  )
}

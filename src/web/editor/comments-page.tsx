import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { InboxComment } from '../../http/comment-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { TopBar } from '../top-bar.tsx'
import { localeName, moment } from '../words.ts'
import { listInbox, settleThread } from './comments-api.ts'
import { withMentions } from './comments-text.tsx'
import './comments.css'

type Which = 'mentions' | 'open'

/** Open comments of all documents: those that mention one, or all. */
export function CommentsPage({ session }: { readonly session: SessionView }) {
  const which = useSignal<Which>('mentions')
  const comments = useSignal<readonly InboxComment[] | null>(null)
  const next = useSignal<string | null>(null)
  const wrong = useSignal<string | null>(null)
  const load = async (list: Which, cursor: string | null) => {
    const answer = await listInbox(list, cursor)
    // Another list was chosen while this one was on its way.
    if (list !== which.peek()) return
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    wrong.value = null
    comments.value = [...(cursor === null ? [] : (comments.peek() ?? [])), ...answer.value.comments]
    next.value = answer.value.nextCursor
  }
  useEffect(() => {
    document.title = `${t('Comments')} · Talmach`
    void load('mentions', null)
  }, [])
  const choose = (list: Which) => {
    which.value = list
    comments.value = null
    void load(list, null)
  }
  const resolve = async (comment: InboxComment) => {
    const answer = await settleThread(comment.id, true)
    if (answer.kind !== 'ok') wrong.value = describeFailure(answer)
    else await load(which.peek(), null)
  }
  const list = comments.value
  return (
    <div class="desk">
      <TopBar session={session} page="comments" />
      <main class="desk-main">
        <h1>{t('Comments')}</h1>
        <fieldset class="filters" aria-label={t('Which comments')}>
          {(['mentions', 'open'] as const).map((each) => (
            <button
              key={each}
              type="button"
              class="filter"
              aria-pressed={which.value === each}
              onClick={() => choose(each)}
            >
              {each === 'mentions' ? t('That mention me') : t('All that are open')}
            </button>
          ))}
        </fieldset>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        {list === null && wrong.value === null && <p role="status">{t('Loading…')}</p>}
        {list?.length === 0 && (
          <div class="empty">
            <p class="empty-title">
              {which.value === 'mentions' ? t('Nobody waits for your answer') : t('No open comments')}
            </p>
            <p>{t('Comments are written in the editor, below a segment. @ and a name tells somebody.')}</p>
          </div>
        )}
        <ul class="inbox">
          {list?.map((comment) => (
            <li key={comment.id}>
              <InboxItem comment={comment} onResolve={() => void resolve(comment)} />
            </li>
          ))}
        </ul>
        {next.value !== null && (
          <button type="button" class="button" onClick={() => void load(which.peek(), next.peek())}>
            {t('Show more')}
          </button>
        )}
      </main>
    </div>
  )
}

function InboxItem({
  comment,
  onResolve,
}: {
  readonly comment: InboxComment
  readonly onResolve: () => void
}) {
  const { document: id, openIn, number, title, source } = comment
  const source80 = source.replace(/[\ue000-\uf8ff]/g, '').slice(0, 160)
  return (
    <article aria-label={t('Comment by {name}', { name: comment.by })}>
      <p class="comment-head">
        <strong>
          <bdi>{comment.by}</bdi>
        </strong>{' '}
        <time dateTime={comment.at}>{moment(comment.at)}</time>
        {comment.answers > 0 && ` · ${tn(comment.answers, '{count} answer', '{count} answers')}`}
      </p>
      <p class="comment-text" dir="auto">
        {withMentions(comment)}
      </p>
      <p class="hint">
        <a href={`/documents/${id}/${openIn}?segment=${number}`}>
          <span dir="auto">{title}</span>
        </a>{' '}
        · {comment.locale === null ? t('about the source') : localeName(comment.locale)} ·{' '}
        <q dir="auto">{source80}</q>
      </p>
      <p class="comment-actions">
        <button type="button" class="link-button" onClick={onResolve}>
          {t('Resolve')}
        </button>
      </p>
    </article>
  )
}

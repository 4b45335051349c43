import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { CommentView } from '../../http/comment-schemas.ts'
import { t, tn } from '../i18n.ts'
import { describeFailure, type Failure } from '../request.ts'
import { moment } from '../words.ts'
import type { CommentBook, Thread } from './comments-book.ts'
import { CommentForm } from './comments-form.tsx'
import { withMentions } from './comments-text.tsx'
import { companyOf } from './presence-live.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'
import './comments.css'

type RowProps = { readonly editor: Editor; readonly row: Row }

/** How many open comments a segment has; leads to them. */
export function CommentCount({ editor, row }: RowProps) {
  const { comments } = companyOf(editor)
  const open = comments.openCount(row.id)
  if (open === 0) return null
  return (
    <button type="button" class="comment-count" onClick={() => editor.activate(row, false)}>
      {tn(open, '{count} comment', '{count} comments')}
    </button>
  )
}

/** What people say about the segment that one works in, and the way to say something. */
export function CommentThreads({ editor, row }: RowProps) {
  const { comments } = companyOf(editor)
  const threads = comments.threadsOf(row.id)
  const writing = useSignal(false)
  const wanted = comments.wanted.value === row.id
  const section = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (!wanted) return
    comments.wanted.value = null
    writing.value = true
    section.current?.scrollIntoView({ block: 'nearest' })
  }, [wanted])
  const everywhere = useSignal(false)
  return (
    <section
      ref={section}
      class="comments"
      aria-label={t('Comments on segment {number}', { number: row.index + 1 })}
    >
      {threads.map((thread) => (
        <ThreadView key={thread.root.id} editor={editor} comments={comments} thread={thread} />
      ))}
      {writing.value && (
        <CommentForm
          comments={comments}
          label={t('Comment on segment {number}', { number: row.index + 1 })}
          submit={t('Comment')}
          onSend={async (text) => {
            const failure = await comments.add(row.id, {
              text,
              locale: everywhere.value ? null : editor.locale,
            })
            if (failure === null) writing.value = false
            return failure
          }}
          onCancel={() => {
            writing.value = false
            editor.field.current?.focus()
          }}
        >
          <label class="comment-everywhere">
            <input
              type="checkbox"
              checked={everywhere.value}
              onChange={(event) => (everywhere.value = event.currentTarget.checked)}
            />{' '}
            {t('About the source: show it in every language')}
          </label>
        </CommentForm>
      )}
    </section>
  )
}

type ThreadProps = { readonly editor: Editor; readonly comments: CommentBook; readonly thread: Thread }

function ThreadView({ editor, comments, thread }: ThreadProps) {
  const answering = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const { root, answers } = thread
  const resolved = root.resolvedAt !== null
  const settle = async (to: boolean) => {
    const failure = await comments.settle(root.id, to)
    wrong.value = failure === null ? null : describeFailure(failure)
  }
  const body = (
    <>
      <ol class="comment-list">
        {[root, ...answers].map((comment) => (
          <li key={comment.id}>
            <CommentBody editor={editor} comments={comments} comment={comment} />
          </li>
        ))}
      </ol>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {answering.value ? (
        <CommentForm
          comments={comments}
          label={t('Answer to {name}', { name: root.by })}
          submit={t('Answer')}
          onSend={async (text) => {
            const failure = await comments.add(root.segment, { text, locale: root.locale, replyTo: root.id })
            if (failure === null) answering.value = false
            return failure
          }}
          onCancel={() => (answering.value = false)}
        />
      ) : (
        <p class="comment-actions">
          <button type="button" class="link-button" onClick={() => (answering.value = true)}>
            {t('Answer…')}
          </button>
          <button type="button" class="link-button" onClick={() => void settle(!resolved)}>
            {resolved ? t('Open again') : t('Resolve')}
          </button>
        </p>
      )}
    </>
  )
  if (!resolved) return <div class="thread">{body}</div>
  return (
    <details class="thread resolved">
      <summary>
        {t('Resolved by {name}: {text}', { name: root.resolvedBy ?? '', text: shortened(root.text) })}
      </summary>
      {body}
    </details>
  )
}

function CommentBody({
  editor,
  comments,
  comment,
}: {
  readonly editor: Editor
  readonly comments: CommentBook
  readonly comment: CommentView
}) {
  const editing = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const own = comment.by === editor.person.value
  const tell = (failure: Failure | null) => {
    wrong.value = failure === null ? null : describeFailure(failure)
  }
  if (comment.text === '')
    return <p class="hint">{t('{name} took this comment back.', { name: comment.by })}</p>
  if (editing.value) {
    return (
      <CommentForm
        comments={comments}
        label={t('Your comment')}
        submit={t('Save')}
        text={comment.text}
        onSend={async (text) => {
          const failure = await comments.edit(comment.id, text)
          if (failure === null) editing.value = false
          return failure
        }}
        onCancel={() => (editing.value = false)}
      />
    )
  }
  return (
    <>
      <p class="comment-head">
        <strong>
          <bdi>{comment.by}</bdi>
        </strong>{' '}
        <time dateTime={comment.at}>{moment(comment.at)}</time>
        {comment.editedAt !== null && ` · ${t('changed')}`}
        {comment.locale === null && ` · ${t('about the source')}`}
        {comment.fromFile && ` · ${t('from a returned file')}`}
      </p>
      <p class="comment-text" dir="auto">
        {withMentions(comment)}
      </p>
      {own && (
        <p class="comment-actions">
          <button type="button" class="link-button" onClick={() => (editing.value = true)}>
            {t('Change')}
          </button>
          <button
            type="button"
            class="link-button"
            onClick={() => void comments.remove(comment.id).then(tell)}
          >
            {t('Delete')}
          </button>
        </p>
      )}
      {wrong.value !== null && (
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
      )}
    </>
  )
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

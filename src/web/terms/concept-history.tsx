import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ConceptLine, ConceptView } from '../../http/term-schemas.ts'
import { t, tx } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { moment } from '../words.ts'
import { ACTION_WORDS, changesBetween } from './term-words.ts'
import { comment, getHistory } from './terms-api.ts'

type ConceptHistoryProps = { readonly concept: ConceptView; readonly mayComment: boolean }

/** What was said of a concept and what was done to it, newest first. */
export function ConceptHistory({ concept, mayComment }: ConceptHistoryProps) {
  const lines = useSignal<readonly ConceptLine[]>([])
  const next = useSignal<string | null>(null)
  const text = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const load = async (cursor: string | null) => {
    const answer = await getHistory(concept, cursor)
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    lines.value = cursor === null ? answer.value.history : [...lines.value, ...answer.value.history]
    next.value = answer.value.nextCursor
  }
  useEffect(() => void load(null), [])
  const say = async (event: Event) => {
    event.preventDefault()
    if (text.value.trim() === '') return
    busy.value = true
    const answer = await comment(concept, text.value)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    text.value = ''
    wrong.value = null
    await load(null)
  }
  return (
    <section class="concept-part" aria-labelledby="history-title">
      <h3 id="history-title">{t('Discussion and history')}</h3>
      {mayComment && (
        <form class="comment" onSubmit={(event) => void say(event)}>
          <textarea
            class="input"
            rows={2}
            maxLength={4000}
            aria-label={t('Comment')}
            placeholder={t('Say something about this term')}
            value={text.value}
            onInput={(event) => (text.value = event.currentTarget.value)}
          />
          <button type="submit" class="button small" disabled={busy.value || text.value.trim() === ''}>
            {t('Comment')}
          </button>
        </form>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <ol class="history">
        {lines.value.map((line, at) => (
          <li key={line.id} data-action={line.action}>
            <p class="history-head">
              {tx('{action} by {name}', {
                action: <strong>{ACTION_WORDS[line.action] ?? line.action}</strong>,
                name: line.by,
              })}{' '}
              <time dateTime={line.at}>{moment(line.at)}</time>
            </p>
            {line.note !== '' && <p class="history-note">{line.note}</p>}
            <LineChanges line={line} before={lines.value[at + 1]} last={at + 1 === lines.value.length} />
          </li>
        ))}
      </ol>
      {next.value !== null && (
        <button type="button" class="button small" onClick={() => void load(next.value)}>
          {t('Show more')}
        </button>
      )}
    </section>
  )
}

type LineChangesProps = {
  readonly line: ConceptLine
  readonly before: ConceptLine | undefined
  readonly last: boolean
}

function LineChanges({ line, before, last }: LineChangesProps) {
  if (line.action === 'comment' || (before === undefined && !last)) return null
  const shown = (one: ConceptLine | undefined) => one?.draft ?? one?.content ?? null
  // A refused change is gone; what it was stands in the line below.
  const { removed, added } = changesBetween(shown(before), shown(line))
  if (removed.length + added.length === 0 || line.action === 'reject') return null
  return (
    <details class="history-changes">
      <summary>{t('What changed')}</summary>
      <ul class="line-changes">
        {removed.map((text) => (
          <li key={text}>
            <del>{text}</del>
          </li>
        ))}
        {added.map((text) => (
          <li key={text}>
            <ins>{text}</ins>
          </li>
        ))}
      </ul>
    </details>
  )
}

import { useSignal } from '@preact/signals'
import type { MemoryHits, MemoryView } from '../../http/memory-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { announce } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { type LocalePair, searchUnits } from './memory-api.ts'
import { PairCard } from './pair-card.tsx'
import { PairChoice, pairsOf } from './pair-choice.tsx'

type ConcordancePartProps = { readonly memories: readonly MemoryView[]; readonly session: SessionView }
type Hit = MemoryHits['units'][number]
type Asked = { readonly q: string; readonly side: 'source' | 'target'; readonly pair: LocalePair }

/** Concordance: how words have been translated, and where translations have them. */
export function ConcordancePart({ memories, session }: ConcordancePartProps) {
  const pairs = pairsOf(memories)
  const words = useSignal('')
  const side = useSignal<'source' | 'target'>('source')
  const chosen = useSignal<LocalePair | undefined>(pairs[0])
  const asked = useSignal<Asked | null>(null)
  const hits = useSignal<readonly Hit[]>([])
  const gone = useSignal<ReadonlySet<string>>(new Set())
  const next = useSignal<string | null>(null)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)

  const look = async (wish: Asked, cursor: string | null) => {
    busy.value = true
    const answer = await searchUnits({ ...wish, cursor })
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    const { units, nextCursor } = answer.value
    asked.value = wish
    hits.value = cursor === null ? units : [...hits.value, ...units]
    next.value = nextCursor
    announce(tn(hits.value.length, '{count} pair found', '{count} pairs found'))
  }
  const submit = (event: Event) => {
    event.preventDefault()
    const q = words.value.trim()
    if (q !== '' && chosen.value !== undefined) {
      gone.value = new Set()
      void look({ q, side: side.value, pair: chosen.value }, null)
    }
  }
  if (pairs.length === 0) {
    return (
      <p class="empty">
        {t('There is nothing in the memories yet: approve a translation, or import a TMX.')}
      </p>
    )
  }
  const question = asked.value
  const shown = hits.value.filter(({ id }) => !gone.value.has(id))
  return (
    <section aria-label={t('Search')}>
      <form class="memory-search" onSubmit={submit}>
        <label class="field memory-words">
          {t('Words')}
          <input
            class="input"
            type="search"
            maxLength={300}
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
        </label>
        <PairChoice pairs={pairs} chosen={chosen.value} onChoose={(pair) => (chosen.value = pair)} />
        <label class="field">
          {t('Where')}
          <select
            class="input"
            value={side.value}
            onChange={(event) => (side.value = event.currentTarget.value === 'target' ? 'target' : 'source')}
          >
            <option value="source">{t('in the source')}</option>
            <option value="target">{t('in the translation')}</option>
          </select>
        </label>
        <button type="submit" class="button primary" disabled={busy.value}>
          {t('Search')}
        </button>
      </form>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {question !== null && hits.value.length === 0 && (
        <p class="empty">{t('Nothing has “{words}” in it.', { words: question.q })}</p>
      )}
      {question !== null && (
        <ul class="pairs">
          {shown.map((unit) => (
            <PairCard
              key={unit.id}
              unit={unit}
              marks={{ side: question.side, places: unit.highlights }}
              mayEdit={may(session, 'review', unit.targetLocale)}
              onEdited={(target) => {
                const changed = { target, by: session.name, changedAt: new Date().toISOString() }
                // The words may stand elsewhere now.
                const highlights = question.side === 'target' ? [] : unit.highlights
                hits.value = hits.value.map((hit) =>
                  hit.id === unit.id ? { ...hit, ...changed, highlights } : hit,
                )
              }}
              onRemoved={(removed) => {
                const rest = new Set(gone.value)
                if (removed) rest.add(unit.id)
                else rest.delete(unit.id)
                gone.value = rest
              }}
            />
          ))}
        </ul>
      )}
      {next.value !== null && question !== null && (
        <p>
          <button
            type="button"
            class="button more"
            disabled={busy.value}
            onClick={() => void look(question, next.value)}
          >
            {t('Show more')}
          </button>
        </p>
      )}
    </section>
  )
}

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { MemoryUnit } from '../../http/memory-schemas.ts'
import { t, tx } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { moment } from '../words.ts'
import { editUnit, removeUnits, undoRemoval } from './memory-api.ts'
import { fromEditable, type Place, piecesOf, toEditable } from './pair-text.ts'

type PairCardProps = {
  readonly unit: MemoryUnit
  /** Where the words that were searched for stand. */
  readonly marks?: { readonly side: 'source' | 'target'; readonly places: readonly Place[] }
  readonly mayEdit: boolean
  readonly onEdited: (target: string) => void
  /** Gone, or back again. */
  readonly onRemoved: (gone: boolean) => void
  /** What stands before the texts. */
  readonly children?: ComponentChildren
}

/** A pair of a memory, with where it comes from; whoever may corrects or removes it. */
export function PairCard({ unit, marks, mayEdit, onEdited, onRemoved, children }: PairCardProps) {
  const editing = useSignal<string | null>(null)
  const wrong = useSignal<string | null>(null)
  const busy = useSignal(false)
  const places = (side: 'source' | 'target') => (marks?.side === side ? marks.places : [])
  const save = async (event: Event) => {
    event.preventDefault()
    const target = fromEditable(editing.value ?? '', unit.target).trim()
    if (target === '') return
    busy.value = true
    const answer = await editUnit(unit.id, target)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    editing.value = null
    onEdited(target)
  }
  const remove = async () => {
    busy.value = true
    const answer = await removeUnits({ ids: [unit.id] })
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    onRemoved(true)
    const { removal } = answer.value
    const run = async () => {
      const undone = await undoRemoval(removal)
      if (undone.kind === 'ok') onRemoved(false)
      else notify(describeFailure(undone), 'problem')
    }
    notify(t('The pair is out of the memory.'), 'done', { words: t('Undo'), run: () => void run() })
  }
  return (
    <li class="pair" data-unit={unit.id}>
      {children}
      <p class="pair-text" lang={unit.sourceLocale} dir="auto">
        <Pieces text={unit.source} places={places('source')} />
      </p>
      {editing.value === null ? (
        <p class="pair-text pair-target" lang={unit.targetLocale} dir="auto">
          <Pieces text={unit.target} places={places('target')} />
        </p>
      ) : (
        <form class="pair-form" onSubmit={(event) => void save(event)}>
          <label class="visually-hidden" for={`edit-${unit.id}`}>
            {t('Translation')}
          </label>
          <textarea
            id={`edit-${unit.id}`}
            class="input"
            lang={unit.targetLocale}
            dir="auto"
            rows={3}
            ref={(field) => field?.focus()}
            value={editing.value}
            onInput={(event) => (editing.value = event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') editing.value = null
            }}
          />
          <div class="memory-actions">
            <button type="submit" class="button small primary" disabled={busy.value}>
              {t('Save')}
            </button>
            <button type="button" class="button small" onClick={() => (editing.value = null)}>
              {t('Cancel')}
            </button>
          </div>
        </form>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <div class="pair-foot">
        <Provenance unit={unit} />
        {mayEdit && editing.value === null && (
          <div class="memory-actions">
            <button
              type="button"
              class="button small"
              onClick={() => (editing.value = toEditable(unit.target))}
            >
              {t('Edit')}
            </button>
            <button type="button" class="button small" disabled={busy.value} onClick={() => void remove()}>
              {t('Remove')}
            </button>
          </div>
        )}
      </div>
    </li>
  )
}

/** Who wrote a pair, when, and where it comes from. */
function Provenance({ unit }: { readonly unit: MemoryUnit }) {
  const { memory, by, document, documentId, domain, reviewed, createdAt, changedAt } = unit
  const changed = createdAt.slice(0, 16) !== changedAt.slice(0, 16)
  return (
    <p class="pair-facts">
      <span>{memory}</span>
      {by !== '' && <span>{by}</span>}
      {document !== '' && (
        <span>
          {documentId === null ? (
            document
          ) : (
            <a href={`/documents/${documentId}/${unit.targetLocale}`}>{document}</a>
          )}
        </span>
      )}
      {domain !== '' && <span>{domain}</span>}
      {!reviewed && <span class="alarm">{t('not reviewed')}</span>}
      <span>{tx('since {time}', { time: <time dateTime={createdAt}>{moment(createdAt)}</time> })}</span>
      {changed && (
        <span>{tx('changed {time}', { time: <time dateTime={changedAt}>{moment(changedAt)}</time> })}</span>
      )}
    </p>
  )
}

function Pieces({ text, places }: { readonly text: string; readonly places: readonly Place[] }) {
  return (
    <>
      {piecesOf(text, places).map((piece, at) => {
        const shown =
          piece.kind === 'code' ? (
            <span class="pair-code" title={t('an inline code')}>
              {piece.text}
            </span>
          ) : (
            piece.text
          )
        return piece.marked ? <mark key={at}>{shown}</mark> : <span key={at}>{shown}</span>
      })}
    </>
  )
}

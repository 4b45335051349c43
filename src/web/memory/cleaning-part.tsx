import { useSignal } from '@preact/signals'
import type { CleaningPage, Removal } from '../../http/cleaning-schemas.ts'
import type { MemoryView } from '../../http/memory-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { CleaningForm } from './cleaning-form.tsx'
import { type CleaningWish, cleaningBody, findCleaning, removeUnits, undoRemoval } from './memory-api.ts'
import { PairCard } from './pair-card.tsx'
import { pairsOf } from './pair-choice.tsx'

type CleaningPartProps = {
  readonly memories: readonly MemoryView[]
  readonly session: SessionView
  readonly onChanged: () => void
}

/** Cleaning: look what is doubtful, leave out what is right, take the rest out in one step, put it back if need be. */
export function CleaningPart({ memories, session, onChanged }: CleaningPartProps) {
  const pairs = pairsOf(memories)
  const found = useSignal<{ readonly wish: CleaningWish; readonly page: CleaningPage } | null>(null)
  /** Units that stay. */
  const kept = useSignal<ReadonlySet<string>>(new Set())
  const removed = useSignal<Removal | null>(null)
  const asking = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)

  const look = async (wish: CleaningWish, cursor: string | null) => {
    busy.value = true
    const answer = await findCleaning(wish, cursor)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    const before = cursor === null ? [] : (found.value?.page.units ?? [])
    if (cursor === null) kept.value = new Set()
    found.value = { wish, page: { ...answer.value, units: [...before, ...answer.value.units] } }
  }
  const remove = async () => {
    const now = found.value
    if (now === null) return
    busy.value = true
    const { wish, page } = now
    const answer = await removeUnits({
      ...{ cleaning: cleaningBody(wish), keep: [...kept.value], count: page.count },
    })
    busy.value = false
    asking.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    removed.value = answer.value
    onChanged()
    void look(wish, null)
  }
  const undo = async () => {
    if (removed.value === null) return
    busy.value = true
    const answer = await undoRemoval(removed.value.removal)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    removed.value = null
    notify(tn(answer.value.units, '{count} pair is back.', '{count} pairs are back.'))
    onChanged()
    if (found.value !== null) void look(found.value.wish, null)
  }
  if (pairs.length === 0) return <p class="empty">{t('There is nothing in the memories yet.')}</p>
  const now = found.value
  const locale = now?.wish.targetLocale
  const cleans = locale !== undefined && may(session, 'review', locale)
  const going = now === null ? 0 : now.page.count - kept.value.size
  return (
    <section aria-label={t('Clean')}>
      <CleaningForm
        memories={memories}
        pairs={pairs}
        busy={busy.value}
        onLook={(wish) => void look(wish, null)}
      />
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {removed.value !== null && (
        <p class="cleaning-done" role="status">
          {tn(
            removed.value.units,
            '{count} pair is out of the memory.',
            '{count} pairs are out of the memory.',
          )}{' '}
          <button type="button" class="link-button" disabled={busy.value} onClick={() => void undo()}>
            {t('Put back')}
          </button>
        </p>
      )}
      {now !== null && (
        <>
          <div class="cleaning-head" role="status">
            <p>
              {now.page.count === 0
                ? t('There is nothing of that kind.')
                : tn(now.page.count, '{count} pair found', '{count} pairs found')}
              {now.page.more && ` ${t('These are the first ones; look again when they are gone.')}`}
            </p>
            {cleans && now.page.count > 0 && (
              <button
                type="button"
                class="button primary"
                disabled={busy.value || going === 0}
                onClick={() => (asking.value = true)}
              >
                {tn(going, 'Remove {count} pair…', 'Remove {count} pairs…')}
              </button>
            )}
          </div>
          <ul class="pairs">
            {now.page.units.map((unit) => (
              <PairCard
                key={unit.id}
                unit={unit}
                mayEdit={false}
                onEdited={() => undefined}
                onRemoved={() => undefined}
              >
                {cleans && (
                  <label class="pair-keep">
                    <input
                      type="checkbox"
                      checked={!kept.value.has(unit.id)}
                      onChange={(event) => {
                        const rest = new Set(kept.value)
                        if (event.currentTarget.checked) rest.delete(unit.id)
                        else rest.add(unit.id)
                        kept.value = rest
                      }}
                    />{' '}
                    {t('Remove')}
                    <span class="visually-hidden"> {unit.source.slice(0, 60)}</span>
                  </label>
                )}
              </PairCard>
            ))}
          </ul>
          {now.page.nextCursor !== null && (
            <p>
              <button
                type="button"
                class="button more"
                disabled={busy.value}
                onClick={() => void look(now.wish, now.page.nextCursor)}
              >
                {t('Show more')}
              </button>
            </p>
          )}
        </>
      )}
      {asking.value && (
        <Dialog title={t('Clean the memory')} onClose={() => (asking.value = false)}>
          <p>
            {tn(
              going,
              '{count} pair goes out of the memory. For 30 days it can be put back.',
              '{count} pairs go out of the memory. For 30 days they can be put back.',
            )}
          </p>
          <div class="dialog-foot">
            <button type="button" class="button primary" disabled={busy.value} onClick={() => void remove()}>
              {tn(going, 'Remove {count} pair', 'Remove {count} pairs')}
            </button>
            <button type="button" class="button" onClick={() => (asking.value = false)}>
              {t('Cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { type Answer, describeFailure } from '../request.ts'

export type Loaded<T> = {
  /** Null: not there yet. */
  readonly value: Signal<T | null>
  readonly wrong: Signal<string | null>
  readonly reload: () => Promise<void>
}

/** Asks the server when a part of the page appears, and again when it is told to. @param of a change of it asks again */
export function useLoaded<T>(ask: () => Promise<Answer<T>>, of = ''): Loaded<T> {
  const value = useSignal<T | null>(null)
  const wrong = useSignal<string | null>(null)
  const turn = useSignal(0)
  const reload = async () => {
    const mine = turn.peek() + 1
    turn.value = mine
    const answer = await ask()
    // Asked again meanwhile.
    if (mine !== turn.peek()) return
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind === 'ok') value.value = answer.value
  }
  useEffect(() => {
    value.value = null
    void reload()
  }, [of])
  return { value, wrong, reload }
}

type WaitingProps = { readonly of: Loaded<unknown>; readonly children: ComponentChildren }

/** What is shown while something loads, when it cannot be had, and then. */
export function Waiting({ of: { value, wrong, reload }, children }: WaitingProps) {
  return (
    <>
      {wrong.value !== null && <LoadFailure wrong={wrong.value} again={() => void reload()} />}
      {value.value === null && wrong.value === null && (
        <div role="status" aria-label={t('Loading…')}>
          <div class="card skeleton" />
        </div>
      )}
      {value.value !== null && children}
    </>
  )
}

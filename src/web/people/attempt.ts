import { useSignal } from '@preact/signals'
import { type Answer, describeFailure } from '../request.ts'

/** One request of a form at a time, with what went wrong in words. */
export function useAttempt() {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  /** @returns what came back; undefined when nothing did, and then `wrong` says why */
  const run = async <T>(work: () => Promise<Answer<T>>): Promise<{ readonly value: T } | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    const answer = await work()
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    return answer.kind === 'ok' ? { value: answer.value } : undefined
  }
  return { busy, wrong, run }
}

/** What a secret is copied with; false where the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  return (
    navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    ) ?? false
  )
}

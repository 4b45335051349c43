/** Tries something again after pauses that grow. */
export type Retry = {
  /** Once more, after the next pause. */
  readonly again: () => void
  /** It worked, or there is a reason to think that it will: the pauses begin anew. */
  readonly reset: () => void
}

const [FIRST_MS, LONGEST_MS] = [1_000, 30_000]

/** The nth pause, from 0, in milliseconds: it doubles. @param chance 0 to 1: so many pages do not come back at once */
export function pauseBefore(turn: number, chance: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** turn) * (0.75 + chance / 2)
}

export function createRetry(run: () => void): Retry {
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    again: () => {
      if (timer !== undefined) return
      timer = setTimeout(
        () => {
          timer = undefined
          run()
        },
        pauseBefore(turn++, Math.random()),
      )
    },
    reset: () => {
      clearTimeout(timer)
      timer = undefined
      turn = 0
    },
  }
}

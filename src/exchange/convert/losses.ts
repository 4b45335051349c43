/** What a format cannot hold, counted, so that nobody finds out later. */
export type Losses = {
  readonly add: (what: string, count?: number) => void
  /** One sentence each, in the order in which they were met. */
  readonly sentences: () => readonly string[]
}

export function countLosses(): Losses {
  const counts = new Map<string, number>()
  return {
    add: (what, count = 1) => {
      if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count)
    },
    sentences: () => [...counts].map(([what, count]) => `${count} × ${what}`),
  }
}

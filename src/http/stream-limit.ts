/** How many event streams may be open in this process. */
export type StreamLimits = { readonly perPerson: number; readonly total: number }

export const DEFAULT_STREAM_LIMITS: StreamLimits = { perPerson: 20, total: 2000 }

export type StreamLimit = {
  /** Takes a place for a person. @returns the way to give it back, once; or what there is too much of */
  readonly take: (person: string) => (() => void) | 'person' | 'total'
  readonly size: () => number
}

/** Counts open streams by person and in total, in memory. */
export function createStreamLimit({ perPerson, total }: StreamLimits): StreamLimit {
  const open = new Map<string, number>()
  let all = 0
  return {
    take: (person) => {
      const mine = open.get(person) ?? 0
      if (mine >= perPerson) return 'person'
      if (all >= total) return 'total'
      open.set(person, mine + 1)
      all += 1
      let taken = true
      return () => {
        if (!taken) return
        taken = false
        all -= 1
        const left = (open.get(person) ?? 1) - 1
        if (left === 0) open.delete(person)
        else open.set(person, left)
      }
    },
    size: () => all,
  }
}

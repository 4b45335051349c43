import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { VerdictStatus } from '../domain/term.ts'
import type { StageName } from './schema.ts'

/**
 * Things that happen in this process and that somebody may want to count. They hold kinds and numbers only: never
 * text, names of people or documents, or ids.
 */
export type Tally = {
  /** An attempt at a stage is over. */
  readonly stage: {
    readonly stage: StageName
    readonly outcome: 'done' | 'again' | 'failed'
    readonly seconds: number
  }
  /** One target was written: how it came about, and the verdicts that stand beside it. */
  readonly target: { readonly action: string; readonly verdicts: readonly VerdictStatus[] }
  /** A returned file was merged: segments by outcome. */
  readonly merge: { readonly counts: Readonly<Record<string, number>> }
  /** A message to a webhook was settled. */
  readonly delivery: { readonly outcome: 'delivered' | 'again' | 'failed' | 'paused' }
}

const channelOf = (kind: keyof Tally) => `talmach:${kind}`

/**
 * Says that something happened. It costs next to nothing while nobody counts. Called inside of transactions too: what
 * is rolled back afterwards has been counted, so the figures are for watching, not for accounts.
 */
export function tally<Kind extends keyof Tally>(kind: Kind, fact: Tally[Kind]): void {
  channel(channelOf(kind)).publish(fact)
}

export type TallyListeners = { readonly [Kind in keyof Tally]: (fact: Tally[Kind]) => void }

/** Listens to everything that happens in this process. @returns the way to stop */
export function listenToTally(listeners: TallyListeners): () => void {
  const stops = [
    listen('stage', listeners.stage),
    listen('target', listeners.target),
    listen('merge', listeners.merge),
    listen('delivery', listeners.delivery),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function listen<Kind extends keyof Tally>(kind: Kind, tell: (fact: Tally[Kind]) => void): () => void {
  // Only `tally` publishes on these channels, and its types say what.
  const listener = (message: unknown) => tell(message as Tally[Kind])
  subscribe(channelOf(kind), listener)
  return () => void unsubscribe(channelOf(kind), listener)
}

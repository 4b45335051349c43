import { AsyncLocalStorage } from 'node:async_hooks'

export type LogFacts = Readonly<Record<string, string>>

const current = new AsyncLocalStorage<LogFacts>()

/** Every line that is logged by `work`, and by whatever it calls, says these facts too: ids, never text or names. */
export function withLogFacts<Result>(facts: LogFacts, work: () => Result): Result {
  return current.run({ ...current.getStore(), ...facts }, work)
}

export function currentLogFacts(): LogFacts {
  return current.getStore() ?? {}
}

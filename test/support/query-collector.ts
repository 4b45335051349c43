import { Client } from 'pg'

/** A statement as it went to the database. */
export type CollectedQuery = { readonly text: string; readonly values: readonly unknown[] }

export type QueryCollector = {
  /** What was asked since the last call, each text once. */
  readonly take: () => readonly CollectedQuery[]
  readonly stop: () => void
}

/**
 * Listens to every statement of this process with parameters of its own. Wraps node-postgres' client, since that is
 * where pools of all kinds meet.
 */
export function collectQueries(): QueryCollector {
  const original = Client.prototype.query
  let found = new Map<string, CollectedQuery>()
  Object.defineProperty(Client.prototype, 'query', {
    configurable: true,
    writable: true,
    value: function query(this: Client, ...args: unknown[]): unknown {
      const [text, values] = args
      if (typeof text === 'string' && !found.has(text)) {
        found.set(text, { text, values: Array.isArray(values) ? [...values] : [] })
      }
      return Reflect.apply(original, this, args)
    },
  })
  return {
    take: () => {
      const taken = [...found.values()]
      found = new Map()
      return taken
    },
    stop: () => {
      Object.defineProperty(Client.prototype, 'query', {
        configurable: true,
        writable: true,
        value: original,
      })
    },
  }
}

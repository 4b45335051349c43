import type { Database } from '../store/database.ts'
import { countContributions, listContributions } from '../store/people-own.ts'
import { listOwnTokens } from '../store/people-tokens.ts'
import type { AccountView } from './people-schemas.ts'

const PAGE = 2000

/**
 * All that is kept about a person, as one JSON document (GDPR, articles 15 and 20). It is written while it is read: years
 * of work need no memory.
 *
 * @returns UTF-8
 */
export function exportAccount(db: Database, account: AccountView): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pieces = write(db, account)
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await pieces.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => {
      await pieces.return(undefined)
    },
  })
}

async function* write(db: Database, account: AccountView): AsyncGenerator<string, undefined> {
  const tokens = await listOwnTokens(db, account.id)
  const contributions = await countContributions(db, account.name)
  const facts = JSON.stringify({ account, tokens, contributions }, null, 1)
  yield `${facts.slice(0, -2)},\n "translations": [`
  let after = '0'
  let first = true
  for (;;) {
    const page = await listContributions(db, account.name, after, PAGE)
    for (const { id: _, ...entry } of page) {
      yield `${first ? '' : ','}\n  ${JSON.stringify(entry)}`
      first = false
    }
    const last = page.at(-1)
    if (last === undefined) break
    after = last.id
  }
  yield '\n ]\n}\n'
  return undefined
}

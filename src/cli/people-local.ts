import type { Database } from '../store/database.ts'
import { createInvitation } from '../store/invitations.ts'
import { blockPerson, findPerson, listPeople } from '../store/people.ts'
import { issueToken } from '../store/tokens.ts'
import type { PeopleDesk } from './people.ts'

/**
 * People in the database itself, for whoever can read it.
 *
 * @param use opens the database for one piece of work
 * @param url where people reach the desk, without a slash at the end
 */
export function peopleInDatabase(
  use: <Result>(work: (db: Database) => Promise<Result>) => Promise<Result>,
  url: string,
): PeopleDesk {
  return {
    list: () => use(listPeople),
    invite: ({ grants, days }) =>
      use(async (db) => {
        const made = await createInvitation(db, { grants, email: null, days, createdBy: '' })
        return { url: `${url}/invitation#${made.code}`, sent: false }
      }),
    link: (nameOrEmail) =>
      use(async (db) => {
        const { id, name } = await findPerson(db, nameOrEmail)
        const wish = { kind: 'sign-in', name, role: 'submitter', locales: [], personId: id } as const
        return `${url}/sign-in?code=${await issueToken(db, wish)}`
      }),
    block: (name, blocked) =>
      use(async (db) => blockPerson(db, null, (await findPerson(db, name)).id, blocked)),
  }
}

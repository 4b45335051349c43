import type { Command } from 'commander'
import { Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { type Grant, isRole, ROLES } from '../domain/permission.ts'
import { jsonOption, type Output } from './program.ts'

/** A person as the command line lists them. */
export type ListedPerson = {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
  readonly blocked: boolean
}

/** Whoever manages people: over the API of a server with an admin’s token, or in the database itself. */
export type PeopleDesk = {
  readonly list: () => Promise<readonly ListedPerson[]>
  /** @returns the link, and whether it was sent to the address */
  readonly invite: (wish: {
    readonly grants: readonly Grant[]
    readonly email: string | undefined
    readonly days: number
  }) => Promise<{ readonly url: string; readonly sent: boolean }>
  /** @returns a link that signs in once, within an hour */
  readonly link: (nameOrEmail: string) => Promise<string>
  readonly block: (name: string, blocked: boolean) => Promise<void>
}

export type PeopleCommandDeps = { readonly people: () => PeopleDesk }

type InviteOptions = {
  readonly role: readonly string[]
  readonly locale?: readonly string[]
  readonly document?: string
  readonly email?: string
  readonly days: number
  readonly json?: true
}

/** `talmach people …` */
export function addPeopleCommands(program: Command, deps: PeopleCommandDeps, output: Output): void {
  const people = program
    .command('people')
    .description('who has an account: over TALMACH_URL with TALMACH_TOKEN, else in the database itself')
  people
    .command('list')
    .description('everybody, with their roles')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const list = await deps.people().list()
      if (options.json === true) output.print(JSON.stringify({ people: list }))
      else for (const person of list) output.print(describePerson(person))
    })
  people
    .command('invite')
    .description('print a link with which somebody makes an account')
    .addOption(
      new Option('--role <role...>', 'what they may do').choices(ROLES).default(['translator'], 'translator'),
    )
    .option('--locale <locale...>', 'only for these target locales')
    .option('--document <id>', 'only in this document')
    .option('--email <address>', 'send it there too, if the server sends mail')
    .option('--days <number>', 'how long it can be used', readDays, 14)
    .addOption(jsonOption())
    .action(async (options: InviteOptions) => {
      const locales = (options.locale ?? []).flatMap((tags) => tags.split(',')).map((tag) => parseLocale(tag))
      const grants = options.role
        .filter(isRole)
        .map((role) => ({ role, locales, documentId: options.document ?? null }))
      const made = await deps.people().invite({ grants, email: options.email, days: options.days })
      output.print(options.json === true ? JSON.stringify(made) : made.url)
      if (options.email !== undefined && !made.sent)
        output.tell('It was not sent: hand the link over yourself')
    })
  people
    .command('link')
    .description('print a link that signs somebody in once, within an hour')
    .argument('<name>', 'their public name or e-mail address')
    .addOption(jsonOption())
    .action(async (name: string, options: { json?: true }) => {
      const url = await deps.people().link(name)
      output.print(options.json === true ? JSON.stringify({ url }) : url)
    })
  people
    .command('block')
    .description('shut somebody out')
    .argument('<name>', 'their public name')
    .option('--undo', 'let them in again')
    .addOption(jsonOption())
    .action(async (name: string, options: { undo?: true; json?: true }) => {
      const blocked = options.undo !== true
      await deps.people().block(name, blocked)
      output.print(
        options.json === true
          ? JSON.stringify({ name, blocked })
          : `${name} ${blocked ? 'is blocked' : 'may come in again'}`,
      )
    })
}

/** “Anna  translator (de, fr), editor (in one document)” */
function describePerson({ name, grants, blocked }: ListedPerson): string {
  const roles = grants.map(({ role, locales, documentId }) => {
    const where = [...locales, ...(documentId === null ? [] : [`in ${documentId}`])]
    return where.length === 0 ? role : `${role} (${where.join(', ')})`
  })
  return `${name}  ${roles.length === 0 ? 'no role' : roles.join(', ')}${blocked ? '  [blocked]' : ''}`
}

function readDays(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= 90) return days
  throw new DomainError('misconfigured', '--days takes a number from 1 to 90')
}

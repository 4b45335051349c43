import type { Command } from 'commander'
import type { PublicKey } from '../store/signing-key.ts'
import { jsonOption, type Output } from './program.ts'

export type KeyCommandDeps = {
  readonly list: () => Promise<readonly PublicKey[]>
  readonly rotate: () => Promise<string>
}

/** `talmach keys`: what releases are signed with; for whoever can read the database. */
export function addKeyCommands(program: Command, deps: KeyCommandDeps, output: Output): void {
  const keys = program.command('keys').description('the keys that releases are signed with')
  keys
    .command('list', { isDefault: true })
    .description('public keys, the one that signs first')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const all = await deps.list()
      output.print(options.json === true ? JSON.stringify({ keys: all }) : all.map(describe).join('\n'))
    })
  keys
    .command('rotate')
    .description('sign with a new key from now on; the public half of the old one stays published')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const id = await deps.rotate()
      output.print(options.json === true ? JSON.stringify({ id }) : id)
      output.tell('Whoever checks releases fetches /.well-known/talmach-release-key again')
    })
}

function describe({ id, createdAt, retiredAt }: PublicKey): string {
  const since = createdAt.toISOString().slice(0, 10)
  return retiredAt === null
    ? `${id}  signs since ${since}`
    : `${id}  ${since} to ${retiredAt.toISOString().slice(0, 10)}`
}

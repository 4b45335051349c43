import { type Command, Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { type ReleaseCheck, verifyRelease } from '../store/release-archive.ts'
import type { ApiClient } from './api-client.ts'
import { isAddress } from './article-command.ts'
import { EXIT } from './exit.ts'
import { readBytes, writeWhole } from './files.ts'
import { jsonOption, type Output } from './program.ts'

type BundleOptions = {
  readonly out?: string
  readonly verify?: string
  readonly key?: string
  readonly json?: true
}

/** `talmach bundle`: fetches a release, or checks one that was fetched. */
export function addBundleCommand(
  program: Command,
  deps: { readonly api: () => ApiClient },
  output: Output,
): void {
  program
    .command('bundle')
    .description('fetch the finished languages of a document as a ZIP, or check such a ZIP')
    .argument('[document]', 'a document id')
    .option('--out <file>', 'where the ZIP goes')
    .addOption(new Option('--verify <file>', 'check a ZIP without any server').conflicts('out'))
    .option('--key <file>', 'with --verify: the public key (PEM) of its publisher, a file or an address')
    .addOption(jsonOption())
    .action(async (id: string | undefined, options: BundleOptions) => {
      if (options.verify !== undefined) {
        const key = options.key === undefined ? undefined : await readKey(options.key)
        const check = verifyRelease(await readBytes(options.verify), key, options.verify)
        output.print(options.json === true ? JSON.stringify(check) : describeCheck(check))
        if (!check.valid) output.finishWith(EXIT.failed)
        return
      }
      if (id === undefined || options.out === undefined) {
        throw new DomainError('misconfigured', 'name a document and --out FILE, or give --verify FILE')
      }
      const response = await deps.api()(`/api/documents/${encodeURIComponent(id)}/bundle`)
      await writeWhole(options.out, new Uint8Array(await response.arrayBuffer()))
      output.print(options.json === true ? JSON.stringify({ file: options.out }) : options.out)
    })
}

async function readKey(place: string): Promise<string> {
  if (!isAddress(place)) return new TextDecoder().decode(await readBytes(place))
  const response = await fetch(place).catch((cause: unknown) => {
    throw new DomainError('engine-unavailable', `nobody answers at ${place}`, { cause })
  })
  if (!response.ok) throw new DomainError('invalid-input', `${place} answered ${response.status}, no key`)
  return response.text()
}

function describeCheck({ valid, problems, key, trusted, document, locales, missing }: ReleaseCheck): string {
  if (!valid) return problems.map((problem) => `not as it was released: ${problem}`).join('\n')
  const languages = `${locales.join(', ')}${missing.length === 0 ? '' : ` (without ${missing.join(', ')})`}`
  const whose = trusted
    ? `signed with the key you gave (${key})`
    : `undamaged; whether ${key} is the publisher's key was not checked: give it with --key`
  return `${document}: ${languages}\n${whose}`
}

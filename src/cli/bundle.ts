import { type Command, Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { type ReleaseCheck, verifyRelease } from '../store/release-archive.ts'
import type { ApiClient } from './api-client.ts'
import { isAddress } from './article-command.ts'
import { CONTENT_KINDS, type ContentKind, type SyncReport, syncBundles } from './bundle-sync.ts'
import { EXIT } from './exit.ts'
import { readBytes, writeWhole } from './files.ts'
import { jsonOption, type Output } from './program.ts'

type BundleOptions = {
  readonly out?: string
  readonly verify?: string
  readonly key?: string
  readonly all?: true
  readonly since?: string
  readonly dir?: string
  readonly locale?: string
  readonly as?: readonly ContentKind[]
  readonly json?: true
}

/** `talmach bundle`: fetches what is finished, as a ZIP or into a folder, or checks a ZIP that was fetched. */
export function addBundleCommand(
  program: Command,
  deps: { readonly api: () => ApiClient },
  output: Output,
): void {
  program
    .command('bundle')
    .description('fetch finished languages as a ZIP or into a folder, or check such a ZIP')
    .argument('[document...]', 'document ids')
    .option('--out <file>', 'where the ZIP of one document goes')
    .option('--dir <dir>', 'write <slug>/<locale>/… here, ready to be committed')
    .option('--all', 'with --dir: everything that is published')
    .option('--since <cursor>', 'with --dir: what has happened since the cursor that the last run printed')
    .option('--locale <locale>', 'with --dir: only this language')
    .addOption(contentOption())
    .addOption(new Option('--verify <file>', 'check a ZIP without any server').conflicts('out'))
    .option('--key <file>', 'with --verify: the public key (PEM) of its publisher, a file or an address')
    .addOption(jsonOption())
    .action(async (ids: readonly string[], options: BundleOptions) => {
      if (options.verify !== undefined) {
        const key = options.key === undefined ? undefined : await readKey(options.key)
        const check = verifyRelease(await readBytes(options.verify), key, options.verify)
        output.print(options.json === true ? JSON.stringify(check) : describeCheck(check))
        if (!check.valid) output.finishWith(EXIT.failed)
        return
      }
      if (options.dir !== undefined) {
        const { dir, since = '0', all = false } = options
        if ((ids.length === 0) !== (all || options.since !== undefined) || !/^\d{1,18}$/.test(since)) {
          throw new DomainError('misconfigured', 'with --dir name documents, or give --all or --since CURSOR')
        }
        const documents = ids.length === 0 ? undefined : ids
        const { locale, as = [] } = options
        const report = await syncBundles(deps.api(), { documents, since, locale, dir, as })
        output.print(options.json === true ? JSON.stringify(report) : describeSync(report))
        return
      }
      const [id, ...others] = ids
      if (id === undefined || others.length > 0 || options.out === undefined) {
        throw new DomainError(
          'misconfigured',
          'name a document and --out FILE, or give --dir DIR, or --verify FILE',
        )
      }
      const response = await deps.api()(`/api/documents/${encodeURIComponent(id)}/bundle`)
      await writeWhole(options.out, new Uint8Array(await response.arrayBuffer()))
      output.print(options.json === true ? JSON.stringify({ file: options.out }) : options.out)
    })
}

/** Renderings beside the document. */
export function contentOption(): Option {
  return new Option('--as <kinds>', 'also the content as html, md, txt or json, with commas').argParser(
    (text): readonly ContentKind[] =>
      text.split(',').map((part) => {
        const kind = CONTENT_KINDS.find((known) => known === part.trim())
        if (kind !== undefined) return kind
        throw new DomainError('misconfigured', `--as ${part.trim()} is none of ${CONTENT_KINDS.join(', ')}`)
      }),
  )
}

/** What a run has changed, and where the next one begins. */
export function describeSync({ written, removed, unchanged, retracted, next }: SyncReport): string {
  return [
    ...written,
    ...removed.map((path) => `removed ${path}`),
    ...retracted.map(({ document, notice }) => `withdrawn ${document}: ${notice.replace(/\s+/g, ' ')}`),
    `${written.length} written, ${removed.length} removed, ${unchanged} as they were; go on with --since ${next}`,
  ].join('\n')
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

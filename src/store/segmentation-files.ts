import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import type { SrxRules } from '../domain/srx.ts'
import { readSrx } from '../exchange/srx.ts'
import { readBreakLists } from '../segmentation/break-lists.ts'
import { SEGMENTATION_VERSION, type SegmentationOptions } from '../segmentation/segment.ts'

export type SegmentationChoice = {
  readonly options: SegmentationOptions
  /** The version of our rules, and a hash of what was put beside or in place of them. */
  readonly version: string
}

/** Our own rules, nothing else. */
export const OWN_RULES: SegmentationChoice = { options: {}, version: SEGMENTATION_VERSION }

/**
 * How one partner's documents are segmented; '' for documents of no partner. Files are read when they are
 * asked for, so an edited list holds from the next document on.
 * @param files read over those of the partner
 * @throws DomainError `invalid-input` for an unknown partner, and what `readSegmentationFiles` throws
 */
export type SegmentationOf = (partner: string, files?: readonly string[]) => Promise<SegmentationChoice>

/**
 * Rules kept as data: the files of `folder` hold for every document, those of `folder/<partner>` for the
 * partner's documents besides.
 * @param folder TALMACH_SEGMENTATION; undefined: our own rules, and no partner is known
 */
export function openSegmentation(folder: string | undefined): SegmentationOf {
  return async (partner, files = []) => {
    if (partner === '') return readSegmentationFiles(folder === undefined ? [files] : [[folder], files])
    if (folder === undefined) {
      const message = `no break lists for “${partner}”: set TALMACH_SEGMENTATION to the folder of them`
      throw new DomainError('invalid-input', message)
    }
    // Only what the folder itself lists is opened, so a name can never lead out of it.
    const partners = await listPartners(folder)
    if (!partners.includes(partner)) {
      const known = partners.length === 0 ? 'it has no folders yet' : `there are ${partners.join(', ')}`
      throw new DomainError('invalid-input', `TALMACH_SEGMENTATION has no folder “${partner}”: ${known}`)
    }
    return readSegmentationFiles([[folder], [join(folder, partner)], files])
  }
}

/** Names of the partners with lists of their own, sorted. */
async function listPartners(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new DomainError('not-found', 'no such folder', { place: { file: folder }, cause })
  })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
}

/**
 * Reads files that change how text is segmented: break lists with their settings (`.txt`, `.json`), which are
 * joined, and an SRX file, which replaces our rules.
 * @param layers files, or folders whose files are meant (not their folders). A later layer's SRX file stands in
 *   place of an earlier one's, and so do its settings
 * @throws DomainError `not-found`, `invalid-input` with file and line, also for two SRX files in one layer
 */
export async function readSegmentationFiles(
  layers: readonly (readonly string[])[],
): Promise<SegmentationChoice> {
  const found = await Promise.all(layers.map(async (paths) => (await Promise.all(paths.map(filesOf))).flat()))
  const files = found.flat()
  if (files.length === 0) return OWN_RULES
  const srxFile = found.map(oneSrx).findLast((file) => file !== undefined)
  const hash = createHash('sha256')
  const noBreakAfter: string[] = []
  const breakAfter: string[] = []
  let settings: Pick<SegmentationOptions, 'splitInQuotes' | 'splitInBrackets' | 'srx'> = {}
  for (const file of files) {
    if (isSrx(file) && file !== srxFile) continue
    const text = await readFile(file, 'utf8')
    hash.update(text)
    if (isSrx(file)) settings = { ...settings, srx: parseSrx(text, file) }
    else {
      const { noBreakAfter: never, breakAfter: always, ...chosen } = readBreakLists(text, file)
      noBreakAfter.push(...never)
      breakAfter.push(...always)
      settings = { ...settings, ...chosen }
    }
  }
  return {
    options: { noBreakAfter, breakAfter, ...settings },
    version: `${SEGMENTATION_VERSION}+${hash.digest('hex').slice(0, 12)}`,
  }
}

function isSrx(file: string): boolean {
  return extname(file).toLowerCase() === '.srx'
}

/** The SRX file among these, which there may be one of. */
function oneSrx(files: readonly string[]): string | undefined {
  const [first, second] = files.filter(isSrx)
  if (second === undefined) return first
  const message = `there is an SRX file already (${basename(first ?? '')}): give one`
  throw new DomainError('invalid-input', message, { place: { file: second } })
}

/** The last SRX text and its rules: what the rules compile to is kept with them. */
let lastSrx: { readonly text: string; readonly rules: SrxRules } | undefined

function parseSrx(text: string, file: string): SrxRules {
  if (lastSrx?.text !== text) lastSrx = { text, rules: readSrx(text, file) }
  return lastSrx.rules
}

const READ = new Set(['.srx', '.txt', '.json'])

async function filesOf(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new DomainError('not-found', 'no such file', { place: { file: path } })
  if (!found.isDirectory()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && READ.has(extname(entry.name).toLowerCase()))
    .map(({ name }) => join(path, name))
    .sort()
}

import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
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
 * Reads files that change how text is segmented: break lists (`.txt`, `.json`; several are joined) and one SRX
 * file, which replaces our rules.
 * @param paths files, or folders whose files are meant
 * @throws DomainError `not-found`, `invalid-input` with file and line, also for two SRX files
 */
export async function readSegmentationFiles(paths: readonly string[]): Promise<SegmentationChoice> {
  const files = (await Promise.all(paths.map(filesOf))).flat()
  if (files.length === 0) return OWN_RULES
  const hash = createHash('sha256')
  const noBreakAfter: string[] = []
  const breakAfter: string[] = []
  let srx: SegmentationOptions['srx']
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    hash.update(text)
    if (extname(file).toLowerCase() !== '.srx') {
      const lists = readBreakLists(text, file)
      noBreakAfter.push(...lists.noBreakAfter)
      breakAfter.push(...lists.breakAfter)
      continue
    }
    if (srx !== undefined)
      throw new DomainError('invalid-input', 'there is an SRX file already: give one', { place: { file } })
    srx = readSrx(text, file)
  }
  return {
    options: { noBreakAfter, breakAfter, ...(srx === undefined ? {} : { srx }) },
    version: `${SEGMENTATION_VERSION}+${hash.digest('hex').slice(0, 12)}`,
  }
}

const READ = new Set(['.srx', '.txt', '.json'])

async function filesOf(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new DomainError('not-found', 'no such file', { place: { file: path } })
  if (!found.isDirectory()) return [path]
  const entries = await readdir(path)
  return entries
    .filter((entry) => READ.has(extname(entry).toLowerCase()))
    .sort()
    .map((entry) => join(path, entry))
}

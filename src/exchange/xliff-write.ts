import { writeXliff12 } from './xliff-1.2-write.ts'
import { writeXliff2 } from './xliff-2-write.ts'
import type { ExchangeFile, XliffVersion } from './xliff-model.ts'
import { PROFILE_TRAITS, type XliffProfile } from './xliff-profile.ts'

/**
 * Writes a document in one locale for translators' tools, valid against the schemas of its version and shaped
 * as the tools were measured to need it: see `xliff-1.2-write.ts` and `xliff-2-write.ts`.
 *
 * @param profile for which tools: see `xliff-profile.ts`
 * @param version 1.2 suits every tool; Poedit refuses 2.1, and OmegaT 3.6 finds no segment in either 2.x
 * @returns the file's text, to be encoded as UTF-8
 */
export function writeXliff(
  file: ExchangeFile,
  version: XliffVersion,
  profile: XliffProfile = 'default',
): string {
  const traits = PROFILE_TRAITS[profile]
  return version === '1.2' ? writeXliff12(file, traits) : writeXliff2(file, version, traits)
}

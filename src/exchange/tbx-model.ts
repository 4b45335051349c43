/**
 * How concepts are carried in TBX. ISO 30042:2019 has data categories for most of what we know; the rest goes into
 * core `note` elements, which every dialect allows at every level and other tools keep. One fact a note, written
 * `talmach:key=value`:
 *
 * | key | where | value |
 * | --- | --- | --- |
 * | `id` | concept | the id, where it is no XML name |
 * | `enforcement` | concept | `hard`, `advisory` |
 * | `case` | term | `sensitive`, `insensitive`, `initial` |
 * | `inflecting` | term | `yes`, `no` |
 * | `forms` | term | forms between `|`; a `|` or `\` of a form is `\|`, `\\` |
 * | `note` | term | a note for people that itself begins with `talmach:` |
 */
import type { TermStatus } from '../domain/term.ts'

export const TBX_NAMESPACE = 'urn:iso:std:iso:30042:ed-2'
export const MIN_NAMESPACE = 'http://www.tbxinfo.net/ns/min'
export const BASIC_NAMESPACE = 'http://www.tbxinfo.net/ns/basic'

export const NOTE_PREFIX = 'talmach:'

/** Picklist of `administrativeStatus` (TBX-Min module). */
export const ADMINISTRATIVE_STATUS: Readonly<Record<TermStatus, string>> = {
  preferred: 'preferredTerm-admn-sts',
  admitted: 'admittedTerm-admn-sts',
  forbidden: 'deprecatedTerm-admn-sts',
}

/** What stands for a status in the files of others: TBX v2 `normativeAuthorization`, shortened picklists. */
export function statusOf(value: string): TermStatus | undefined {
  const name = value
    .trim()
    .toLowerCase()
    .replace(/-admn-sts$/, '')
    .replace(/term$/, '')
  return STATUS_NAMES.get(name)
}

const STATUS_NAMES: ReadonlyMap<string, TermStatus> = new Map([
  ['preferred', 'preferred'],
  ['standardized', 'preferred'],
  ['legal', 'admitted'],
  ['regulated', 'admitted'],
  ['admitted', 'admitted'],
  ['allowed', 'admitted'],
  ['deprecated', 'forbidden'],
  ['superseded', 'forbidden'],
  ['obsolete', 'forbidden'],
  ['forbidden', 'forbidden'],
  ['notrecommended', 'forbidden'],
])

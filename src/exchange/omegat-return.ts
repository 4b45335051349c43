import { DomainError } from '../domain/errors.ts'
import { escapeXmlText, parseXml } from '../xml/tree.ts'
import { fromOmegat, type OmegatText, omegatText, withPlainNumbers } from './omegat-text.ts'
import { type TransUnit, transUnits } from './omegat-units.ts'
import { readTmx } from './tmx.ts'
import type { TmxPair } from './tmx-model.ts'

export type OmegatReturn = {
  /** The XLIFF with the memory's translations as targets, in state `translated`. */
  readonly xliff: string
  /** Units that the memory translates. */
  readonly filled: number
  /** Sources in the memory that the file does not have. */
  readonly strangers: readonly string[]
}

/**
 * What OmegaT's `project_save.tmx` says of the XLIFF in the project's `source` folder, as if OmegaT had created its
 * translated documents. A translation that OmegaT keeps for one place only (alternative) goes to that place; others
 * go to every unit with the same source.
 *
 * @param xliff the XLIFF 1.2 that went into the project
 * @param tmx decoded
 * @throws DomainError `invalid-input` where one of them cannot be read, or the memory translates nothing of the file
 */
export function fillFromProjectMemory(xliff: string, tmx: string, tmxFile?: string): OmegatReturn {
  const units = transUnits(parseXml(xliff, { looseNamespaces: true }))
  const texts = units.map(({ source }) => omegatText(source, xliff))
  const keys = texts.map((text) => (text === undefined ? undefined : withPlainNumbers(text.shown, '').key))
  const memory = byKey(readTmx(tmx, tmxFile === undefined ? {} : { file: tmxFile }))
  const known = new Set(keys)
  let filled = 0
  let out = ''
  let from = 0
  for (const [at, unit] of units.entries()) {
    const [text, key] = [texts[at], keys[at]]
    const entries = key === undefined ? undefined : memory.get(key)
    if (text === undefined || entries === undefined) continue
    const written = entryFor(unit, entries, keys[at - 1], keys[at + 1])
    if (written === undefined) continue
    out += xliff.slice(from, unit.target?.start ?? unit.source.end) + targetOf(written, text)
    from = unit.target?.end ?? unit.source.end
    filled++
  }
  const strangers = [...memory.keys()].filter((key) => !known.has(key))
  if (filled === 0) {
    const place = tmxFile === undefined ? {} : { place: { file: tmxFile } }
    throw new DomainError(
      'invalid-input',
      'this project memory translates nothing of the project’s XLIFF',
      place,
    )
  }
  return { xliff: out + xliff.slice(from), filled, strangers }
}

type Entry = {
  readonly target: string
  /** For one place only, as OmegaT's properties say; undefined for all. */
  readonly place: { readonly id?: string; readonly prev?: string; readonly next?: string } | undefined
}

function byKey(pairs: readonly TmxPair[]): ReadonlyMap<string, readonly Entry[]> {
  const entries = new Map<string, Entry[]>()
  for (const { source, target, properties = [] } of pairs) {
    if (target.text === '') continue
    const said = new Map(properties.map(({ type, value }) => [type, value]))
    const plain = (text: string | undefined): string | undefined =>
      text === undefined ? undefined : withPlainNumbers(text, '').key
    const id = said.get('id')
    const prev = plain(said.get('prev'))
    const next = plain(said.get('next'))
    const place =
      !said.has('file') && id === undefined
        ? undefined
        : {
            ...(id === undefined ? {} : { id }),
            ...(prev === undefined ? {} : { prev }),
            ...(next === undefined ? {} : { next }),
          }
    const numbered = withPlainNumbers(source.text, target.text)
    const list = entries.get(numbered.key) ?? []
    list.push({ target: numbered.target, place })
    entries.set(numbered.key, list)
  }
  return entries
}

function entryFor(
  { id }: TransUnit,
  entries: readonly Entry[],
  prev: string | undefined,
  next: string | undefined,
): string | undefined {
  const own = entries.find(({ place }) => {
    if (place === undefined) return false
    if (place.id !== undefined) return place.id === id
    return (place.prev ?? '') === (prev ?? '') && (place.next ?? '') === (next ?? '')
  })
  return (own ?? entries.find(({ place }) => place === undefined))?.target
}

function targetOf(written: string, text: OmegatText): string {
  return `<target state="translated">${fromOmegat(written, text, escapeXmlText)}</target>`
}

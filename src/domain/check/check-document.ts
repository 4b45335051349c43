/** What can only be seen in a whole document: the same sentence translated in two ways, and the like. */

import type { Finding } from '../finding.ts'
import { say } from '../saying.ts'
import { dropCodes, type Fault, hideCodes } from './check.ts'
import { distance, skeletonOf } from './name-skeleton.ts'
import { type CheckSettings, levelOf } from './settings.ts'

/** @param target null where the segment has no translation */
export type DocumentEntry = {
  readonly id: string
  readonly source: string
  readonly target: string | null
}

/**
 * `untranslated`, `inconsistent-target` (a warning from four words on, an info below, where a word such as “Open” may
 * rightly have two translations), `inconsistent-source` (a warning where the sources have hardly a word in common)
 * and `name-inconsistent`, over all segments of one document in one locale. Linear in the length of the document.
 * @returns findings by segment id; each names the other segment, so that both can be opened
 */
export function checkDocument(
  entries: readonly DocumentEntry[],
  targetLocale: string,
  settings?: CheckSettings,
): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>()
  const add = (id: string, fault: Fault): void => {
    const severity = levelOf(fault.check, targetLocale, fault.severity, settings)
    if (severity !== 'off') found.set(id, [...(found.get(id) ?? []), { ...fault, severity }])
  }
  for (const { id, source, target } of entries) {
    if (target === null && /\p{L}/u.test(source))
      add(id, { check: 'untranslated', ...say('This segment is not translated.') })
  }
  const translated = entries.flatMap(({ id, source, target }) =>
    target === null ? [] : [{ id, source: fold(source), target: fold(target), text: target }],
  )
  compareTargets(translated, add)
  compareSources(translated, add)
  compareNames(translated, add)
  return found
}

type Pair = { readonly id: string; readonly source: string; readonly target: string; readonly text: string }
type Add = (id: string, fault: Fault) => void

function compareTargets(pairs: readonly Pair[], add: Add): void {
  for (const group of Map.groupBy(pairs, ({ source }) => source).values()) {
    const [first] = group
    if (first === undefined || first.source === '') continue
    const other = group.find(({ target }) => target !== first.target)
    if (other === undefined) continue
    const short = first.source.split(' ').length < LONG
    for (const { id, target } of group) {
      const against = target === first.target ? other : first
      add(id, {
        check: 'inconsistent-target',
        severity: short ? 'info' : 'warning',
        ...say('The same source is translated differently in {segment}: “{text}”.', {
          segment: against.id,
          text: shorten(against.text),
        }),
      })
    }
  }
}

function compareSources(pairs: readonly Pair[], add: Add): void {
  for (const group of Map.groupBy(pairs, ({ target }) => target).values()) {
    const [first] = group
    if (first === undefined || first.target.length < SHORT_TEXT) continue
    const other = group.find(({ source }) => source !== first.source)
    if (other === undefined) continue
    const unlike = sharedWords(first.source, other.source) < 0.5
    for (const { id, source } of group) {
      const against = source === first.source ? other : first
      add(id, {
        check: 'inconsistent-source',
        severity: unlike ? 'warning' : 'info',
        ...say('Another sentence has this same translation: {segment}.', { segment: against.id }),
      })
    }
  }
}

/** Words with a capital inside a sentence that differ by one letter and sound the same, where one form is rare. */
function compareNames(pairs: readonly Pair[], add: Add): void {
  const forms = new Map<string, { count: number; id: string; start: number; skeleton: string }>()
  for (const { id, text } of pairs) {
    for (const { 0: word, index } of hideCodes(text).matchAll(NAMES)) {
      const known = forms.get(word)
      if (known !== undefined) known.count++
      else forms.set(word, { count: 1, id, start: index, skeleton: skeletonOf(word) })
    }
  }
  const alike = Map.groupBy(forms, ([, { skeleton }]) => skeleton)
  for (const group of alike.values()) {
    const ranked = group.toSorted(([, a], [, b]) => b.count - a.count).slice(0, 8)
    const [common] = ranked
    if (common === undefined || common[1].count < 2) continue
    for (const [word, { id, start }] of ranked.slice(1)) {
      // Where the ends differ it is another case, not another spelling.
      if (distance(word, common[0]) !== 1 || word.slice(-3) !== common[0].slice(-3)) continue
      add(id, {
        check: 'name-inconsistent',
        ...say('“{word}” is written “{other}” elsewhere in this document.', { word, other: common[0] }),
        start,
        end: start + word.length,
      })
    }
  }
}

function sharedWords(a: string, b: string): number {
  const left = new Set(a.split(' '))
  const right = new Set(b.split(' '))
  return left.intersection(right).size / Math.max(1, Math.min(left.size, right.size))
}

/** Case, spaces and the punctuation at the end do not make another sentence. */
function fold(text: string): string {
  return dropCodes(text)
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?…:;,。！？]$/u, '')
}

const shorten = (text: string): string => {
  const plain = dropCodes(text)
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain
}

const LONG = 4
const SHORT_TEXT = 12
const NAMES = /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{5,30}(?!\p{L})/gu

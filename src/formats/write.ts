import { codeIndexAt, codesIn, type Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { isPriorFor } from '../domain/prior-target.ts'
import { ADAPTERS } from './adapters.ts'
import { renderAsides, splicesBeside } from './asides.ts'
import { encodeDocument } from './encoding.ts'
import type { ReadDocument } from './read.ts'
import { type Edit, renderEdits } from './render.ts'
import { applySplices } from './splices.ts'

/** A translation of part of a unit: usually of one segment. */
export type UnitTranslation = {
  readonly unitId: string
  /** Offsets in the unit's text. */
  readonly start: number
  readonly end: number
  /** U+E000 + k stands for the k-th code, in order of appearance, of the unit's text between them. */
  readonly text: string
}

/**
 * A document with translations in place of the ranges that they cover. Every other byte is unchanged; with no
 * translations, or with translations that equal their source, the bytes are those that were read.
 *
 * A code is written as the characters it stands for; translations of units inside it (the `alt` of an image)
 * are applied there. Of a pair of codes that both stand in the range, a half is written only where its other
 * half follows (or precedes) it, so a dropped end tag cannot spill its formatting over the rest of the page. A
 * half whose partner stands outside the range is written even where the translation dropped it: an opening one
 * at the end of the range, a closing one at its start. Line breaks in a translation become those of the document.
 *
 * @param options.locale of the translations: what else it changes is changed too (`<html lang dir>`, `w:lang`)
 * @param translations in any order; the ranges of one unit must not overlap
 * @throws DomainError `invalid-input` for an unknown unit, a range outside its unit or overlapping another, a
 * code that the range does not have, and characters that the document's encoding cannot hold
 */
export function writeDocument(
  document: ReadDocument,
  translations: readonly UnitTranslation[],
  options: { readonly locale?: string } = {},
): Uint8Array {
  const { flavour, localise, asides } = ADAPTERS[document.format]
  const { settings = {}, sourceLocale } = document
  const beside = asides?.(document.source, options.locale, { settings, sourceLocale })
  const known = new Map(document.units.map((unit, index) => [unit.id, index]))
  const entries: { readonly index: number; readonly unit: Unit; readonly part: UnitTranslation }[] = []
  for (const part of translations) {
    const index = known.get(part.unitId) ?? -1
    const unit = document.units[index]
    if (unit === undefined) throw invalid(part, 'the document has no such unit')
    check(unit, part)
    entries.push({ index, unit, part })
  }
  entries.sort((a, b) => a.index - b.index || a.part.start - b.part.start)
  const edits: Edit[] = []
  for (const [at, { unit, part }] of entries.entries()) {
    const before = entries[at - 1]
    if (before?.unit === unit && part.start < before.part.end)
      throw invalid(part, 'two translations overlap here')
    const evenIfEqual = beside?.get(unit.id)?.evenIfEqual === true
    const stands = evenIfEqual ? isPrior(unit, part, options.locale) : isSource(unit, part)
    if (!stands) edits.push({ unit, part })
  }
  if (document.archive !== undefined) return writeArchive(document, document.archive, edits, options.locale)
  const splices = options.locale === undefined ? [] : (localise?.(document.source, options.locale) ?? [])
  if (beside !== undefined) {
    const written = renderAsides(document.source, edits, flavour, beside)
    const all = [...splicesBeside(splices, written), ...written]
    return encodeDocument(applySplices(document.source, all), document)
  }
  let text = ''
  let at = 0
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    text += renderEdits(document.source, edits, flavour, { start: at, end: splice.start }) + splice.text
    at = splice.end
  }
  text += renderEdits(document.source, edits, flavour, { start: at, end: document.source.length })
  return encodeDocument(text, document)
}

/** Part by part, so that each part's new length stays its own affair. */
function writeArchive(
  document: ReadDocument,
  archive: NonNullable<ReadDocument['archive']>,
  edits: readonly Edit[],
  locale: string | undefined,
): Uint8Array {
  const { flavour, container, localiseParts } = ADAPTERS[document.format]
  const written = new Map<string, string>()
  for (const { name, start, end } of archive.parts) {
    const within = edits.filter(({ unit }) => (unit.offsets[0] ?? 0) >= start && (unit.offsets[0] ?? 0) < end)
    const rendered = within.length > 0
    const text = document.source.slice(start, end)
    written.set(name, rendered ? renderEdits(document.source, within, flavour, { start, end }) : text)
  }
  const localised =
    locale === undefined || localiseParts === undefined ? written : localiseParts(written, locale)
  const changed = new Map<string, string>()
  for (const { name, start, end } of archive.parts) {
    const text = localised.get(name)
    if (text !== undefined && text !== document.source.slice(start, end)) changed.set(name, text)
  }
  if (changed.size === 0 || container === undefined) return archive.bytes
  return container.close(archive.bytes, changed)
}

function check(unit: Unit, translation: UnitTranslation): void {
  const { start, end, text } = translation
  const inside = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end
  if (!inside || end > unit.text.length) {
    throw invalid(translation, `the range ${start} to ${end} is not inside the unit’s text`)
  }
  if (cutsPair(unit.text, start) || cutsPair(unit.text, end)) {
    throw invalid(translation, `the range ${start} to ${end} cuts a character in two`)
  }
  if (text.includes('\0')) throw invalid(translation, 'a translation must not hold NUL characters')
  if (unit.codes.length === 0 && !ANY_CODE.test(text)) return
  const used = codesIn(text)
  const available = used.length === 0 ? 0 : codesIn(unit.text.slice(start, end)).length
  const wrong = used.find((index) => index >= available)
  if (wrong !== undefined) {
    throw invalid(translation, `the translation uses code ${wrong + 1}, but its source has ${available}`)
  }
}

/** True between the two halves of a surrogate pair. */
function cutsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
}

const ANY_CODE = /[\ue000-\uf8ff]/

/** True when the translation is the source text itself: then its bytes stay. */
function isSource(unit: Unit, { start, end, text }: UnitTranslation): boolean {
  if (text.length !== end - start) return false
  if (unit.codes.length === 0) return unit.text.startsWith(text, start)
  let code = 0
  for (let at = 0; at < text.length; at++) {
    if (codeIndexAt(unit.text, start + at) === -1) {
      if (unit.text.charCodeAt(start + at) !== text.charCodeAt(at)) return false
    } else if (codeIndexAt(text, at) !== code++) return false
  }
  return true
}

/** True when the document has this very translation of the whole unit already: then its bytes stay. */
function isPrior({ text, prior }: Unit, part: UnitTranslation, locale: string | undefined): boolean {
  if (prior === undefined || part.text !== prior.text || part.end - part.start !== text.length) return false
  return locale === undefined || isPriorFor(prior, locale)
}

function invalid(translation: UnitTranslation, message: string): DomainError {
  return new DomainError('invalid-input', message, { place: { segment: translation.unitId } })
}

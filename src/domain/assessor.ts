import { type Assessment, assessTarget, type Waiver } from './assessment.ts'
import type { CheckSettings } from './check/settings.ts'
import type { CueText } from './check/subtitle-cue.ts'
import type { InlineCode } from './document.ts'
import type { TargetOrigin, TargetState } from './target.ts'
import type { Glossary } from './term.ts'
import { findOccurrences } from './term-index.ts'
import type { TermIndexes } from './term-indexes.ts'

export type Assessor = (
  segment: { readonly text: string; readonly codes: readonly InlineCode[] },
  target: { readonly text: string; readonly origin: TargetOrigin; readonly state: TargetState },
  waivers?: readonly Waiver[],
  /** Of subtitles, see `cueTexts`. */
  cue?: CueText,
) => Assessment

/**
 * `assessTarget` for many segments of one locale pair.
 * @param indexes of these glossaries
 * @param settings severities, forbidden words and lengths that differ from the catalogue's
 */
export function createAssessor(
  glossaries: readonly Glossary[],
  indexes: TermIndexes,
  sourceLocale: string,
  targetLocale: string,
  settings?: CheckSettings,
): Assessor {
  const sourceIndex = indexes(sourceLocale)
  const targetIndex = indexes(targetLocale)
  return (segment, target, waivers = [], cue) =>
    assessTarget({
      source: segment.text,
      codes: segment.codes,
      target: target.text,
      origin: target.origin,
      state: target.state,
      sourceLocale,
      targetLocale,
      glossaries,
      occurrences: findOccurrences(sourceIndex, segment.text),
      targetIndex,
      waivers,
      cue,
      settings,
    })
}

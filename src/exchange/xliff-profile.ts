import type { XliffVersion } from './xliff-model.ts'

/** For whom an XLIFF is written: `rich` is for Trados, memoQ, Phrase and their like. */
export const XLIFF_PROFILES = ['default', 'omegat', 'poedit', 'rich'] as const
export type XliffProfile = (typeof XLIFF_PROFILES)[number]

export type ProfileTraits = {
  /**
   * In 1.2, an untranslated unit has a copy of its source as target: OmegaT 3.6 shows targets only and hides a unit
   * without one. Poedit would show the copy as text that needs work, memoQ and Trados as a draft.
   */
  readonly copiesSource: boolean
  /**
   * Has `alt-trans` (1.2) or `mtc:matches` (2.x). Not for OmegaT, which shows the source of an `alt-trans` in place
   * of the unit's and then loses work, nor for tools that let a match's target leak into the segment.
   */
  readonly matches: boolean
  /** Says length limits in `slr` (2.x); those of 1.2 are attributes that harm no tool and are always written. */
  readonly limits: boolean
  /** Versions that the tools read. */
  readonly versions: readonly XliffVersion[]
}

/** What each profile does, by what was measured on the tools themselves (docs/exchange.md). */
export const PROFILE_TRAITS: Readonly<Record<XliffProfile, ProfileTraits>> = {
  default: { copiesSource: true, matches: false, limits: false, versions: ['1.2', '2.0', '2.1'] },
  omegat: { copiesSource: true, matches: false, limits: false, versions: ['1.2', '2.0', '2.1'] },
  poedit: { copiesSource: false, matches: false, limits: false, versions: ['1.2', '2.0'] },
  rich: { copiesSource: false, matches: true, limits: true, versions: ['1.2', '2.0', '2.1'] },
}

/** @returns why no tool of this profile could read this version; undefined where they can */
export function whyNotFor(profile: XliffProfile, version: XliffVersion): string | undefined {
  const { versions } = PROFILE_TRAITS[profile]
  if (versions.includes(version)) return undefined
  return `${profile} does not read XLIFF ${version}: ask for ${versions.join(' or ')}`
}

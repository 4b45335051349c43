/** States of a target, XLIFF 2's own (XLIFF 2.1 §4.3.1.30, `state`). */
export const TARGET_STATES = ['initial', 'translated', 'reviewed', 'final'] as const
export type TargetState = (typeof TARGET_STATES)[number]

/** Where a target's words came from: the XLIFF `subState`, written as `talmach:mt` and so on. */
export const TARGET_ORIGINS = ['mt', 'tm-exact', 'tm-context', 'tm-fuzzy', 'human'] as const
export type TargetOrigin = (typeof TARGET_ORIGINS)[number]

/** What stands in one segment in one locale. An untranslated segment has no target. */
export type Target = {
  /** With code characters (see `document.ts`) that refer to the segment's codes. */
  readonly text: string
  readonly state: TargetState
  readonly origin: TargetOrigin
  /** Engine name for `mt`, memory name for `tm-*`, the person's public name for `human`. */
  readonly by: string
  /** Grows by one with every change; the first is 1. */
  readonly version: number
}

import {
  TARGET_ORIGINS,
  TARGET_STATES,
  type Target,
  type TargetOrigin,
  type TargetState,
} from '../domain/target.ts'
import { TOOL_ID } from './xliff-model.ts'

/** `target` attributes of XLIFF 1.2 (§2.3 of its specification, `state`, `state-qualifier`) for a target. */
export type State12 = {
  readonly state: string
  readonly qualifier?: string
  readonly approved: boolean
}

/**
 * A target's state in XLIFF 1.2. A state is always written, since MateCat imports a target without one as
 * approved. The qualifier is written only while the text is as the machine or memory gave it.
 */
export function state12(target: Target | undefined): State12 {
  if (target === undefined) return { state: 'needs-translation', approved: false }
  switch (target.state) {
    case 'initial': {
      const qualifier = QUALIFIER_OF[target.origin]
      const state = { state: 'needs-review-translation', approved: false }
      return qualifier === undefined ? state : { ...state, qualifier }
    }
    case 'translated':
      return { state: 'translated', approved: false }
    case 'reviewed':
      return { state: 'signed-off', approved: true }
    case 'final':
      return { state: 'final', approved: true }
  }
}

const QUALIFIER_OF: Readonly<Record<TargetOrigin, string | undefined>> = {
  mt: 'mt-suggestion',
  'tm-exact': 'exact-match',
  'tm-context': 'id-match',
  'tm-fuzzy': 'fuzzy-match',
  human: undefined,
}

/** `state-qualifier` for where a text came from; none for a person's. */
export function qualifierOf(origin: TargetOrigin): string | undefined {
  return QUALIFIER_OF[origin]
}

const ORIGIN_OF_QUALIFIER: ReadonlyMap<string, TargetOrigin> = new Map([
  ['mt-suggestion', 'mt'],
  ['leveraged-mt', 'mt'],
  ['exact-match', 'tm-exact'],
  ['leveraged-tm', 'tm-exact'],
  ['tm-suggestion', 'tm-fuzzy'],
  ['id-match', 'tm-context'],
  ['fuzzy-match', 'tm-fuzzy'],
])

/** States of 1.2 that say nobody has translated this yet. */
export const UNTRANSLATED_12: ReadonlySet<string> = new Set(['new', 'needs-translation'])

/** What the states of a 1.2 target mean in ours. `approved="yes"` alone counts as reviewed. */
export function meaningOf12(
  state: string | undefined,
  qualifier: string | undefined,
  approved: boolean | undefined,
): { readonly state: TargetState; readonly origin?: TargetOrigin } {
  const origin = ORIGIN_OF_QUALIFIER.get(qualifier ?? '')
  return { state: ourState12(state, approved), ...(origin === undefined ? {} : { origin }) }
}

function ourState12(state: string | undefined, approved: boolean | undefined): TargetState {
  if (state === 'final') return 'final'
  if (state === 'signed-off') return 'reviewed'
  if (state === 'translated') return approved === true ? 'reviewed' : 'translated'
  if (state === undefined) return approved === true ? 'reviewed' : 'initial'
  return 'initial'
}

/** `state` and `subState` of a segment in XLIFF 2.x; the sub-state only while nobody has translated it. */
export function state2(target: Target | undefined): { readonly state: string; readonly subState?: string } {
  if (target === undefined) return { state: 'initial' }
  if (target.state !== 'initial') return { state: target.state }
  return { state: 'initial', subState: `${TOOL_ID}:${target.origin}` }
}

/** What the state and sub-state of a 2.x segment mean in ours; foreign sub-states say nothing. */
export function meaningOf2(
  state: string | undefined,
  subState: string | undefined,
): { readonly state: TargetState; readonly origin?: TargetOrigin } {
  const [prefix, name] = (subState ?? '').split(':')
  const origin = prefix === TOOL_ID ? originNamed(name) : undefined
  const ours = TARGET_STATES.find((known) => known === state) ?? 'initial'
  return { state: ours, ...(origin === undefined ? {} : { origin }) }
}

/** @returns undefined for a name that is none of our origins */
export function originNamed(name: string | undefined): TargetOrigin | undefined {
  return TARGET_ORIGINS.find((origin) => origin === name)
}

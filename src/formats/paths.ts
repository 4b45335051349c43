import type { UnitKind } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'

/** Where in a tree of maps and lists a reader stands. */
export type PathState = {
  /** A string that stands here is text. */
  readonly chosen: boolean
  /** One step down: the key in a map, the index (from 0) in a list. */
  readonly enter: (step: string | number) => PathState
}

type Step = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'one' | 'any' }

const MOST_STEPS = 10_000
/** Stands for every key that no path names; `\0` keeps it apart from keys. */
const OTHER = '\0'

/**
 * The values that a person chose: dot paths with `*` for one step of any name and `**` for any number of steps,
 * none too; numbers are indexes of lists (from 0) or keys. A backslash before `.`, `*` or `\` makes it a
 * character of a key. The paths become an automaton whose states are made when they are first reached.
 *
 * @returns the state of the document's root
 * @throws DomainError `invalid-input` for a path that is empty or has an empty step, and for absurdly many steps
 */
export function choosePaths(paths: readonly string[]): PathState {
  /** Of all paths, one after the other; undefined behind the last step of each. */
  const steps: (Step | undefined)[] = []
  const starts: number[] = []
  for (const path of paths) {
    starts.push(steps.length)
    for (const step of parsePath(path)) steps.push(step)
    steps.push(undefined)
  }
  if (steps.length > MOST_STEPS) {
    throw new DomainError('invalid-input', `the paths have more than ${MOST_STEPS} steps; use * and **`)
  }
  const names = new Set(steps.map((step) => (step?.kind === 'name' ? step.name : OTHER)))
  const states = new Map<string, PathState>()
  const stateOf = (reached: readonly number[]): PathState => {
    const positions = [...withEmptySteps(steps, reached)].sort((a, b) => a - b)
    const key = positions.join()
    const known = states.get(key)
    if (known !== undefined) return known
    const next = new Map<string, PathState>()
    const state: PathState = {
      chosen: positions.some((at) => steps[at] === undefined),
      enter: (step) => {
        const name = names.has(`${step}`) ? `${step}` : OTHER
        const target = next.get(name) ?? stateOf(positions.flatMap((at) => follow(steps[at], at, name)))
        next.set(name, target)
        return target
      },
    }
    states.set(key, state)
    return state
  }
  return stateOf(starts)
}

/** `**` may stand for no step at all. */
function withEmptySteps(steps: readonly (Step | undefined)[], reached: readonly number[]): Set<number> {
  const all = new Set<number>()
  for (let at of reached) {
    all.add(at)
    while (steps[at]?.kind === 'any') all.add(++at)
  }
  return all
}

function follow(step: Step | undefined, at: number, name: string): readonly number[] {
  if (step?.kind === 'any') return [at]
  if (step === undefined) return []
  return step.kind === 'one' || ('name' in step && step.name === name) ? [at + 1] : []
}

function parsePath(path: string): readonly Step[] {
  const steps: Step[] = []
  let name = ''
  let plain = true // no backslash in this step
  const finish = (): void => {
    if (name === '') {
      throw new DomainError(
        'invalid-input',
        `the path “${path}” has an empty step; write it as items.*.title`,
      )
    }
    if (plain && name === '*') steps.push({ kind: 'one' })
    else if (plain && name === '**') steps.push({ kind: 'any' })
    else steps.push({ kind: 'name', name })
    name = ''
    plain = true
  }
  for (let at = 0; at < path.length; at++) {
    const character = path.charAt(at)
    if (character === '.') finish()
    else if (character === '\\' && /[.*\\]/.test(path.charAt(at + 1))) {
      name += path.charAt(++at)
      plain = false
    } else name += character
  }
  finish()
  return steps
}

const HEADLINE_KEYS = 'heading headline subhead subheading title'
const STANDFIRST_KEYS = 'abstract dek description excerpt lead standfirst subtitle summary teaser'
const CAPTION_KEYS = 'alt alttext caption imagealt imagecaption'
const OTHER_KEYS =
  'answer body bodytext content copy cta header hint html intro kicker label markdown message paragraph ' +
  'placeholder question quote rendered tagline text tooltip'

const keySet = (keys: string): ReadonlySet<string> => new Set(keys.split(' '))
const HEADLINES = keySet(HEADLINE_KEYS)
const STANDFIRSTS = keySet(STANDFIRST_KEYS)
const CAPTIONS = keySet(CAPTION_KEYS)
const TEXT_KEYS = keySet([HEADLINE_KEYS, STANDFIRST_KEYS, CAPTION_KEYS, OTHER_KEYS].join(' '))
const PREFIXES = /^(?:meta|og|seo|twitter|social|short|long)(?=.)/

/**
 * What is text where nobody chose: strings under keys that usually hold text, whatever their case, underscores
 * and hyphens, with the prefixes `meta`, `og`, `seo`, `short` and the like; lists of strings under such keys too.
 */
export function chooseUsual(): PathState {
  const enter = (step: string | number): PathState => {
    if (typeof step === 'number') return notChosen
    const key = normalise(step)
    return TEXT_KEYS.has(key) || TEXT_KEYS.has(key.replace(PREFIXES, '')) ? chosen : notChosen
  }
  const notChosen: PathState = { chosen: false, enter }
  const chosen: PathState = {
    chosen: true,
    enter: (step) => (typeof step === 'number' ? chosen : enter(step)),
  }
  return notChosen
}

/** Strings under some keys at the top level, for front matter. Keys in lower case; any case matches. */
export function chooseTopLevel(keys: ReadonlySet<string>): PathState {
  const nothing: PathState = { chosen: false, enter: () => nothing }
  const text: PathState = { chosen: true, enter: () => nothing }
  return {
    chosen: false,
    enter: (step) => (typeof step === 'string' && keys.has(step.toLowerCase()) ? text : nothing),
  }
}

/**
 * What kind of unit the value of a key is.
 *
 * @param key the nearest key above the value; undefined when there is none
 */
export function kindOfKey(key: string | undefined): UnitKind {
  const name = normalise(key ?? '').replace(PREFIXES, '')
  if (HEADLINES.has(name)) return 'headline'
  if (STANDFIRSTS.has(name)) return 'standfirst'
  return CAPTIONS.has(name) ? 'caption' : 'paragraph'
}

const LONGEST_KEY = 60

function normalise(key: string): string {
  return key.length > LONGEST_KEY ? '' : key.replace(/[_\-\s]/g, '').toLowerCase()
}

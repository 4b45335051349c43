import type { TargetOrigin, TargetState } from '../domain/target.ts'
import { attributeOf, type XmlElement } from '../xml/tree.ts'
import { meaningOf12 } from './xliff-states.ts'

/** Tools that put marks of their own into XLIFF. */
export const XLIFF_DIALECTS = ['trados', 'memoq', 'phrase', 'matecat', 'okapi', 'apple', 'angular'] as const
export type XliffDialect = (typeof XLIFF_DIALECTS)[number]

const NAMESPACES: readonly (readonly [namespace: RegExp, dialect: XliffDialect])[] = [
  [/^http:\/\/sdl\.com\/FileTypes\/SdlXliff\//, 'trados'],
  [/^MQXliff$/, 'memoq'],
  [/^http:\/\/www\.memsource\.com\//, 'phrase'],
  [/^https:\/\/www\.matecat\.com/, 'matecat'],
  [/^okapi-framework:/, 'okapi'],
]

/** The tool whose marks a file has: by the namespaces of the root, else by what the file says of itself. */
export function dialectOf(root: XmlElement, file: XmlElement): XliffDialect | undefined {
  for (const { attributes } of [root, file]) {
    for (const [name, { value }] of attributes) {
      if (!name.startsWith('xmlns:')) continue
      const known = NAMESPACES.find(([namespace]) => namespace.test(value))
      if (known !== undefined) return known[1]
    }
  }
  const tool = attributeOf(file, 'tool-id') ?? ''
  if (/^(?:matecat|mtc)-converter/.test(tool)) return 'matecat'
  const original = attributeOf(file, 'original') ?? ''
  if (original === 'ng2.template') return 'angular'
  return /\.(?:strings|stringsdict|xcstrings|storyboard|xib|plist)$/.test(original) ? 'apple' : undefined
}

/** What a tool's own mark says of a segment. */
export type ToolMark = {
  /** As written, for people: `conf="Draft"`. */
  readonly mark?: string
  readonly state?: TargetState
  readonly origin?: TargetOrigin
  readonly locked?: true
}

/** Trados: `conf` of `sdl:seg` (its `ConfirmationLevel`). What is not in here is as good as untouched. */
const CONF: ReadonlyMap<string, TargetState> = new Map([
  ['Draft', 'initial'],
  ['Translated', 'translated'],
  ['RejectedTranslation', 'initial'],
  ['ApprovedTranslation', 'reviewed'],
  ['RejectedSignOff', 'translated'],
  ['ApprovedSignOff', 'final'],
])

const CONF_OF: Readonly<Record<TargetState, string>> = {
  initial: 'Draft',
  translated: 'Translated',
  reviewed: 'ApprovedTranslation',
  final: 'ApprovedSignOff',
}

/** The mark of a Trados segment. @param seg the `sdl:seg` of its `mid` */
export function markOfTrados(seg: XmlElement | undefined): ToolMark {
  if (seg === undefined) return {}
  const conf = attributeOf(seg, 'conf')
  const origin = originOfTrados(seg)
  return {
    ...(conf === undefined ? {} : { mark: `conf="${conf}"` }),
    state: CONF.get(conf ?? '') ?? 'initial',
    ...(origin === undefined ? {} : { origin }),
    ...(attributeOf(seg, 'locked') === 'true' ? { locked: true as const } : {}),
  }
}

function originOfTrados(seg: XmlElement): TargetOrigin | undefined {
  switch (attributeOf(seg, 'origin')) {
    case 'mt':
    case 'nmt':
    case 'amt':
      return 'mt'
    case 'interactive':
      return 'human'
    case 'tm':
    case 'document-match': {
      if (attributeOf(seg, 'text-match') === 'SourceAndTarget') return 'tm-context'
      return attributeOf(seg, 'percent') === '100' ? 'tm-exact' : 'tm-fuzzy'
    }
    default:
      return undefined
  }
}

/** The marks of memoQ (`mq:status`, `mq:locked`, `mq:segmentproofread`) and Phrase (`m:confirmed`, `m:locked`) on a unit. */
export function markOfUnit(unit: XmlElement, dialect: XliffDialect | undefined): ToolMark {
  if (dialect === 'memoq') {
    const status = attributeOf(unit, 'mq:status')
    if (status === undefined) return {}
    const confirmed = status === 'ManuallyConfirmed'
    const proofread = attributeOf(unit, 'mq:segmentproofread') !== undefined
    return {
      mark: `mq:status="${status}"`,
      state: confirmed ? (proofread ? 'reviewed' : 'translated') : 'initial',
      ...(attributeOf(unit, 'mq:locked') === undefined ? {} : { locked: true as const }),
    }
  }
  if (dialect !== 'phrase') return {}
  const confirmed = attributeOf(unit, 'm:confirmed')
  const locked = attributeOf(unit, 'm:locked') === 'true' ? { locked: true as const } : {}
  if (confirmed === undefined) return locked
  return {
    mark: `m:confirmed="${confirmed}"`,
    state: confirmed === '1' ? 'translated' : 'initial',
    ...locked,
  }
}

/**
 * The attribute by which a tool marks a segment's state, where it is certain which value says it.
 *
 * @param element an `sdl:seg` for Trados, else the unit
 */
export function markFor(
  element: XmlElement,
  dialect: XliffDialect | undefined,
  state: TargetState,
): { readonly name: string; readonly value: string } | undefined {
  if (dialect === 'trados') return { name: 'conf', value: CONF_OF[state] }
  if (dialect === 'memoq' && attributeOf(element, 'mq:status') !== undefined) {
    return { name: 'mq:status', value: state === 'initial' ? 'PartiallyEdited' : 'ManuallyConfirmed' }
  }
  if (dialect === 'phrase' && attributeOf(element, 'm:confirmed') !== undefined) {
    return { name: 'm:confirmed', value: state === 'initial' ? '0' : '1' }
  }
  return undefined
}

/** What the marks of a tool and the file's own states mean together: a tool that has marks means them. */
export function meaningOf1(
  tool: ToolMark,
  state: string | undefined,
  qualifier: string | undefined,
  approved: boolean | undefined,
): { readonly state: TargetState; readonly origin?: TargetOrigin } {
  const written = meaningOf12(state, qualifier, approved)
  const origin = tool.origin ?? written.origin
  return { state: tool.state ?? written.state, ...(origin === undefined ? {} : { origin }) }
}

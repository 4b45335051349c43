import { Composer, CST, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml'
import type { UnitKind } from '../domain/document.ts'
import type { PathState } from './paths.ts'
import type { UnitDraft } from './unit-builder.ts'
import { draftValue } from './value-text.ts'
import { decodeScalar } from './yaml-scalars.ts'

export type YamlOptions = {
  /** What is chosen, see `choosePaths`. */
  readonly root: PathState
  /** By the nearest key above the value. */
  readonly kindOf: (key: string | undefined) => UnitKind
  readonly file: string | undefined
}

/** Why a text is no YAML that can be read. */
export type YamlFault = { readonly offset: number; readonly message: string }

type Waiting = {
  readonly node: unknown
  readonly state: PathState
  readonly key: string | undefined
  readonly flow: boolean
}

/** The parser composes nodes by recursion. */
const DEEPEST_NESTING = 200

/**
 * The units of the YAML documents that stand at [start, end): the chosen strings, in any style. Anchors, tags
 * and comments stay outside; a value with a tag of its own (but `!!str`) and an alias are left alone.
 *
 * @returns the first fault instead where it is no YAML
 */
export function draftYaml(
  source: string,
  start: number,
  end: number,
  options: YamlOptions,
): readonly UnitDraft[] | YamlFault {
  const { root, kindOf, file } = options
  const drafts: UnitDraft[] = []
  const tokens = [...new Parser().parse(source.slice(start, end))]
  const deep = findDeepest(tokens)
  if (deep !== undefined) {
    return { offset: start + deep, message: `more than ${DEEPEST_NESTING} lists or maps in one another` }
  }
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, prettyErrors: false })
  for (const document of composer.compose(tokens)) {
    const error = document.errors[0]
    if (error !== undefined) return { offset: start + error.pos[0], message: `no YAML: ${error.message}` }
    const waiting: Waiting[] = [{ node: document.contents, state: root, key: undefined, flow: false }]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, state, key } = next
      if (isMap(node)) {
        const flow = next.flow || node.flow === true
        for (const pair of node.items) {
          const name = isScalar(pair.key) ? String(pair.key.value) : ''
          waiting.push({ node: pair.value, state: state.enter(name), key: name, flow })
        }
      } else if (isSeq(node)) {
        const flow = next.flow || node.flow === true
        for (const [index, item] of node.items.entries()) {
          waiting.push({ node: item, state: state.enter(index), key, flow })
        }
      } else if (state.chosen && isScalar(node) && !isAlias(node)) {
        const token = node.srcToken
        if (typeof node.value !== 'string' || !CST.isScalar(token) || !isString(node.tag)) continue
        const decoded = decodeScalar(source, start, token, next.flow, node.value)
        if (decoded === undefined) continue
        const draft = draftValue(decoded.value, {
          kind: kindOf(key),
          escape: decoded.escape,
          source,
          file,
        })
        if (draft !== undefined) drafts.push(draft)
      }
    }
  }
  return drafts
}

export function isFault(result: readonly UnitDraft[] | YamlFault): result is YamlFault {
  return 'offset' in result
}

function isString(tag: string | undefined): boolean {
  return tag === undefined || tag === '!' || tag === 'tag:yaml.org,2002:str'
}

/** @returns the offset of the first collection that lies too deep. Without recursion. */
function findDeepest(tokens: readonly CST.Token[]): number | undefined {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = []
  for (const token of tokens) {
    if (token.type === 'document' && token.value !== undefined) waiting.push({ token: token.value, depth: 1 })
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next
    if (!('items' in token)) continue
    if (depth > DEEPEST_NESTING) return token.offset
    for (const { key, value } of token.items) {
      if (key !== undefined && key !== null) waiting.push({ token: key, depth: depth + 1 })
      if (value !== undefined && value !== null) waiting.push({ token: value, depth: depth + 1 })
    }
  }
  return undefined
}

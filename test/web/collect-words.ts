import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseAst } from 'vite'

const WEB = resolve(import.meta.dirname, '../../src/web')

/** What a key stands for in English: a sentence, or one for one and one for all other numbers. */
export type EnglishWords = string | { readonly one: string; readonly other: string }

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>
type Source = { readonly file: string; readonly text: string; readonly tree: unknown }

/** Every module of the interface, with its tree. */
export function readModules(): readonly Source[] {
  return readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && name !== 'i18n.ts')
    .map((file) => parseModule(file, readFileSync(join(WEB, file), 'utf8')))
}

const DOMAIN = resolve(WEB, '../domain')

/** Every module of the domain, with its tree. */
export function readDomain(): readonly Source[] {
  return readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'saying.ts')
    .map((file) => parseModule(`domain/${file}`, readFileSync(join(DOMAIN, file), 'utf8')))
}

/** @param text the source of a module, TypeScript with JSX where the name ends in `x` */
export function parseModule(file: string, text: string): Source {
  return { file, text, tree: parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) }
}

/** All that the interface says through `t`, `tn` and `tx`: the key, and the English words; and calls we cannot read. */
export function collectWords(modules: readonly Source[]): {
  readonly words: ReadonlyMap<string, EnglishWords>
  readonly unreadable: readonly string[]
} {
  const words = new Map<string, EnglishWords>()
  const unreadable: string[] = []
  for (const module of modules) {
    for (const { node } of nodesOf(module.tree)) {
      const called = node.type === 'CallExpression' && isNode(node.callee) ? node.callee.name : null
      const given = Array.isArray(node.arguments) ? node.arguments.map(literal) : []
      if (called === 't' || called === 'tx') {
        if (given[0] == null) unreadable.push(placeOf(module, node))
        else words.set(given[0], words.get(given[0]) ?? given[0])
      } else if (called === 'tn') {
        if (given[1] == null || given[2] == null) unreadable.push(placeOf(module, node))
        else words.set(given[2], { one: given[1], other: given[2] })
      }
    }
  }
  return { words: new Map([...words].sort(([a], [b]) => (a < b ? -1 : 1))), unreadable }
}

/** Functions of the domain whose literal arguments people read: at which places. */
const SAYING: ReadonlyMap<unknown, readonly number[]> = new Map([
  ['say', [0]],
  ['fact', [0, 2]],
  ['fixed', [0, 2]],
])

/** All that the domain says through `say`, and the names and explanations of checks. */
export function collectSaid(modules: readonly Source[]): {
  readonly words: ReadonlyMap<string, EnglishWords>
  readonly unreadable: readonly string[]
} {
  const said = modules.flatMap((module) =>
    [...nodesOf(module.tree)].flatMap(({ node }) => {
      const called = node.type === 'CallExpression' && isNode(node.callee) ? node.callee.name : null
      const given = Array.isArray(node.arguments) ? node.arguments.map(literal) : []
      return (SAYING.get(called) ?? []).map((place) => ({ text: given[place], at: placeOf(module, node) }))
    }),
  )
  return {
    words: new Map(said.flatMap(({ text }) => (text == null ? [] : [[text, text]]))),
    unreadable: said.flatMap(({ text, at }) => (text == null ? [at] : [])),
  }
}

/** All words that a file of the interface's languages has: of the pages and of the domain. */
export function collectAll(): ReturnType<typeof collectSaid> {
  const parts = [collectWords(readModules()), collectSaid(readDomain())]
  const all = new Map(parts.toReversed().flatMap(({ words }) => [...words]))
  return {
    words: new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1))),
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
  }
}

/** Places in checks where a message is written without `say`. */
export function findUnsaid(modules: readonly Source[]): readonly string[] {
  return modules.flatMap((module) =>
    [...nodesOf(module.tree)].flatMap(({ node }) => {
      const isMessage = node.type === 'Property' && isNode(node.key) && node.key.name === 'message'
      return isMessage ? [placeOf(module, node)] : []
    }),
  )
}

/** Attributes whose literal value a person reads or hears. */
const SPOKEN = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'words', 'submit', 'hint'])
/** Names and commands, the same in every language. */
const SAME_EVERYWHERE = /^(?:Talmach|CC BY 4\.0|XLIFF [\d.]+|npx talmach .*|talmach .*)$/
/** Elements whose content is a command or a key. */
const VERBATIM = new Set(['code', 'kbd', 'pre'])

/** Words that stand in the pages without going through `t`, `tn` or `tx`, with their places. */
export function findForgotten(modules: readonly Source[]): readonly string[] {
  return modules.flatMap((module) =>
    [...nodesOf(module.tree)].flatMap(({ node, parent }) => {
      const said = saidBy(node, parent, module.text)
      return said === null ? [] : [`${placeOf(module, node)} ${said}`]
    }),
  )
}

function saidBy(node: Node, parent: Node | null, text: string): string | null {
  if (node.type === 'JSXText') {
    const words = text.slice(node.start, node.end).replace(/\s+/g, ' ').trim()
    const verbatim = VERBATIM.has(elementName(parent))
    return verbatim || !/\p{L}/u.test(words) || SAME_EVERYWHERE.test(words) ? null : words
  }
  if (node.type === 'JSXAttribute' && isNode(node.name) && SPOKEN.has(String(node.name.name))) {
    const words = literal(node.value)
    return words === null || !/\s|\p{Lu}/u.test(words) || SAME_EVERYWHERE.test(words) ? null : words
  }
  // A sentence in braces, or one of two: `{busy ? 'Saving it' : 'Save it'}`.
  const shown = parent?.type === 'JSXExpressionContainer' || parent?.type === 'ConditionalExpression'
  const words = shown ? literal(node) : null
  return words !== null && /^\p{Lu}.*\p{Ll}\s\p{L}|^\p{Lu}\p{Ll}+$/u.test(words) && !isCode(words)
    ? words
    : null
}

/** Keys of the keyboard and the like. */
const isCode = (words: string): boolean =>
  SAME_EVERYWHERE.test(words) || /^(?:Mod|Ctrl|Alt|Shift|Meta|Escape|Enter)$/.test(words)

const elementName = (node: Node | null): string => {
  const opening = node?.openingElement
  return isNode(opening) && isNode(opening.name) ? String(opening.name.name) : ''
}

function* nodesOf(tree: unknown): Generator<{ readonly node: Node; readonly parent: Node | null }> {
  const open: { value: unknown; parent: Node | null }[] = [{ value: tree, parent: null }]
  while (open.length > 0) {
    const { value, parent } = open.pop() ?? { value: null, parent: null }
    if (typeof value !== 'object' || value === null) continue
    if (isNode(value)) yield { node: value, parent }
    const next = isNode(value) ? value : parent
    open.push(...Object.values(value).map((child: unknown) => ({ value: child, parent: next })))
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function literal(value: unknown): string | null {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null
}

const placeOf = ({ file, text }: Source, { start }: Node): string =>
  `${file}:${text.slice(0, start).split('\n').length}`

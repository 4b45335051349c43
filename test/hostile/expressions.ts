import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseAst } from 'vite'

const ROOT = resolve(import.meta.dirname, '../..')

export type Expression = { readonly file: string; readonly source: string; readonly flags: string }

/** Every regular expression that stands in the product's sources, once. */
export function findExpressions(): readonly Expression[] {
  const found = new Map<string, Expression>()
  for (const folder of ['src', 'workers']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name) || name.endsWith('.d.ts')) continue
      const file = `${folder}/${name}`
      const tree = parseAst(readFileSync(join(ROOT, file), 'utf8'), {
        lang: name.endsWith('x') ? 'tsx' : 'ts',
      })
      for (const { source, flags } of literalsIn(tree))
        found.set(`${source}/${flags}`, { file, source, flags })
    }
  }
  return [...found.values()]
}

function* literalsIn(tree: unknown): Generator<{ source: string; flags: string }> {
  const open: unknown[] = [tree]
  while (open.length > 0) {
    const node = open.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('regex' in node && typeof node.regex === 'object' && node.regex !== null) {
      const { pattern, flags } = node.regex as { pattern: string; flags: string }
      yield { source: pattern, flags }
    }
    open.push(...Object.values(node))
  }
}

/**
 * Texts that make a careless expression slow: characters that it names, one or two of them over and over, and in the
 * end something that does not fit.
 */
export function pumpsFor({ source }: Expression, length: number): readonly string[] {
  const named = [...source.replace(/\\[pPxu]\{?[\w=]*\}?|\\./g, (escaped) => SAMPLES[escaped[1] ?? ''] ?? '')]
  const characters = [
    ...new Set([...named.filter((character) => !/[()[\]{}|?*+^$]/.test(character)), ...EVERYWHERE]),
  ]
  const frequent = characters.slice(0, 10)
  const units = [
    ...characters,
    ...frequent.flatMap((one) => frequent.slice(0, 5).map((other) => `${one}${other}`)),
  ]
  return [...new Set(units)].flatMap((unit) => {
    const run = unit.repeat(Math.ceil(length / unit.length))
    return [`${run}\u0000`, `x${run}\u0000x`]
  })
}

/** What an escape stands for, roughly. */
const SAMPLES: Readonly<Record<string, string>> = {
  ...{ s: ' ', S: 'a', d: '1', D: 'a', w: 'a', W: ' ', b: '', B: '', n: '\n', r: '\n', t: '\t' },
  ...{ p: 'aA', P: ' 1', x: '', u: '\ue000' },
  ...Object.fromEntries([...'/.\\()[]{}*+?^$|-'].map((character) => [character, character])),
}
const EVERYWHERE = [' ', 'a', 'A', '1', '.', '\n', 'э', 'і', '/', '#', '"', "'", '<', '-']

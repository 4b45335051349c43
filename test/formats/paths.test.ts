import { describe, expect, it } from 'vitest'
import {
  choosePaths,
  chooseTopLevel,
  chooseUsual,
  kindOfKey,
  type PathState,
} from '../../src/formats/paths.ts'
import { refusal } from './support.ts'

function chosen(root: PathState, ...steps: (string | number)[]): boolean {
  return steps.reduce<PathState>((state, step) => state.enter(step), root).chosen
}

describe('choosePaths', () => {
  it.each<[string, (string | number)[], boolean]>([
    ['title', ['title'], true],
    ['title', ['a', 'title'], false],
    ['title', ['title', 0], false],
    ['items.*.title', ['items', 3, 'title'], true],
    ['items.*.title', ['items', 'x', 'title'], true],
    ['items.*.title', ['items', 'title'], false],
    ['items.1.title', ['items', 1, 'title'], true],
    ['items.1.title', ['items', 2, 'title'], false],
    ['**.text', ['text'], true],
    ['**.text', ['a', 0, 'b', 'text'], true],
    ['**.text', ['text', 'a'], false],
    ['a.**', ['a', 'b', 2], true],
    ['a.**', ['b'], false],
    ['a.**.b.**.c', ['a', 'b', 'b', 'x', 'c'], true],
    ['a.**.b.**.c', ['a', 'c', 'b'], false],
    ['a\\.b', ['a.b'], true],
    ['a\\.b', ['a', 'b'], false],
    ['\\*', ['*'], true],
    ['\\*', ['x'], false],
    ['**', ['any', 1, 'thing'], true],
  ])('%s, at %j: %j', (path, steps, wanted) => {
    expect(chosen(choosePaths([path]), ...steps)).toBe(wanted)
  })

  it('takes what any of several paths chooses, and nothing for none', () => {
    const root = choosePaths(['a.b', 'a.*.c'])
    expect(chosen(root, 'a', 'b')).toBe(true)
    expect(chosen(root, 'a', 'b', 'c')).toBe(true)
    expect(chosen(root, 'a', 'c')).toBe(false)
    expect(chosen(choosePaths([]), 'a')).toBe(false)
  })

  it.each(['', 'a.', '.a', 'a..b'])('refuses the path %j', (path) => {
    expect(refusal(() => choosePaths([path]))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/empty step/),
    })
  })

  it('takes paths of many wildcards and a tree of any depth', { timeout: 5000 }, () => {
    let state = choosePaths([`${'**.a.'.repeat(50)}b`])
    for (let depth = 0; depth < 100_000; depth++) state = state.enter(depth % 2 === 0 ? 'a' : depth)
    expect(state.enter('a').enter('b').chosen).toBe(true)
    expect(refusal(() => choosePaths(['a.'.repeat(20_000)]))).toMatchObject({ code: 'invalid-input' })
  })
})

describe('chooseUsual', () => {
  it('takes keys that usually hold text, however they are spelt, and lists under them', () => {
    const root = chooseUsual()
    for (const key of ['title', 'Title', 'alt_text', 'metaTitle', 'og-description', 'body']) {
      expect(chosen(root, 'x', 0, key), key).toBe(true)
    }
    expect(chosen(root, 'body', 2)).toBe(true)
    for (const key of ['id', 'slug', 'url', 'name', 'type', 'date', 'titles', 'meta']) {
      expect(chosen(root, key), key).toBe(false)
    }
    expect(chosen(root, 'title', 'id')).toBe(false)
  })
})

describe('chooseTopLevel', () => {
  it('takes its keys at the top only', () => {
    const root = chooseTopLevel(new Set(['title']))
    expect(chosen(root, 'Title')).toBe(true)
    expect(chosen(root, 'seo', 'title')).toBe(false)
    expect(chosen(root, 'title', 0)).toBe(false)
  })
})

describe('kindOfKey', () => {
  it.each([
    ['title', 'headline'],
    ['seoTitle', 'headline'],
    ['summary', 'standfirst'],
    ['alt', 'caption'],
    ['text', 'paragraph'],
    [undefined, 'paragraph'],
  ] as const)('%s: %s', (key, kind) => {
    expect(kindOfKey(key)).toBe(kind)
  })
})

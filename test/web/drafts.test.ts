import { describe, expect, it } from 'vitest'
import {
  clearDrafts,
  countDrafts,
  type DraftPlace,
  type ListedStorage,
  openDraftBox,
} from '../../src/web/editor/drafts.ts'

function memoryStorage(): ListedStorage & { readonly map: Map<string, string> } {
  const map = new Map<string, string>()
  return {
    map,
    get length() {
      return map.size
    },
    key: (at) => [...map.keys()][at] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  }
}

let clock = 0
const place = (given: Partial<DraftPlace> = {}): DraftPlace => ({
  person: 'Ada',
  documentId: 'd1',
  locale: 'de',
  tab: 'tab-1',
  isOpen: () => false,
  now: () => ++clock,
  ...given,
})
const draft = (text: string, baseVersion = 0) => ({ text, baseVersion })

describe('the box of unsaved texts', () => {
  it('gives back what was put in, also to the next visit', () => {
    const storage = memoryStorage()
    openDraftBox(storage, place()).write('7', draft('Die OMON\n\ue000', 3))
    expect(openDraftBox(storage, place()).read('7')).toEqual(draft('Die OMON\n\ue000', 3))
    expect(openDraftBox(storage, place({ tab: 'tab-2' })).read('7')).toEqual(draft('Die OMON\n\ue000', 3))
  })

  it('keeps people, languages and segments apart', () => {
    const storage = memoryStorage()
    openDraftBox(storage, place()).write('7', draft('a'))
    expect(openDraftBox(storage, place({ person: 'Ben' })).read('7')).toBeNull()
    expect(openDraftBox(storage, place({ person: 'Ben' })).leftovers()).toEqual([])
    expect(openDraftBox(storage, place({ locale: 'fr' })).read('7')).toBeNull()
    expect(openDraftBox(storage, place()).read('8')).toBeNull()
  })

  it('never writes over the text of another tab, and leaves it alone while that tab is open', () => {
    const storage = memoryStorage()
    const first = openDraftBox(storage, place())
    first.write('7', draft('first'))
    const isOpen = (tab: string) => tab === 'tab-1'
    const second = openDraftBox(storage, place({ tab: 'tab-2', isOpen }))
    expect(second.read('7')).toBeNull()
    second.write('7', draft('second'))
    second.remove('7')
    expect(openDraftBox(storage, place()).read('7')).toEqual(draft('first'))
  })

  it('gives the newest of two closed tabs and keeps the other one at hand', () => {
    const storage = memoryStorage()
    openDraftBox(storage, place({ tab: 'old' })).write('7', draft('older'))
    openDraftBox(storage, place({ tab: 'new' })).write('7', draft('newer'))
    const box = openDraftBox(storage, place({ tab: 'now' }))
    expect(box.read('7')).toEqual(draft('newer'))
    const [left, ...others] = box.leftovers()
    expect([left?.text, others]).toEqual(['older', []])
    if (left !== undefined) box.forget(left)
    expect(box.leftovers()).toEqual([])
    expect([...storage.map.keys()].filter((key) => key.endsWith('/old'))).toEqual([])
  })

  it('shows the text of a sentence that is gone', () => {
    const storage = memoryStorage()
    openDraftBox(storage, place()).write('404', draft('für nichts'))
    const box = openDraftBox(storage, place())
    box.read('7')
    expect(box.leftovers().map(({ segmentId, text }) => [segmentId, text])).toEqual([['404', 'für nichts']])
  })

  it('forgets what was saved', () => {
    const storage = memoryStorage()
    const box = openDraftBox(storage, place())
    box.write('7', draft('a'))
    box.remove('7')
    expect(storage.map.size).toBe(0)
    expect(openDraftBox(storage, place()).read('7')).toBeNull()
  })

  it('ignores entries that are damaged or from another version', () => {
    for (const damaged of [
      ...['{', '"text"', 'null', '[]', '{"text":1,"baseVersion":0}', '{"text":"a","baseVersion":"0"}'],
    ]) {
      const storage = memoryStorage()
      openDraftBox(storage, place()).write('7', draft('a'))
      const [key] = storage.map.keys()
      storage.setItem(key ?? '', damaged)
      expect(openDraftBox(storage, place()).read('7')).toBeNull()
    }
  })

  it('says so when the browser is full or forbids storage', () => {
    const full = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(openDraftBox(full, place()).write('7', draft('a'))).toBe(false)
    expect(openDraftBox(null, place()).write('7', draft('a'))).toBe(false)
    expect(openDraftBox(null, place()).read('7')).toBeNull()
    expect(openDraftBox(null, place()).leftovers()).toEqual([])
    const forbidden: ListedStorage = {
      get length(): number {
        throw new DOMException('no', 'SecurityError')
      },
      ...{ key: () => null, getItem: () => null, setItem: () => {}, removeItem: () => {} },
    }
    expect(countDrafts(memoryStorage(), 'Ada')).toBe(0)
    expect(openDraftBox(forbidden, place()).read('7')).toBeNull()
  })

  it('is emptied for one person when they sign out', () => {
    const storage = memoryStorage()
    openDraftBox(storage, place()).write('7', draft('a'))
    openDraftBox(storage, place({ documentId: 'd2', locale: 'fr' })).write('8', draft('b'))
    openDraftBox(storage, place({ person: 'Ada B' })).write('9', draft('c'))
    expect(countDrafts(storage, 'Ada')).toBe(2)
    clearDrafts(storage, 'Ada')
    expect([countDrafts(storage, 'Ada'), countDrafts(storage, 'Ada B')]).toEqual([0, 1])
  })
})

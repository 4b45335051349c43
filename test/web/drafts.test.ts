import { describe, expect, it } from 'vitest'
import { type DraftStorage, openDraftBox } from '../../src/web/editor/drafts.ts'

function memoryStorage(): DraftStorage & { readonly map: Map<string, string> } {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  }
}

describe('the box of unsaved texts', () => {
  it('gives back what was put in, also to the next visit', () => {
    const storage = memoryStorage()
    openDraftBox(storage, 'de').write('7', { text: 'Die OMON\n\ue000', baseVersion: 3 })
    expect(openDraftBox(storage, 'de').read('7')).toEqual({ text: 'Die OMON\n\ue000', baseVersion: 3 })
  })

  it('keeps languages and segments apart', () => {
    const storage = memoryStorage()
    openDraftBox(storage, 'de').write('7', { text: 'a', baseVersion: 0 })
    expect(openDraftBox(storage, 'fr').read('7')).toBeNull()
    expect(openDraftBox(storage, 'de').read('8')).toBeNull()
  })

  it('forgets what was saved', () => {
    const storage = memoryStorage()
    const box = openDraftBox(storage, 'de')
    box.write('7', { text: 'a', baseVersion: 0 })
    box.remove('7')
    expect(box.read('7')).toBeNull()
    expect(storage.map.size).toBe(0)
  })

  it('ignores entries that are damaged or from another version', () => {
    const storage = memoryStorage()
    const box = openDraftBox(storage, 'de')
    box.write('7', { text: 'a', baseVersion: 0 })
    const [key] = storage.map.keys()
    for (const damaged of [
      '{',
      '"text"',
      'null',
      '[]',
      '{"text":1,"baseVersion":0}',
      '{"text":"a","baseVersion":"0"}',
    ]) {
      storage.setItem(key ?? '', damaged)
      expect(box.read('7')).toBeNull()
    }
  })

  it('says so when the browser is full or forbids storage', () => {
    const full = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(openDraftBox(full, 'de').write('7', { text: 'a', baseVersion: 0 })).toBe(false)
    expect(openDraftBox(null, 'de').write('7', { text: 'a', baseVersion: 0 })).toBe(false)
    expect(openDraftBox(null, 'de').read('7')).toBeNull()
  })
})

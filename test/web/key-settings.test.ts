import { afterEach, describe, expect, it } from 'vitest'
import { bindingOf, commandOf, digitOf, type KeyPress, keysOf } from '../../src/web/editor/key-press.ts'
import {
  bindings,
  chooseKey,
  holderOf,
  openKeySettings,
  readChoices,
  refuseKey,
  resetKeys,
} from '../../src/web/editor/key-settings.ts'
import { KEYMAP } from '../../src/web/editor/keymap.ts'

function box() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const press = (key: string, held: readonly string[], code = ''): KeyPress => ({
  ...{ key, code, ctrlKey: held.includes('Ctrl'), metaKey: held.includes('Meta') },
  ...{ altKey: held.includes('Alt'), shiftKey: held.includes('Shift') },
})
const commandNow = (pressed: KeyPress) => commandOf(pressed, false, bindings.value)

afterEach(() => openKeySettings(null, ''))

describe('the keys that people choose', () => {
  it('do what they are chosen for, and the old ones no more', () => {
    openKeySettings(box(), 'Ada')
    chooseKey('concordance', 'F3', false)
    expect(commandNow(press('F3', []))).toBe('concordance')
    expect(commandNow(press('k', ['Ctrl']))).toBeNull()
    resetKeys('concordance')
    expect(commandNow(press('k', ['Ctrl']))).toBe('concordance')
  })

  it('are kept on this device for each person', () => {
    const storage = box()
    openKeySettings(storage, 'Ada')
    chooseKey('jump', 'Mod-j', false)
    openKeySettings(storage, 'Ben')
    expect(commandNow(press('j', ['Ctrl']))).toBeNull()
    openKeySettings(storage, 'Ada')
    expect(commandNow(press('j', ['Ctrl']))).toBe('jump')
    resetKeys()
    expect(storage.kept.size).toBe(0)
  })

  it('say what a key does already, and take it away from there', () => {
    openKeySettings(box(), 'Ada')
    expect(holderOf('Ctrl-k', 'jump', bindings.value, false)?.command).toBe('concordance')
    expect(holderOf('Ctrl-k', 'jump', bindings.value, true)).toBeUndefined()
    chooseKey('jump', 'Mod-k', false)
    expect(commandNow(press('k', ['Ctrl']))).toBe('jump')
    expect(bindings.value.find(({ command }) => command === 'concordance')?.keys).toEqual([])
  })

  it('cannot be keys that write, that belong to the text, or that the browser keeps', () => {
    for (const key of ['a', 'Shift-a', 'Enter', 'ArrowDown', '1'])
      expect(refuseKey(key, false)).toMatch(/writes/)
    for (const key of ['Mod-c', 'Mod-z', 'Mod-Shift-z']) expect(refuseKey(key, false)).toMatch(/text/)
    for (const key of ['Mod-t', 'Mod-w', 'F5', 'Alt-ArrowLeft'])
      expect(refuseKey(key, false)).toMatch(/browser/)
    expect(refuseKey('Mod-Alt-q', false)).toMatch(/many keyboards/)
    expect(refuseKey('Meta-h', true)).toMatch(/system/)
    expect(refuseKey('Ctrl-Alt-x', true)).toMatch(/VoiceOver/)
    expect(refuseKey('Mod-j', false)).toBeNull()
  })

  it('survive whatever stands in the storage', () => {
    expect(readChoices('{"jump":["Mod-j"],"next":7,"nonsense":["a"],"help":[1]}')).toEqual({
      jump: ['Mod-j'],
    })
    expect(readChoices(null)).toEqual({})
    expect(readChoices('7')).toEqual({})
    const broken = { ...box(), getItem: () => '{' }
    openKeySettings(broken, 'Ada')
    expect(commandNow(press('k', ['Ctrl']))).toBe('concordance')
  })
})

describe('the keys that nobody chose', () => {
  for (const mac of [false, true]) {
    it(`can all be chosen by a person too, and none has two meanings, ${mac ? 'with' : 'without'} ⌘`, () => {
      const keys = KEYMAP.filter(({ command }) => command !== 'leave').flatMap((one) => keysOf(one, mac))
      expect(keys.flatMap((key) => refuseKey(key, mac) ?? [])).toEqual([])
      expect(keys.filter((key) => holderOf(key, 'leave', KEYMAP, mac) === undefined)).toEqual([])
      for (const binding of KEYMAP)
        for (const key of keysOf(binding, mac))
          expect(holderOf(key, binding.command, KEYMAP, mac)).toBeUndefined()
    })
  }

  it('tell matches and terms apart by their digits, wherever Shift makes another character of them', () => {
    expect(commandOf(press('3', ['Alt'], 'Digit3'), false)).toBe('insert-match')
    expect(commandOf(press('§', ['Alt', 'Shift'], 'Digit3'), false)).toBe('insert-term')
    expect(digitOf(press('§', ['Alt', 'Shift'], 'Digit3'))).toBe(3)
    expect(commandOf(press('0', ['Alt'], 'Digit0'), false)).toBeNull()
  })

  it('find a letter with Option on a Mac, which writes another character there', () => {
    expect(commandOf(press('Ç', ['Alt', 'Shift'], 'KeyC'), true)).toBe('comment')
    expect(commandOf(press('C', ['Alt', 'Shift'], 'KeyC'), false)).toBe('comment')
  })

  it('leave what AltGr writes alone', () => {
    expect(commandOf(press('ż', ['Ctrl', 'Alt'], 'KeyZ'), false)).toBeNull()
    expect(commandOf(press('@', ['Ctrl', 'Alt'], 'KeyQ'), false)).toBeNull()
  })

  it('are written as they are pressed', () => {
    expect(bindingOf(press('K', ['Ctrl', 'Shift'], 'KeyK'), false, false)).toBe('Mod-Shift-k')
    expect(bindingOf(press('/', ['Ctrl', 'Shift'], 'Digit7'), false, false)).toBe('Mod-/')
    expect(bindingOf(press('5', ['Alt'], 'Digit5'), false, true)).toBe('Alt-#')
    expect(bindingOf(press('Control', ['Ctrl']), false, false)).toBeNull()
  })
})

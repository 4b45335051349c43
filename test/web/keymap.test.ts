import { describe, expect, it } from 'vitest'
import { commandOf, type KeyPress, keyCaps } from '../../src/web/editor/key-press.ts'
import { KEYMAP } from '../../src/web/editor/keymap.ts'

function press(key: string, ...held: ('ctrl' | 'meta' | 'alt' | 'shift')[]): KeyPress {
  return {
    key,
    code: '',
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
  }
}

describe('the keymap', () => {
  it('tells confirming from approving by the Shift key', () => {
    expect(commandOf(press('Enter', 'ctrl'), false)).toBe('save-next')
    expect(commandOf(press('Enter', 'ctrl', 'shift'), false)).toBe('approve-next')
    expect(commandOf(press('Enter'), false)).toBeNull()
    expect(commandOf(press('Enter', 'shift'), false)).toBeNull()
  })

  it('uses ⌘ on a Mac where others use Ctrl', () => {
    expect(commandOf(press('Enter', 'meta'), true)).toBe('save-next')
    expect(commandOf(press('Enter', 'ctrl'), true)).toBeNull()
    expect(commandOf(press('Enter', 'meta'), false)).toBeNull()
    expect(commandOf(press(',', 'ctrl'), true)).toBe('insert-code')
  })

  it('opens the help on keyboards where the slash needs Shift', () => {
    expect(commandOf(press('/', 'ctrl'), false)).toBe('help')
    expect(commandOf(press('/', 'ctrl', 'shift'), false)).toBe('help')
  })

  it('leaves typing alone: a letter, a digit, a comma, a slash without Ctrl do nothing', () => {
    for (const key of ['a', 'A', '1', ',', '/', '?', ' ', 'ArrowDown', 'Tab', 'Backspace']) {
      expect(commandOf(press(key), false)).toBeNull()
      expect(commandOf(press(key, 'shift'), false)).toBeNull()
    }
  })

  it('takes no key that browsers keep for themselves', () => {
    const taken = [
      'Mod-t',
      'Mod-n',
      'Mod-w',
      'Mod-Shift-t',
      'Mod-l',
      'Mod-f',
      'Mod-p',
      'Mod-r',
      'Alt-ArrowLeft',
      'F5',
    ]
    expect(KEYMAP.flatMap(({ keys }) => keys).filter((key) => taken.includes(key))).toEqual([])
  })

  it('gives every key one meaning only and every command words for the help', () => {
    const keys = KEYMAP.flatMap((binding) => binding.keys)
    expect(new Set(keys).size).toBe(keys.length)
    expect(KEYMAP.every(({ words }) => words.length > 0)).toBe(true)
  })

  it('writes the keys as they stand on the keyboard', () => {
    expect(keyCaps('Mod-Shift-Enter', false)).toEqual(['Ctrl', 'Shift', 'Enter'])
    expect(keyCaps('Mod-Enter', true)).toEqual(['⌘', 'Enter'])
    expect(keyCaps('Alt-ArrowDown', true)).toEqual(['⌥', '↓'])
  })
})

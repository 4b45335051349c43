export type Command =
  | 'save-next'
  | 'approve-next'
  | 'previous'
  | 'next'
  | 'next-open'
  | 'insert-code'
  | 'use-match'
  | 'apply-fix'
  | 'leave'
  | 'help'

export type KeyBinding = {
  readonly command: Command
  /** `Mod` is Ctrl, on a Mac ⌘. Names are those of `KeyboardEvent.key`. */
  readonly keys: readonly string[]
  readonly words: string
  /** A permission that the command needs. */
  readonly permission?: string
}

/**
 * The one keymap: the page acts on it and the help is drawn from it. Chosen so that no current browser and
 * neither NVDA, JAWS, VoiceOver nor Orca takes the keys for itself.
 */
export const KEYMAP: readonly KeyBinding[] = [
  { command: 'save-next', keys: ['Mod-Enter'], words: 'Confirm and go to the next segment' },
  {
    command: 'approve-next',
    keys: ['Mod-Shift-Enter'],
    words: 'Approve and go to the next segment',
    permission: 'review',
  },
  { command: 'next', keys: ['Alt-ArrowDown'], words: 'Next segment' },
  { command: 'previous', keys: ['Alt-ArrowUp'], words: 'Previous segment' },
  { command: 'next-open', keys: ['Alt-Shift-ArrowDown'], words: 'Next segment that is not approved' },
  { command: 'insert-code', keys: ['Ctrl-,'], words: 'Insert the next missing code' },
  { command: 'apply-fix', keys: ['Alt-Shift-Enter'], words: 'Mend the first finding that has a fix' },
  { command: 'use-match', keys: ['Alt-Enter'], words: 'Use the best match from memory; again: the next one' },
  { command: 'leave', keys: ['Escape'], words: 'Leave the text field' },
  { command: 'help', keys: ['Ctrl-/'], words: 'Show these keys' },
]

/** What of a keyboard event decides. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The command of a key press, or null. @param mac whether ⌘ is the main modifier */
export function commandOf(press: KeyPress, mac: boolean): Command | null {
  return KEYMAP.find(({ keys }) => keys.some((key) => matches(press, key, mac)))?.command ?? null
}

function matches(press: KeyPress, binding: string, mac: boolean): boolean {
  const parts = binding.split('-')
  const has = (name: string) => parts.includes(name)
  const key = parts.at(-1)
  // On many keyboards "/" needs Shift; then Shift is part of the character and not of the binding.
  const shiftMatters = key !== '/'
  return (
    press.key === key &&
    press.altKey === has('Alt') &&
    (!shiftMatters || press.shiftKey === has('Shift')) &&
    press.ctrlKey === (has('Ctrl') || (has('Mod') && !mac)) &&
    press.metaKey === (has('Mod') && mac)
  )
}

const SIGNS: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' }

/** The caps to press, for people: `['Ctrl', '↓']`. */
export function keyCaps(binding: string, mac: boolean): readonly string[] {
  return binding.split('-').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
    if (part === 'Alt' && mac) return '⌥'
    return SIGNS[part] ?? part
  })
}

/** Is ⌘ the main modifier on this device? */
export const onMac = (): boolean => /Mac|iP(?:hone|ad|od)/.test(navigator.userAgent)

import { t } from '../i18n.ts'

/** What a key or a button can ask the editor for. */
export type Command =
  | 'save-next'
  | 'approve-next'
  | 'previous'
  | 'next'
  | 'next-open'
  | 'next-untranslated'
  | 'next-finding'
  | 'jump'
  | 'copy-source'
  | 'insert-code'
  | 'use-match'
  | 'insert-match'
  | 'insert-term'
  | 'apply-fix'
  | 'comment'
  | 'concordance'
  | 'replace'
  | 'filter'
  | 'preview'
  | 'split'
  | 'merge'
  | 'undo'
  | 'leave'
  | 'help'

export const KEY_GROUPS = ['finish', 'go', 'write', 'look', 'page'] as const
export type KeyGroup = (typeof KEY_GROUPS)[number]
/** Headings of the help. */
export const GROUP_WORDS: Readonly<Record<KeyGroup, string>> = {
  finish: t('Finish a segment'),
  go: t('Go to'),
  write: t('Write'),
  look: t('Look up and change'),
  page: t('This page'),
}

export type KeyBinding = {
  readonly command: Command
  readonly group: KeyGroup
  /**
   * `Mod` is Ctrl, on a Mac ⌘. Names are those of `KeyboardEvent.key`, letters in lower case; `#` is any digit from
   * 1 to 9, which tells the command its number.
   */
  readonly keys: readonly string[]
  /** On a Mac, where the others write characters there or belong to the system. */
  readonly mac?: readonly string[]
  readonly words: string
  /** A permission that the command needs. */
  readonly permission?: string
}

/**
 * The one keymap: the page acts on it, the help is drawn from it, and people change it (`key-settings.ts`). Chosen so
 * that no current browser keeps the keys for itself, that neither NVDA, JAWS, VoiceOver nor Orca takes them, and that
 * none is AltGr with a letter, which writes on many keyboards.
 */
export const KEYMAP: readonly KeyBinding[] = [
  {
    command: 'save-next',
    group: 'finish',
    keys: ['Mod-Enter'],
    words: t('Confirm and go to the next segment'),
  },
  {
    command: 'approve-next',
    group: 'finish',
    keys: ['Mod-Shift-Enter'],
    words: t('Approve and go to the next segment'),
    permission: 'review',
  },
  {
    command: 'undo',
    group: 'finish',
    keys: ['Alt-Shift-Backspace'],
    words: t('Take the last step back: a replacement, a cut, a repetition'),
  },
  { command: 'next', group: 'go', keys: ['Alt-ArrowDown'], words: t('Next segment') },
  { command: 'previous', group: 'go', keys: ['Alt-ArrowUp'], words: t('Previous segment') },
  {
    command: 'next-open',
    group: 'go',
    keys: ['Alt-Shift-ArrowDown'],
    words: t('Next segment that is not approved'),
  },
  {
    command: 'next-untranslated',
    group: 'go',
    keys: ['Alt-PageDown'],
    words: t('Next segment without a translation'),
  },
  { command: 'next-finding', group: 'go', keys: ['F8'], words: t('Next segment with something to check') },
  { command: 'jump', group: 'go', keys: ['Mod-g'], words: t('Go to a segment by its number') },
  {
    command: 'copy-source',
    group: 'write',
    keys: ['Ctrl-;'],
    words: t('Copy the source into the translation'),
  },
  { command: 'insert-code', group: 'write', keys: ['Ctrl-,'], words: t('Insert the next missing code') },
  {
    command: 'use-match',
    group: 'write',
    keys: ['Alt-Enter'],
    words: t('Use the best match from memory; again: the next one'),
  },
  {
    command: 'insert-match',
    group: 'write',
    keys: ['Alt-#'],
    mac: ['Ctrl-#'],
    words: t('Use the match with this number'),
  },
  {
    command: 'insert-term',
    group: 'write',
    keys: ['Alt-Shift-#'],
    mac: ['Ctrl-Shift-#'],
    words: t('Insert the translation of the term with this number'),
  },
  {
    command: 'apply-fix',
    group: 'write',
    keys: ['Alt-Shift-Enter'],
    words: t('Mend the first finding that has a fix'),
  },
  { command: 'comment', group: 'look', keys: ['Alt-Shift-c'], words: t('Comment on the segment') },
  { command: 'concordance', group: 'look', keys: ['Mod-k'], words: t('Search the memory for words') },
  {
    command: 'replace',
    group: 'look',
    keys: ['Mod-Shift-f'],
    words: t('Find and replace in all translations'),
    permission: 'translate',
  },
  { command: 'filter', group: 'look', keys: ['Mod-Shift-l'], words: t('Filter the segments') },
  { command: 'preview', group: 'look', keys: ['Alt-Shift-p'], words: t('Show or hide the preview') },
  {
    command: 'split',
    group: 'look',
    keys: ['Alt-Shift-s'],
    words: t('Split the segment'),
    permission: 'review',
  },
  {
    command: 'merge',
    group: 'look',
    keys: ['Alt-Shift-j'],
    words: t('Join the segment with the next one'),
    permission: 'review',
  },
  { command: 'leave', group: 'page', keys: ['Escape'], words: t('Leave the text field') },
  { command: 'help', group: 'page', keys: ['Ctrl-/'], words: t('Show and change these keys') },
]

/** What of a keyboard event decides. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The keys of a binding on this device. */
export const keysOf = ({ keys, mac }: KeyBinding, onMac: boolean): readonly string[] =>
  onMac ? (mac ?? keys) : keys

/**
 * The command of a key press, or null.
 * @param mac whether ⌘ is the main modifier
 * @param bindings the keymap as the person has it
 */
export function commandOf(
  press: KeyPress,
  mac: boolean,
  bindings: readonly KeyBinding[] = KEYMAP,
): Command | null {
  const found = bindings.find((binding) => keysOf(binding, mac).some((key) => matches(press, key, mac)))
  return found?.command ?? null
}

/** The digit of a press whose binding has `#`, 1 to 9; 0 where there is none. */
export function digitOf({ key, code }: Pick<KeyPress, 'key' | 'code'>): number {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? (/^[1-9]$/.test(key) ? key : '0')
  return Number(digit)
}

function matches(press: KeyPress, binding: string, mac: boolean): boolean {
  const { held, key } = partsOf(binding)
  // On many keyboards "/" or ";" needs Shift; then Shift is part of the character and not of the binding.
  const shiftMatters = !isMark(key)
  return (
    (key === '#' ? digitOf(press) !== 0 : nameOf(press, held.has('Alt')) === key) &&
    press.altKey === held.has('Alt') &&
    (!shiftMatters || press.shiftKey === held.has('Shift')) &&
    press.ctrlKey === (held.has('Ctrl') || (held.has('Mod') && !mac)) &&
    press.metaKey === (held.has('Mod') && mac)
  )
}

/** The key as bindings name it. With Alt, a Mac writes other characters on letters: then the place of the key counts. */
function nameOf({ key, code }: KeyPress, alt: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  if (alt && letter !== undefined && !/^[a-z]$/i.test(key)) return letter
  return key.length === 1 ? key.toLowerCase() : key
}

/** A character that is neither letter nor digit. */
const isMark = (key: string): boolean => key !== '#' && /^[^\p{L}\p{N}\s]$/u.test(key)

function partsOf(binding: string): { readonly held: ReadonlySet<string>; readonly key: string } {
  const parts = binding.split('-')
  return { held: new Set(parts.slice(0, -1)), key: parts.at(-1) ?? '' }
}

/**
 * What a press would be written as in a binding, with the main modifier of the device as `Mod`; null while only
 * modifiers are held.
 * @param digits the command takes a number: any digit becomes `#`
 */
export function bindingOf(press: KeyPress, mac: boolean, digits: boolean): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'].includes(press.key))
    return null
  const key = digits && digitOf(press) !== 0 ? '#' : nameOf(press, press.altKey)
  if (key === '-' || key === ' ') return null
  const main = mac ? press.metaKey : press.ctrlKey
  return [
    main ? 'Mod' : '',
    mac && press.ctrlKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && !isMark(key) ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('-')
}

/** Equal for bindings that are the same press on this device: `Mod-k` is `Ctrl-k` where there is no ⌘. */
export function pressKey(binding: string, mac: boolean): string {
  const { held, key } = partsOf(binding)
  const names = [...held].map((name) => (name === 'Mod' ? (mac ? 'Meta' : 'Ctrl') : name))
  return [...names.sort(), key].join('-')
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageDown: 'Page ↓',
  PageUp: 'Page ↑',
  '#': '1…9',
}

/** The caps to press, for people: `['Ctrl', '↓']`. */
export function keyCaps(binding: string, mac: boolean): readonly string[] {
  return binding.split('-').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
    if (part === 'Alt' && mac) return '⌥'
    return SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part)
  })
}

/** Is ⌘ the main modifier on this device? */
export const onMac = (): boolean => /Mac|iP(?:hone|ad|od)/.test(navigator.userAgent)

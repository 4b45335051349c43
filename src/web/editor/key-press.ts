import { type Command, KEYMAP, type KeyBinding } from './keymap.ts'

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

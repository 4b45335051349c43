import { computed, signal } from '@preact/signals'
import { t } from '../i18n.ts'
import type { DraftStorage } from './drafts.ts'
import { keysOf, pressKey } from './key-press.ts'
import { type Command, KEYMAP, type KeyBinding } from './keymap.ts'

/** Keys that a person chose, by command; `[]`: none. What is not there is as the keymap has it. */
export type KeyChoices = Readonly<Partial<Record<Command, readonly string[]>>>

export const choices = signal<KeyChoices>({})
/** The keymap as this person has it. */
export const bindings = computed(() => applyChoices(choices.value))

let storage: DraftStorage | null = null
let place = ''

/** Takes up what a person chose on this device. @param person whose keys they are: two people may share a machine */
export function openKeySettings(box: DraftStorage | null, person: string): void {
  storage = box
  place = `talmach.keys.1/${person}`
  choices.value = attempt(() => readChoices(box?.getItem(place) ?? null), {})
}

/** Gives a command other keys, and takes them away from whoever has them. */
export function chooseKey(command: Command, key: string, mac: boolean): void {
  const next: Record<string, readonly string[]> = { ...choices.peek() }
  for (const binding of bindings.peek()) {
    const left = keysOf(binding, mac).filter((other) => pressKey(other, mac) !== pressKey(key, mac))
    if (binding.command !== command && left.length < keysOf(binding, mac).length) next[binding.command] = left
  }
  next[command] = [key]
  keep(next)
}

/** Back to the keymap: one command, or all of them. */
export function resetKeys(command?: Command): void {
  const { [command ?? 'help']: _, ...others } = choices.peek()
  keep(command === undefined ? {} : others)
}

function keep(next: KeyChoices): void {
  choices.value = next
  attempt(() => {
    if (Object.keys(next).length === 0) storage?.removeItem(place)
    else storage?.setItem(place, JSON.stringify(next))
  }, undefined)
}

/** The keymap with somebody's choices in it. */
export function applyChoices(chosen: KeyChoices): readonly KeyBinding[] {
  return KEYMAP.map((binding) => {
    const keys = chosen[binding.command]
    return keys === undefined ? binding : { ...binding, keys, mac: keys }
  })
}

/** What is stored, as far as it makes sense: an older version, or a person, may have written anything. */
export function readChoices(stored: string | null): KeyChoices {
  if (stored === null) return {}
  const value: unknown = JSON.parse(stored)
  if (typeof value !== 'object' || value === null) return {}
  const known = new Map(Object.entries(value))
  return Object.fromEntries(
    KEYMAP.flatMap(({ command }) => {
      const keys: unknown = known.get(command)
      const good = Array.isArray(keys) && keys.every((key) => typeof key === 'string' && key.length < 40)
      return good ? [[command, keys]] : []
    }),
  )
}

/** The other command that has a key already. */
export function holderOf(
  key: string,
  command: Command,
  list: readonly KeyBinding[],
  mac: boolean,
): KeyBinding | undefined {
  return list.find(
    (other) =>
      other.command !== command &&
      keysOf(other, mac).some((each) => pressKey(each, mac) === pressKey(key, mac)),
  )
}

/** Why a key cannot be taken, in one sentence; null where it can. */
export function refuseKey(key: string, mac: boolean): string | null {
  const press = pressKey(key, mac)
  const held = press.split('-').slice(0, -1)
  const bare = key.split('-').at(-1) ?? ''
  if (!held.includes('Ctrl') && !held.includes('Alt') && !held.includes('Meta') && !/^F\d{1,2}$/.test(bare)) {
    return t('This key writes or moves in the text. Hold Ctrl or Alt with it.')
  }
  if (KEPT.has(press)) return t('The browser or the system keeps this key for itself.')
  if (TEXT.has(press)) return t('This key belongs to the text: it copies, pastes, selects or undoes.')
  if (held.includes('Ctrl') && held.includes('Alt')) {
    return mac
      ? t('VoiceOver takes every key with Ctrl and Option.')
      : t('Ctrl and Alt together write characters on many keyboards.')
  }
  return null
}

const bySystem = (names: readonly string[]) => names.flatMap((name) => [`Ctrl-${name}`, `Meta-${name}`])
const withShift = (names: readonly string[]) =>
  names.flatMap((name) => [`Ctrl-Shift-${name}`, `Meta-Shift-${name}`])

/** Pages are not asked about these in current browsers, or the system takes them before. */
const KEPT: ReadonlySet<string> = new Set([
  ...bySystem(['n', 't', 'w', 'q', 'Tab', 'PageUp', 'PageDown']),
  ...withShift(['n', 't', 'w', 'q', 'Tab']),
  ...['Meta-h', 'Meta-m', 'Meta- ', 'Alt-Tab', 'Alt-F4', 'F11', 'F5', 'F6', 'F12', 'F10'],
  ...['Alt-ArrowLeft', 'Alt-ArrowRight', 'Alt-Home', 'Alt-d', 'Ctrl-r', 'Meta-r', 'Ctrl-l', 'Meta-l'],
  ...['Ctrl-p', 'Meta-p', 'Ctrl-f', 'Meta-f'],
])

/** What every text field does. */
const TEXT: ReadonlySet<string> = new Set([
  ...bySystem(['a', 'c', 'v', 'x', 'z', 'y', 'Home', 'End', 'ArrowLeft', 'ArrowRight', 'Backspace']),
  ...bySystem(['Delete', 'Insert']),
  ...withShift(['z', 'v', 'ArrowLeft', 'ArrowRight', 'Home', 'End']),
])

function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run()
  } catch {
    return otherwise
  }
}

import { useSignal } from '@preact/signals'
import { Dialog } from '../dialog.tsx'
import { stepsOpen } from '../first-run.tsx'
import { t } from '../i18n.ts'
import { announce } from '../notices.tsx'
import { bindingOf, keyCaps, keysOf, onMac } from './key-press.ts'
import { bindings, choices, chooseKey, holderOf, refuseKey, resetKeys } from './key-settings.ts'
import { type Command, GROUP_WORDS, KEY_GROUPS, KEYMAP, type KeyBinding } from './keymap.ts'

type HelpDialogProps = { readonly permissions: readonly string[]; readonly onClose: () => void }

/** The keys, drawn from the keymap itself; each can be changed here. */
export function HelpDialog({ permissions, onClose }: HelpDialogProps) {
  const asking = useSignal<Command | null>(null)
  const allowed = bindings.value.filter(
    ({ permission }) => permission === undefined || permissions.includes(permission),
  )
  return (
    <Dialog title={t('Keys')} wide onClose={onClose}>
      {KEY_GROUPS.map((group) => (
        <section key={group} aria-labelledby={`keys-${group}`}>
          <h3 id={`keys-${group}`} class="keys-group">
            {GROUP_WORDS[group]}
          </h3>
          <ul class="keys">
            {allowed
              .filter((binding) => binding.group === group)
              .map((binding) => (
                <KeyLine
                  key={binding.command}
                  binding={binding}
                  asking={asking.value === binding.command}
                  onAsk={(on) => (asking.value = on ? binding.command : null)}
                />
              ))}
          </ul>
        </section>
      ))}
      <p class="hint">
        {t(
          'Select some words before you insert a code: a pair then goes around them. On an underlined term, Enter inserts its translation.',
        )}
      </p>
      <div class="dialog-foot">
        <button
          type="button"
          class="button small"
          onClick={() => {
            onClose()
            stepsOpen.value = true
          }}
        >
          {t('First steps')}
        </button>
        {Object.keys(choices.value).length > 0 && (
          <button type="button" class="button small" onClick={() => resetKeys()}>
            {t('All keys as they were')}
          </button>
        )}
      </div>
    </Dialog>
  )
}

type KeyLineProps = {
  readonly binding: KeyBinding
  readonly asking: boolean
  readonly onAsk: (on: boolean) => void
}

function KeyLine({ binding, asking, onAsk }: KeyLineProps) {
  const { command, words } = binding
  const mac = onMac()
  const keys = keysOf(binding, mac)
  const changed = choices.value[command] !== undefined
  return (
    <li>
      <span>{words}</span>
      <span class="keys-caps">
        {keys.length === 0 && t('no key')}
        {keys.map((key) => (
          <span key={key}>
            {keyCaps(key, mac).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </span>
        ))}
      </span>
      <span class="keys-change">
        {/* Escape leaves what is open, everywhere. */}
        {command !== 'leave' && (
          <button
            type="button"
            class="link-button"
            aria-expanded={asking}
            aria-label={t('Change the key: {command}', { command: words })}
            onClick={() => onAsk(!asking)}
          >
            {t('Change')}
          </button>
        )}
        {changed && (
          <button
            type="button"
            class="link-button"
            aria-label={t('The key as it was: {command}', { command: words })}
            onClick={() => resetKeys(command)}
          >
            {t('Reset')}
          </button>
        )}
      </span>
      {asking && <KeyField binding={binding} mac={mac} onDone={() => onAsk(false)} />}
    </li>
  )
}

/** Takes the next press; says what stands against it. Tab and Escape keep their meaning, so nobody is caught in it. */
function KeyField({ binding, mac, onDone }: { binding: KeyBinding; mac: boolean; onDone: () => void }) {
  const pressed = useSignal<string | null>(null)
  const { command } = binding
  const digits = KEYMAP.some((one) => one.command === command && keysOf(one, mac)[0]?.endsWith('#') === true)
  const key = pressed.value
  const refused = key === null ? null : refuse(key, digits, mac)
  const holder = key === null ? undefined : holderOf(key, command, bindings.value, mac)
  const take = (wanted: string) => {
    chooseKey(command, wanted, mac)
    announce(t('{keys} is set.', { keys: keyCaps(wanted, mac).join(' ') }))
    onDone()
  }
  return (
    <div class="keys-field">
      <label class="field">
        {t('Press the new keys')}
        <input
          class="input small"
          readOnly
          ref={(input) => input?.focus()}
          value={key === null ? '' : keyCaps(key, mac).join(' ')}
          onKeyDown={(event) => {
            if (['Tab', 'Escape'].includes(event.key)) return
            event.preventDefault()
            const next = bindingOf(event, mac, digits)
            if (next === null) return
            pressed.value = next
            if (
              refuse(next, digits, mac) === null &&
              holderOf(next, command, bindings.peek(), mac) === undefined
            )
              take(next)
          }}
        />
      </label>
      <p class="wrong" role="alert">
        {refused ??
          (holder === undefined
            ? ''
            : t('These keys do something else: {command}.', { command: holder.words }))}
      </p>
      {key !== null && refused === null && holder !== undefined && (
        <button type="button" class="button small" onClick={() => take(key)}>
          {t('Take them away from it')}
        </button>
      )}
    </div>
  )
}

function refuse(key: string, digits: boolean, mac: boolean): string | null {
  if (digits && !key.endsWith('#'))
    return t('This command needs a digit: press one of 1 to 9 with other keys.')
  return refuseKey(key, mac)
}

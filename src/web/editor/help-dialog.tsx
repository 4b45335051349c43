import { Dialog } from '../dialog.tsx'
import { KEYMAP, keyCaps, onMac } from './keymap.ts'

type HelpDialogProps = { readonly permissions: readonly string[]; readonly onClose: () => void }

/** The keys, drawn from the keymap itself. */
export function HelpDialog({ permissions, onClose }: HelpDialogProps) {
  const mac = onMac()
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {KEYMAP.filter(({ permission }) => permission === undefined || permissions.includes(permission)).map(
          ({ command, keys, words }) => (
            <div key={command}>
              <dt>{words}</dt>
              <dd>
                {keys.map((key) => (
                  <span key={key}>
                    {keyCaps(key, mac).map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </span>
                ))}
              </dd>
            </div>
          ),
        )}
      </dl>
      <p class="hint">
        Select some words before you insert a code: a pair then goes around them. On an underlined term, Enter
        inserts its translation.
      </p>
    </Dialog>
  )
}

import { useSignal } from '@preact/signals'
import { t } from '../i18n.ts'
import { announce } from '../notices.tsx'

type CopyLineProps = { readonly label: string; readonly text: string }

/** An address, or a secret, that is there to be copied. */
export function CopyLine({ label, text }: CopyLineProps) {
  const copied = useSignal(false)
  const copy = async (button: HTMLButtonElement) => {
    try {
      await navigator.clipboard.writeText(text)
      copied.value = true
      announce(t('Copied.'))
      setTimeout(() => (copied.value = false), 2000)
    } catch {
      // Over plain HTTP there is no clipboard: the text is selected, so that a key copies it.
      const code = button.parentElement?.querySelector('code')
      if (code != null) getSelection()?.selectAllChildren(code)
      announce(t('Selected: copy it with the keyboard.'))
    }
  }
  return (
    <div class="copy-line">
      <span class="copy-label">{label}</span>
      <code class="copy-text">{text}</code>
      <button
        type="button"
        class="button small"
        aria-label={copied.value ? undefined : t('Copy: {what}', { what: label })}
        onClick={(event) => void copy(event.currentTarget)}
      >
        {copied.value ? t('Copied') : t('Copy')}
      </button>
    </div>
  )
}

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { t } from '../i18n.ts'
import { copyText } from './attempt.ts'

type SecretProps = { readonly label: string; readonly value: string; readonly hint: string }

/** Something that is shown once: a link, a token. */
export function Secret({ label, value, hint }: SecretProps) {
  const id = useId()
  const copied = useSignal<boolean | null>(null)
  return (
    <div class="secret">
      <label for={id}>{label}</label>
      <div class="secret-row">
        <input
          id={id}
          class="input"
          readonly
          value={value}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class="button"
          onClick={() => void copyText(value).then((done) => (copied.value = done))}
        >
          {t('Copy')}
        </button>
      </div>
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
      <p role="status" class="hint">
        {copied.value === true && t('Copied.')}
        {copied.value === false && t('Select it and copy it by hand.')}
      </p>
    </div>
  )
}

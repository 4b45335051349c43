import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { DomainError } from '../../domain/errors.ts'
import { parseLocale } from '../../domain/locale.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'

/** Offered while typing. Any other BCP 47 tag can be typed as well. */
const OFFERED =
  'ar az be bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko lt lv mk nl no pl pt-BR pt-PT ro ru sk sl sq sr sv sw ta th tr uk ur uz vi zh-Hans zh-Hant'.split(
    ' ',
  )

/** The list behind every locale field of the page; render it once. */
export function LocaleOptions() {
  return (
    <datalist id="locale-options">
      {OFFERED.map((tag) => (
        <option key={tag} value={tag}>
          {localeName(tag)}
        </option>
      ))}
    </datalist>
  )
}

/**
 * Reads what a person typed: a tag (`pt-br`) or an English name from the list (`Arabic`).
 * @returns the canonical tag, or a sentence about what is wrong
 */
export function readLocale(typed: string): { readonly tag: string } | { readonly wrong: string } {
  const text = typed.trim()
  const named = OFFERED.find((tag) => localeName(tag).toLowerCase() === text.toLowerCase())
  if (named !== undefined) return { tag: named }
  try {
    return { tag: parseLocale(text) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return {
      wrong: t('{problem}. Write a language tag such as ar, uk or pt-BR.', { problem: error.message }),
    }
  }
}

type LocalePickerProps = {
  /** Shown as chips, chosen or not. */
  readonly offered: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (offered: readonly string[], chosen: readonly string[]) => void
}

/** Target languages as chips, and a field for one more. */
export function LocalePicker({ offered, chosen, onChange }: LocalePickerProps) {
  const typed = useSignal('')
  const wrong = useSignal<string | null>(null)
  const id = useId()
  const toggle = (tag: string) =>
    onChange(offered, chosen.includes(tag) ? chosen.filter((other) => other !== tag) : [...chosen, tag])
  const add = () => {
    if (typed.value.trim() === '') return
    const read = readLocale(typed.value)
    if ('wrong' in read) {
      wrong.value = read.wrong
      return
    }
    typed.value = ''
    wrong.value = null
    onChange(
      offered.includes(read.tag) ? offered : [...offered, read.tag],
      chosen.includes(read.tag) ? chosen : [...chosen, read.tag],
    )
  }
  return (
    <fieldset class="locale-picker">
      <legend>{t('Into')}</legend>
      {offered.map((tag) => (
        <label key={tag} class="choice">
          <input type="checkbox" checked={chosen.includes(tag)} onChange={() => toggle(tag)} />
          <span>
            {localeName(tag)} <code>{tag}</code>
          </span>
        </label>
      ))}
      <span class="locale-add">
        <input
          id={id}
          class="input small"
          list="locale-options"
          placeholder={t('another language')}
          aria-label={t('Add a language: name or tag, for example Arabic or ar')}
          aria-invalid={wrong.value !== null}
          aria-describedby={`${id}-wrong`}
          autocapitalize="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <button type="button" class="button small" onClick={add}>
          {t('Add')}
        </button>
      </span>
      <p id={`${id}-wrong`} class="wrong" role="alert">
        {wrong.value}
      </p>
    </fieldset>
  )
}

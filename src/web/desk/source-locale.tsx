import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { differs } from './detected-language.ts'
import { readLocale } from './locale-picker.tsx'

type SourceLocaleProps = {
  readonly value: string
  /** BCP 47; null: the article does not tell. undefined: nothing was looked at. */
  readonly detected: string | null | undefined
  readonly onDecide: (typed: string) => void
}

/** The language of the source: shown before anything is queued, preselected from the article, always editable. */
export function SourceLocaleField({ value, detected, onDecide }: SourceLocaleProps) {
  const read = readLocale(value)
  const name = 'tag' in read ? localeName(read.tag) : ''
  const doubt = typeof detected === 'string' && differs(detected, value)
  return (
    <div class="source-locale">
      <label>
        <span class="legend">{t('From')}</span>
        <input
          class="input small"
          list="locale-options"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="source-hint source-doubt"
          value={value}
          onInput={(event) => onDecide(event.currentTarget.value)}
        />
      </label>
      <span id="source-hint" class="hint">
        {name}
        {typeof detected === 'string' && !doubt && name !== '' && `, ${t('detected')}`}
        {detected === null && ` ${t('(not detected: please check)')}`}
      </span>
      <div id="source-doubt" role="status">
        {doubt && (
          <p class="doubt">
            {t('The article reads as {language}, not {other}.', {
              language: localeName(detected),
              other: name,
            })}{' '}
            <button type="button" class="link-button" onClick={() => onDecide(detected)}>
              {t('Use {language}', { language: localeName(detected) })}
            </button>
          </p>
        )}
      </div>
    </div>
  )
}

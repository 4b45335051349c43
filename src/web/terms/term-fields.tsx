import { useSignal } from '@preact/signals'
import { directionOf } from '../../domain/locale.ts'
import { t } from '../i18n.ts'
import type { DraftTerm } from './draft-concept.ts'
import { isLocale } from './locale-field.ts'
import { CASE_WORDS, STATUS_WORDS } from './term-words.ts'

type TermFieldsProps = {
  readonly term: DraftTerm
  readonly number: number
  readonly onChange: (part: Partial<DraftTerm>) => void
  readonly onRemove: () => void
}

/** One term of a concept that is being written. */
export function TermFields({ term, number, onChange, onRemove }: TermFieldsProps) {
  const { locale, text, status, caseMode, inflecting, forms, note } = term
  const name = t('Term {number}', { number })
  const more = useSignal(false)
  return (
    <fieldset class="term-fields">
      <legend class="visually-hidden">{name}</legend>
      <div class="term-fields-main">
        <input
          class="input small term-locale"
          aria-label={t('{name}: language', { name })}
          list="term-locales"
          value={locale}
          onInput={(event) => onChange({ locale: event.currentTarget.value })}
        />
        <input
          class="input term-word"
          aria-label={t('{name}: word', { name })}
          maxLength={300}
          lang={isLocale(locale) ? locale : undefined}
          dir={isLocale(locale) ? directionOf(locale) : 'auto'}
          value={text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
        />
        <select
          class="input small"
          aria-label={t('{name}: status', { name })}
          value={status}
          onChange={(event) => onChange({ status: statusOf(event.currentTarget.value) })}
        >
          {Object.entries(STATUS_WORDS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="button small quiet"
          aria-expanded={more.value}
          onClick={() => (more.value = !more.value)}
        >
          {more.value ? t('Less') : t('More')}
          <span class="visually-hidden"> {t('about {name}: case, endings, forms, note', { name })}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('Remove {name}', { name })}
          onClick={onRemove}
        >
          ✕
        </button>
      </div>
      {more.value && (
        <div class="term-fields-more">
          <div class="field-row">
            <label class="field">
              {t('Letters')}
              <select
                class="input small"
                value={caseMode}
                onChange={(event) => onChange({ caseMode: caseOf(event.currentTarget.value) })}
              >
                <option value="">{t('as the word suggests')}</option>
                {Object.entries(CASE_WORDS).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              {t('Endings')}
              <select
                class="input small"
                value={inflecting}
                onChange={(event) => onChange({ inflecting: endingsOf(event.currentTarget.value) })}
              >
                <option value="">{t('as the word suggests')}</option>
                <option value="yes">{t('takes endings')}</option>
                <option value="no">{t('never changes')}</option>
              </select>
            </label>
          </div>
          <label class="field">
            {t('Other forms, with commas')}
            <input
              class="input"
              lang={isLocale(locale) ? locale : undefined}
              value={forms}
              onInput={(event) => onChange({ forms: event.currentTarget.value })}
            />
          </label>
          <label class="field">
            {t('Note')}
            <input
              class="input"
              maxLength={4000}
              value={note}
              onInput={(event) => onChange({ note: event.currentTarget.value })}
            />
          </label>
        </div>
      )}
    </fieldset>
  )
}

function statusOf(value: string): DraftTerm['status'] {
  return value === 'admitted' || value === 'forbidden' ? value : 'preferred'
}

function caseOf(value: string): DraftTerm['caseMode'] {
  return value === 'sensitive' || value === 'insensitive' || value === 'initial' ? value : ''
}

function endingsOf(value: string): DraftTerm['inflecting'] {
  return value === 'yes' || value === 'no' ? value : ''
}

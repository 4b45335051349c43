import { t } from '../i18n.ts'
import { LanguageChoice } from '../language-choice.tsx'

/** The language of the interface, on this device. */
export function LanguagePart() {
  return (
    <section class="account-part" aria-labelledby="language-title">
      <h2 id="language-title">{t('Language of the pages')}</h2>
      <LanguageChoice label={t('On this device')} />
    </section>
  )
}

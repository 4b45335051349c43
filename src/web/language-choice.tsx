import { INTERFACE_LOCALES, type InterfaceLocale, interfaceLocale, speak } from './i18n.ts'

/** Chooses the language of the interface; each is named in itself, for people who do not read the one that is there. */
export function LanguageChoice({ label }: { readonly label: string }) {
  return (
    <label>
      <span>{label}</span>
      <select
        class="input"
        value={interfaceLocale()}
        onChange={(event) => {
          const locale = INTERFACE_LOCALES.find((one) => one === event.currentTarget.value)
          if (locale !== undefined) speak(locale)
        }}
      >
        {INTERFACE_LOCALES.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {nameInItself(locale)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** “Deutsch”, “Português (Brasil)”: with a capital letter, because it stands alone. */
function nameInItself(locale: InterfaceLocale): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

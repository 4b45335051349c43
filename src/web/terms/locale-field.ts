/** Whether what somebody has typed so far is a language tag that a browser understands. */
export function isLocale(text: string): boolean {
  try {
    return text.trim() === text && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** Lower-case long names of the days of the week of a locale. Source: CLDR through `Intl`. */
export function weekdayNames(locale: string): ReadonlySet<string> {
  const known = days.get(locale)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  // 1 January 2024 was a Monday.
  const names = [1, 2, 3, 4, 5, 6, 7].map((day) =>
    format.format(new Date(Date.UTC(2024, 0, day))).toLowerCase(),
  )
  const found = new Set(names)
  days.set(locale, found)
  return found
}

const days = new Map<string, ReadonlySet<string>>()

import { interfaceLocale, t } from '../i18n.ts'

export type Due = {
  /** “in 3 hours”, “2 days ago”. */
  readonly words: string
  readonly kind: 'late' | 'soon' | 'later'
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How far off a deadline is. @param now milliseconds since 1970 */
export function dueOf(deadline: string, now: number): Due {
  const left = Date.parse(deadline) - now
  const kind = left < 0 ? 'late' : left < DAY ? 'soon' : 'later'
  return { words: farOff(left), kind }
}

/** “due in 3 hours” or “overdue since 2 days ago”. */
export function dueWords({ words, kind }: Due): string {
  return kind === 'late' ? t('was due {when}', { when: words }) : t('due {when}', { when: words })
}

function farOff(ms: number): string {
  const format = new Intl.RelativeTimeFormat(interfaceLocale(), { numeric: 'auto', style: 'short' })
  const size = Math.abs(ms)
  const sign = ms < 0 ? -1 : 1
  if (size < HOUR) return format.format(sign * Math.max(1, Math.round(size / 60_000)), 'minute')
  if (size < 2 * DAY) return format.format(sign * Math.round(size / HOUR), 'hour')
  return format.format(sign * Math.round(size / DAY), 'day')
}

/** What a field for a local day and time holds for an instant: `2026-05-03T12:00`; '' for none. */
export function localTime(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The instant, as ISO 8601, of what such a field holds; null for nothing. */
export function instantOf(local: string): string | null {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}

import { t } from './i18n.ts'
import { count } from './words.ts'

type ProgressBarProps = {
  readonly label: string
  readonly total: number
  readonly translated: number
  readonly approved: number
}

/** How far one language is: approved inside translated inside all. */
export function ProgressBar({ label, total, translated, approved }: ProgressBarProps) {
  const share = (part: number) => `${total === 0 ? 0 : Math.round((1000 * part) / total) / 10}%`
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={translated}
      aria-valuetext={t('{translated} of {total} segments translated, {approved} approved', {
        ...{ translated: count(translated), total: count(total), approved: count(approved) },
      })}
    >
      <div class="progress-translated" style={{ width: share(translated) }} />
      <div class="progress-approved" style={{ width: share(approved) }} />
    </div>
  )
}

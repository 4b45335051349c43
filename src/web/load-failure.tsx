import { t } from './i18n.ts'

type LoadFailureProps = {
  /** Why it could not be had, in words for people. */
  readonly wrong: string
  readonly again: () => void
}

/** In place of what could not be loaded. */
export function LoadFailure({ wrong, again }: LoadFailureProps) {
  return (
    <p class="wrong" role="alert">
      {wrong}{' '}
      <button type="button" class="link-button" onClick={again}>
        {t('Try again')}
      </button>
    </p>
  )
}

import type { VerdictView } from '../../http/schemas.ts'
import { t } from '../i18n.ts'

/** What became of a term, in one plain sentence. */
export function verdictWords(verdict: VerdictView): string {
  switch (verdict.status) {
    case 'ok':
      return t('The translation uses the right term.')
    case 'variant':
      return t('An accepted variant is used.')
    case 'missing':
      return verdict.hard
        ? t('The right term is missing. It must be there before this can be approved.')
        : t('The right term is missing.')
    case 'forbidden':
      return t('The translation uses a term that the glossary forbids.')
    case 'waived':
      return waiverWords(verdict)
  }
}

function waiverWords({ waivedBy, reason }: VerdictView): string {
  const made =
    waivedBy === undefined
      ? t('An exception was made')
      : t('An exception was made by {name}', { name: waivedBy })
  return reason === undefined ? made : `${made}: ${reason}`
}

/** True where a person has to do something about the term. */
export const isOpen = (verdict: VerdictView): boolean =>
  verdict.status === 'missing' || verdict.status === 'forbidden'

import type { VerdictView } from '../../http/schemas.ts'

/** What became of a term, in one plain sentence. */
export function verdictWords(verdict: VerdictView): string {
  switch (verdict.status) {
    case 'ok':
      return 'The translation uses the right term.'
    case 'variant':
      return 'An accepted variant is used.'
    case 'missing':
      return verdict.hard
        ? 'The right term is missing. It must be there before this can be approved.'
        : 'The right term is missing.'
    case 'forbidden':
      return 'The translation uses a term that the glossary forbids.'
    case 'waived':
      return `An exception was made${verdict.waivedBy === undefined ? '' : ` by ${verdict.waivedBy}`}${verdict.reason === undefined ? '' : `: ${verdict.reason}`}`
  }
}

/** True where a person has to do something about the term. */
export const isOpen = (verdict: VerdictView): boolean =>
  verdict.status === 'missing' || verdict.status === 'forbidden'

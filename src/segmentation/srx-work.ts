import { DomainError } from '../domain/errors.ts'

/** The steps that a run may still take. */
export type Work = { left: number }

/** @throws DomainError `too-large` when the steps are used up */
export function spend(work: Work, steps: number): void {
  work.left -= steps
  if (work.left >= 0) return
  throw new DomainError(
    'too-large',
    'these segmentation rules need too much work for this text; make their repetitions shorter, or use fewer rules',
  )
}

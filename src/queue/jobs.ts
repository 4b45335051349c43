import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { STAGES, type StageName } from '../store/schema.ts'
import type { StageKey } from '../store/stages.ts'

/**
 * One job per stage of a revision (and locale). The name of the job is the stage, its payload is ids only,
 * and its id follows from both: adding a job that is already there does nothing.
 */
export const JobPayload = z.strictObject({
  revisionId: z.uuid(),
  /** '' for stages of the whole revision. */
  locale: z.string().max(40),
})
export type JobPayload = z.infer<typeof JobPayload>

export function jobIdOf(key: StageKey): string {
  return [key.stage, key.revisionId, key.locale].filter((part) => part !== '').join('-')
}

/** @throws DomainError `invalid-input` for a name or payload that this version does not know */
export function parseJob(name: string, data: unknown): StageKey {
  const stage = STAGES.find((known) => known === name)
  const payload = JobPayload.safeParse(data)
  if (stage === undefined || !payload.success) {
    throw new DomainError(
      'invalid-input',
      `the queue holds a job this version cannot read: ${name.slice(0, 40)}`,
    )
  }
  return { ...payload.data, stage }
}

/** How many jobs of a stage one process works on at once. Translating waits for the network; the rest computes. */
export const CONCURRENCY: Readonly<Record<StageName, number>> = {
  segment: 2,
  translate: 10,
  export: 4,
  bundle: 2,
}

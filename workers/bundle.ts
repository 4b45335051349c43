import { DomainError } from '../src/domain/errors.ts'
import { buildBundle } from '../src/store/bundles.ts'
import type { Database } from '../src/store/database.ts'
import { publishBundle } from '../src/store/publish.ts'
import type { SecretBox } from '../src/store/secret-box.ts'
import { finishStage } from '../src/store/stages.ts'
import type { TermBase } from '../src/store/term-base.ts'
import type { StageTask } from './stage.ts'

/** Writes the finished document once every segment of a locale is approved, and publishes it. */
export async function bundleLocale(
  deps: {
    readonly db: Database
    readonly secrets: SecretBox
    readonly termBase: () => Promise<TermBase>
  },
  task: StageTask,
): Promise<void> {
  const termBase = await deps.termBase()
  await deps.db.transaction().execute(async (trx) => {
    try {
      await publishBundle(
        trx,
        deps.secrets,
        task.revision,
        await buildBundle(trx, task.revision, task.key.locale, termBase),
      )
    } catch (error) {
      // Approval was taken back before we came to it: the next approval opens the stage again.
      if (!(error instanceof DomainError && error.code === 'not-ready')) throw error
    }
    if (!(await finishStage(trx, task.key, task.claim)))
      throw new DomainError('conflict', 'another worker took over')
  })
}

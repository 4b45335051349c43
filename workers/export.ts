import { DomainError } from '../src/domain/errors.ts'
import type { Database } from '../src/store/database.ts'
import { exportXliff } from '../src/store/exports.ts'
import { finishStage } from '../src/store/stages.ts'
import type { TermBase } from '../src/store/term-base.ts'
import type { StageTask } from './stage.ts'

/** Renders the default XLIFF as soon as a locale is translated, so that the first person to pull it waits for nothing. */
export async function exportLocale(
  deps: { readonly db: Database; readonly termBase: () => Promise<TermBase> },
  task: StageTask,
): Promise<void> {
  const termBase = await deps.termBase()
  await deps.db.transaction().execute(async (trx) => {
    await exportXliff(trx, task.revision, task.key.locale, '1.2', termBase)
    if (!(await finishStage(trx, task.key, task.claim)))
      throw new DomainError('conflict', 'another worker took over')
  })
}

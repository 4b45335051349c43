import { useSignal } from '@preact/signals'
import type { MemoryImportLine, MemoryView } from '../../http/memory-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { importTmx } from './memory-api.ts'

type ImportDialogProps = {
  readonly memory: MemoryView
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Takes a TMX into a memory: how far it is, and what came of it. */
export function ImportDialog({ memory, onClose, onChanged }: ImportDialogProps) {
  const file = useSignal<File | null>(null)
  const reviewed = useSignal(true)
  /** 0 to 1 while it is sent; null: not begun. */
  const sent = useSignal<number | null>(null)
  const report = useSignal<MemoryImportLine | null>(null)
  const wrong = useSignal<string | null>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    if (file.value === null) return
    wrong.value = null
    sent.value = 0
    const wish = { file: file.value, reviewed: reviewed.value, pair: null }
    const answer = await importTmx(memory.id, wish, (share) => (sent.value = share))
    sent.value = null
    if (answer.kind === 'ok') report.value = answer.value
    else
      wrong.value = `${describeFailure(answer)} ${t('What was read before is kept; the same file goes on from there.')}`
    onChanged()
  }
  const done = report.value
  if (done !== null) {
    return (
      <Dialog title={t('Import into {name}', { name: memory.name })} onClose={onClose}>
        <ImportResult report={done} />
        <div class="dialog-foot">
          <button type="button" class="button primary" onClick={onClose}>
            {t('Done')}
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('Import into {name}', { name: memory.name })} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <p>
          {t(
            'A TMX of any size. The same file twice changes nothing, and what was corrected here later than the file says stays.',
          )}
        </p>
        <label class="field">
          {t('TMX file')}
          <input
            class="input"
            type="file"
            required
            accept=".tmx,.xml"
            disabled={sent.value !== null}
            onChange={(event) => (file.value = event.currentTarget.files?.[0] ?? null)}
          />
        </label>
        <label class="memory-check">
          <input
            type="checkbox"
            checked={reviewed.value}
            disabled={sent.value !== null}
            onChange={(event) => (reviewed.value = event.currentTarget.checked)}
          />{' '}
          {t('Somebody has approved these translations')}
        </label>
        {sent.value !== null && (
          <div class="memory-progress">
            <progress max={1} aria-label={t('Import')} {...(sent.value < 1 ? { value: sent.value } : {})} />
            <p role="status">
              {sent.value < 1
                ? t('{percent} % is read', { percent: Math.floor(100 * sent.value) })
                : t('All of it is read; the index is being made…')}
            </p>
          </div>
        )}
        <FormEnd submit={t('Import')} wrong={wrong.value} busy={sent.value !== null} onClose={onClose} />
      </form>
    </Dialog>
  )
}

/** What an import did, in numbers. */
export function ImportResult({ report }: { readonly report: MemoryImportLine }) {
  const { read, added = 0, updated = 0, unchanged = 0, skipped = 0, resumedAt = 0 } = report
  const lines = [
    tn(added, '{count} pair is new', '{count} pairs are new'),
    tn(updated, '{count} was newer in the file', '{count} were newer in the file'),
    tn(unchanged, '{count} was known', '{count} were known'),
    tn(
      skipped,
      '{count} was left out: empty, too long, or in no language that we know',
      '{count} were left out: empty, too long, or in no language that we know',
    ),
  ]
  return (
    <div role="status">
      <p>{tn(read, '{count} pair was in the file.', '{count} pairs were in the file.')}</p>
      {resumedAt > 0 && <p>{t('It went on where it had broken off, at {number}.', { number: resumedAt })}</p>}
      <ul class="memory-result">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

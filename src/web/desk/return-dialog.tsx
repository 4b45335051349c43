import { useSignal } from '@preact/signals'
import type { MergeReportView } from '../../http/file-schemas.ts'
import type { DocumentSummary } from '../../http/schemas.ts'
import { returnFile } from '../api.ts'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { refresh } from './documents.ts'
import { MergeReport } from './merge-report.tsx'

type ReturnDialogProps = {
  readonly document: DocumentSummary
  readonly locale: string
  readonly onClose: () => void
}

/** Takes a translated XLIFF back in two steps: look first, then take over. */
export function ReturnDialog({ document, locale, onClose }: ReturnDialogProps) {
  const file = useSignal<File | null>(null)
  const report = useSignal<MergeReportView | null>(null)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)

  const send = async (next: File, dryRun: boolean) => {
    busy.value = true
    wrong.value = null
    const answer = await returnFile(document.id, locale, next, dryRun)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    report.value = answer.value
    if (dryRun) return
    notify(
      tn(
        answer.value.counts.taken ?? 0,
        '{count} segment taken over from {file}.',
        '{count} segments taken over from {file}.',
        { file: next.name },
      ),
    )
    await refresh()
  }
  const choose = (next: File | undefined) => {
    report.value = null
    file.value = next ?? null
    if (next !== undefined) void send(next, true)
  }
  const taken = report.value?.counts.taken ?? 0
  const conflicts = report.value?.counts.conflict ?? 0
  return (
    <Dialog
      title={t('Return a translated XLIFF: {language}', { language: localeName(locale) })}
      wide
      onClose={onClose}
    >
      <p>
        {t(
          'Choose the file that came back from your translation tool; of an OmegaT project, the one in its folder “target”, or project_save.tmx. Nothing changes before you have seen what it would do.',
        )}
      </p>
      <label class="field">
        {t('XLIFF file')}
        <input
          class="input"
          type="file"
          accept=".xlf,.xliff,.sdlxliff,.mqxliff,.tmx,application/xliff+xml"
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
      </label>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {busy.value && <p role="status">{t('Reading the file…')}</p>}
      {report.value !== null && <MergeReport report={report.value} targetLocale={locale} />}
      <div class="dialog-foot">
        {report.value?.dryRun === false ? (
          <>
            <button type="button" class="button primary" onClick={onClose}>
              {t('Done')}
            </button>
            {conflicts > 0 && (
              <a class="button" href={`/documents/${document.id}/${locale}`}>
                {t('Choose between the texts')}
              </a>
            )}
          </>
        ) : (
          <>
            <button
              type="button"
              class="button primary"
              disabled={busy.value || report.value === null || taken + conflicts === 0}
              onClick={() => file.value !== null && void send(file.value, false)}
            >
              {taken > 0
                ? tn(taken, 'Take over {count} segment', 'Take over {count} segments')
                : conflicts > 0
                  ? t('Hand in for a choice')
                  : t('Take over')}
            </button>
            <button type="button" class="button" onClick={onClose}>
              {t('Cancel')}
            </button>
          </>
        )}
      </div>
    </Dialog>
  )
}

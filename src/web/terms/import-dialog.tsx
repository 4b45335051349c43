import { useSignal } from '@preact/signals'
import type { GlossaryView, ImportReport } from '../../http/term-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { count } from '../words.ts'
import { RecheckReport } from './recheck-report.tsx'
import { changesBetween } from './term-words.ts'
import { importGlossary } from './terms-api.ts'

type ImportDialogProps = {
  readonly glossary: GlossaryView
  readonly onClose: () => void
  readonly onChanged: () => void
}

const KIND_WORDS: Readonly<Record<ImportReport['outcomes'][number]['kind'], string>> = {
  new: t('new'),
  changed: t('changed'),
  removed: t('to be deprecated'),
  conflict: t('changed here and in the file'),
  kept: t('kept as changed here'),
  same: t('the same'),
}

/** Takes a file over in two steps: look first, then take over. */
export function ImportDialog({ glossary, onClose, onChanged }: ImportDialogProps) {
  const file = useSignal<File | null>(null)
  const missing = useSignal(false)
  const take = useSignal(false)
  const report = useSignal<ImportReport | null>(null)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const send = async (dryRun: boolean) => {
    if (file.value === null) return
    busy.value = true
    const rule = {
      dryRun,
      missing: missing.value ? 'deprecate' : 'keep',
      conflicts: take.value ? 'take' : 'keep',
    }
    const answer = await importGlossary(glossary.name, file.value, rule)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    report.value = answer.kind === 'ok' ? answer.value : null
    if (answer.kind === 'ok' && !dryRun) {
      notify(t('Taken over from {name}.', { name: file.value.name }))
      onChanged()
    }
  }
  const planned = report.value
  const writes = planned?.outcomes.filter(({ taken }) => taken).length ?? 0
  return (
    <Dialog title={t('Import into {name}', { name: glossary.name })} wide onClose={onClose}>
      {planned?.dryRun !== false && (
        <>
          <p>{t('TBX, CSV or TSV. What people changed here stays, unless you say otherwise.')}</p>
          <label class="field">
            {t('Glossary file')}
            <input
              class="input"
              type="file"
              accept=".tbx,.csv,.tsv,.txt,.xml"
              onChange={(event) => {
                file.value = event.currentTarget.files?.[0] ?? null
                void send(true)
              }}
            />
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={missing.value}
              onChange={(event) => {
                missing.value = event.currentTarget.checked
                void send(true)
              }}
            />{' '}
            {t('Deprecate concepts that the file does not have')}
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={take.value}
              onChange={(event) => {
                take.value = event.currentTarget.checked
                void send(true)
              }}
            />{' '}
            {t('Where both changed, take the file’s side')}
          </label>
        </>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {planned !== null && <Plan report={planned} />}
      {planned?.recheck != null && <RecheckReport id={planned.recheck} />}
      <div class="dialog-foot">
        {planned?.dryRun === false ? (
          <button type="button" class="button primary" onClick={onClose}>
            {t('Done')}
          </button>
        ) : (
          <>
            <button
              type="button"
              class="button primary"
              disabled={busy.value || writes === 0}
              onClick={() => void send(false)}
            >
              {writes === 0
                ? t('Take over')
                : tn(writes, 'Take over {count} change', 'Take over {count} changes')}
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

const told = (parts: readonly string[]): string => (parts.length === 0 ? t('no concepts') : parts.join(', '))

function Plan({ report }: { readonly report: ImportReport }) {
  const rows = report.outcomes.filter(({ kind }) => kind !== 'new').slice(0, 100)
  const parts = Object.entries(KIND_WORDS).flatMap(([kind, words]) => {
    const number = Object.entries(report.counts).find(([name]) => name === kind)?.[1] ?? 0
    return number === 0 ? [] : [`${count(number)} ${words}`]
  })
  return (
    <>
      <p role="status">
        {report.dryRun
          ? t('It would be: {parts}.', { parts: told(parts) })
          : t('Done: {parts}.', { parts: told(parts) })}
      </p>
      <ul class="import-changes">
        {rows.map(({ kind, id, before, after, taken }) => {
          const { removed, added } = changesBetween(before, kind === 'removed' ? null : after)
          return (
            <li key={id}>
              <strong>{id}</strong> {KIND_WORDS[kind]}
              {kind === 'conflict' && `: ${taken ? t('the file’s side') : t('stays as it is here')}`}
              {kind !== 'removed' && (
                <ul class="line-changes">
                  {removed.map((line) => (
                    <li key={line}>
                      <del>{line}</del>
                    </li>
                  ))}
                  {added.map((line) => (
                    <li key={line}>
                      <ins>{line}</ins>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

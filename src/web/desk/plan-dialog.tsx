import { useSignal } from '@preact/signals'
import { PRIORITIES, type Priority } from '../../domain/assignment.ts'
import type { BoardRow } from '../../http/board-schemas.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { savePlan } from './board-api.ts'
import { priorityWords } from './board-words.ts'
import { DocumentDialog } from './document-dialog.tsx'
import { instantOf, localTime } from './due.ts'

type PlanDialogProps = { readonly document: BoardRow; readonly onClose: () => void }

const ABOUT: Readonly<Record<Priority, () => string>> = {
  breaking: () => t('goes before everything else, with machines and with people'),
  high: () => t('goes before what is normal'),
  normal: () => t('in the order it came'),
}

/** How urgent a document is, when it and its languages are due, and what it is about. */
export function PlanDialog({ document, onClose }: PlanDialogProps) {
  const priority = useSignal(document.priority)
  const deadline = useSignal(localTime(document.deadline))
  const domain = useSignal(document.domain)
  const own = useSignal<Readonly<Record<string, string>>>(
    Object.fromEntries(
      document.locales.map((cell) => [cell.locale, cell.ownDeadline ? localTime(cell.deadline) : '']),
    ),
  )
  return (
    <DocumentDialog
      title={t('Priority, deadlines, subject')}
      document={document}
      submit={t('Save')}
      send={() =>
        savePlan(document.id, {
          ...{ priority: priority.value, domain: domain.value.trim() },
          deadline: instantOf(deadline.value),
          deadlines: Object.fromEntries(
            Object.entries(own.value).map(([locale, local]) => [locale, instantOf(local)]),
          ),
        })
      }
      done={() => t('Saved.')}
      onClose={onClose}
    >
      <fieldset class="choices plan-choices">
        <legend>{t('Priority')}</legend>
        {PRIORITIES.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="priority"
              checked={priority.value === one}
              onChange={() => (priority.value = one)}
            />{' '}
            <span>
              {priorityWords(one)} <small class="hint">{ABOUT[one]()}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        {t('Deadline of the document')}
        <input
          class="input"
          type="datetime-local"
          value={deadline.value}
          onInput={(event) => (deadline.value = event.currentTarget.value)}
        />
      </label>
      <label class="field">
        {t('Subject')}
        <input
          class="input"
          maxLength={100}
          placeholder={t('courts, police…')}
          value={domain.value}
          onInput={(event) => (domain.value = event.currentTarget.value)}
        />
      </label>
      {document.locales.length > 0 && (
        <details class="plan-locales" open={document.locales.some(({ ownDeadline }) => ownDeadline)}>
          <summary class="plan-more">{t('Other deadlines for some languages')}</summary>
          {document.locales.map(({ locale }) => (
            <label key={locale} class="plan-locale">
              <span>{localeName(locale)}</span>
              <input
                class="input small"
                type="datetime-local"
                value={own.value[locale] ?? ''}
                onInput={(event) => (own.value = { ...own.value, [locale]: event.currentTarget.value })}
              />
            </label>
          ))}
        </details>
      )}
    </DocumentDialog>
  )
}

import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { SessionView } from '../../http/session-schemas.ts'
import type { ConceptChanged, ConceptView, GlossaryView } from '../../http/term-schemas.ts'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { type DraftTerm, draftOf, inputOf, newTerm } from './draft-concept.ts'
import { TermFields } from './term-fields.tsx'
import { titleOf } from './term-words.ts'
import { createConcept, saveConcept } from './terms-api.ts'

/** A concept to change, or the first term of a new one. */
export type ConceptStart = { readonly locale: string; readonly text: string }

type ConceptFormProps = {
  readonly glossary: GlossaryView
  readonly session: SessionView
  readonly start: ConceptView | ConceptStart
  readonly onCancel: () => void
  readonly onSaved: (changed: ConceptChanged) => void
}

/** Writes a concept: as it is to hold, or as a proposal for those who decide. */
export function ConceptForm({ glossary, session, start, onCancel, onSaved }: ConceptFormProps) {
  const existing = 'id' in start ? start : null
  const draft = useSignal(draftOf(start, session.edition))
  const note = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const curates = may(session, 'curate')
  useLayoutEffect(() => form.current?.querySelector<HTMLInputElement>('input, textarea')?.focus(), [])

  const change = (part: Partial<typeof draft.value>) => (draft.value = { ...draft.value, ...part })
  const changeTerm = (key: number, part: Partial<DraftTerm>) =>
    change({ terms: draft.value.terms.map((term) => (term.key === key ? { ...term, ...part } : term)) })
  const save = async (propose: boolean) => {
    const input = inputOf(draft.value)
    if (input.terms.length === 0) {
      wrong.value = t('Write at least one term.')
      return
    }
    busy.value = true
    const saving = { ...input, propose, note: note.value }
    const answer =
      existing === null ? await createConcept(glossary.name, saving) : await saveConcept(existing, saving)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    notify(
      propose
        ? t('Proposed. Those who look after the terms will decide.')
        : t('Saved. It holds from now on.'),
    )
    onSaved(answer.value)
  }
  const { definition, subject, source, enforcement, terms } = draft.value
  return (
    <form
      ref={form}
      class="concept-form"
      aria-label={existing === null ? t('New concept') : t('Edit {concept}', { concept: titleOf(existing) })}
      onSubmit={(event) => {
        event.preventDefault()
        void save(!curates)
      }}
    >
      <h2>{existing === null ? t('New concept') : titleOf(existing)}</h2>
      <label class="field">
        {t('Definition')}
        <textarea
          class="input"
          rows={2}
          maxLength={4000}
          value={definition}
          onInput={(event) => change({ definition: event.currentTarget.value })}
        />
      </label>
      <div class="field-row">
        <label class="field">
          {t('Subject')}
          <input
            class="input"
            maxLength={300}
            value={subject}
            onInput={(event) => change({ subject: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          {t('Where it was taken from')}
          <input
            class="input"
            maxLength={4000}
            value={source}
            onInput={(event) => change({ source: event.currentTarget.value })}
          />
        </label>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={enforcement === 'hard'}
          onChange={(event) => change({ enforcement: event.currentTarget.checked ? 'hard' : 'advisory' })}
        />{' '}
        {t('Must be kept: a text without it cannot be approved')}
      </label>
      <datalist id="term-locales">
        {[...new Set([...session.edition, ...glossary.locales])].map((locale) => (
          <option key={locale} value={locale} />
        ))}
      </datalist>
      {terms.map((term, at) => (
        <TermFields
          key={term.key}
          term={term}
          number={at + 1}
          onChange={(part) => changeTerm(term.key, part)}
          onRemove={() => change({ terms: terms.filter(({ key }) => key !== term.key) })}
        />
      ))}
      <button
        type="button"
        class="button small"
        onClick={() => change({ terms: [...terms, newTerm(terms, session.edition)] })}
      >
        {t('Add a term')}
      </button>
      <label class="field">
        {t('Why? (for the discussion)')}
        <input
          class="input"
          maxLength={2000}
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <div class="dialog-foot">
        <button type="submit" class="button primary" disabled={busy.value}>
          {curates ? t('Save') : t('Propose')}
        </button>
        {curates && (
          <button type="button" class="button" disabled={busy.value} onClick={() => void save(true)}>
            {t('Only propose')}
          </button>
        )}
        <button type="button" class="button quiet" onClick={onCancel}>
          {t('Cancel')}
        </button>
      </div>
    </form>
  )
}

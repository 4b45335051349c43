import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ConceptChanged, ConceptView } from '../../http/term-schemas.ts'
import type { ConceptUsePage } from '../../http/usage-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import type { Answer } from '../request.ts'

import { shownOf, titleOf } from './term-words.ts'
import { decide, getUse, listConcepts, mergeConcept } from './terms-api.ts'

export type Step = 'approve' | 'reject' | 'deprecate'

type StepDialogProps = {
  readonly concept: ConceptView
  readonly onClose: () => void
  /** @returns what went wrong */
  readonly onDone: (answer: Answer<ConceptChanged>) => string | null
}

const WORDS: Readonly<
  Record<Step, { readonly title: string; readonly button: string; readonly what: string }>
> = {
  approve: {
    title: t('Approve'),
    button: t('Approve'),
    what: t('From now on it holds. Segments that have it are judged anew.'),
  },
  reject: {
    title: t('Refuse'),
    button: t('Refuse'),
    what: t('What holds now stays. The proposal stays in the history.'),
  },
  deprecate: {
    title: t('Deprecate'),
    button: t('Deprecate'),
    what: t('It holds no more, and nothing is checked against it. It can be brought back.'),
  },
}

/** Asks for a decision, with the reason that stays in the history. */
export function DecideDialog({ concept, step, onClose, onDone }: StepDialogProps & { readonly step: Step }) {
  const note = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const { title, button, what } = WORDS[step]
  const submit = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    wrong.value = onDone(await decide(concept, step, note.value))
    busy.value = false
  }
  return (
    <Dialog title={`${title} “${titleOf(concept)}”`} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{what}</p>
        {step !== 'reject' && <UseLine concept={concept} />}
        <label class="field">
          {t('Why? (for the history)')}
          <textarea
            class="input"
            rows={2}
            maxLength={2000}
            value={note.value}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
        <FormEnd submit={button} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

/** Puts a concept into another that is chosen by its words. */
export function MergeDialog({ concept, onClose, onDone }: StepDialogProps) {
  const search = useSignal('')
  const found = useSignal<readonly ConceptView[]>([])
  const into = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  useEffect(() => {
    let late = false
    const filter = { search: search.value, state: 'approved', locale: '' }
    void listConcepts(concept.glossary, filter, null).then((answer) => {
      if (late || answer.kind !== 'ok') return
      found.value = answer.value.concepts.filter(({ id }) => id !== concept.id).slice(0, 20)
    })
    return () => {
      late = true
    }
  }, [search.value])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (into.value === '') {
      wrong.value = t('Choose a concept first.')
      return
    }
    busy.value = true
    wrong.value = onDone(await mergeConcept(concept, into.value, ''))
    busy.value = false
  }
  return (
    <Dialog
      title={t('Merge “{concept}” into another concept', { concept: titleOf(concept) })}
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)}>
        <p>
          {t(
            'Its terms go to the other concept, behind the terms there. A preferred term becomes admitted where the other has one. This concept then points to the other.',
          )}
        </p>
        <UseLine concept={concept} />
        <label class="field">
          {t('Find the other concept')}
          <input
            class="input"
            type="search"
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
        </label>
        <fieldset class="merge-choices">
          <legend class="visually-hidden">{t('Merge into')}</legend>
          {found.value.map((one) => (
            <label key={one.id}>
              <input
                type="radio"
                name="into"
                value={one.id}
                checked={into.value === one.id}
                onChange={() => (into.value = one.id)}
              />{' '}
              {titleOf(one)} <span class="hint">{shownOf(one)?.definition.slice(0, 80)}</span>
            </label>
          ))}
        </fieldset>
        <FormEnd submit={t('Merge')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

/** How much a decision concerns, before it is made. */
function UseLine({ concept }: { readonly concept: ConceptView }) {
  const totals = useSignal<ConceptUsePage['totals'] | null>(null)
  useEffect(() => {
    void getUse(concept, null).then((answer) => {
      if (answer.kind === 'ok') totals.value = answer.value.totals
    })
  }, [])
  if (totals.value === null) return null
  const { segments, documents, published } = totals.value
  return (
    <p class="use-line" role="status">
      {segments === 0
        ? t('No translated segment has it yet.')
        : t('It concerns {segments} in {documents}, {pages}.', {
            segments: tn(segments, '{count} segment', '{count} segments'),
            documents: tn(documents, '{count} document', '{count} documents'),
            pages: tn(published, '{count} published page', '{count} published pages'),
          })}
    </p>
  )
}

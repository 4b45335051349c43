import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SessionView } from '../../http/session-schemas.ts'
import type { ConceptChanged, ConceptView, GlossaryView } from '../../http/term-schemas.ts'
import { t } from '../i18n.ts'
import { type Answer, describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { ConceptBody } from './concept-body.tsx'
import { ConceptForm } from './concept-form.tsx'
import { ConceptHistory } from './concept-history.tsx'
import { ConceptUse } from './concept-use.tsx'
import { DecideDialog, MergeDialog, type Step } from './decide-dialog.tsx'
import { Proposal } from './proposal.tsx'
import { RecheckReport } from './recheck-report.tsx'
import { ENFORCEMENT_WORDS, STATE_WORDS, shownOf, titleOf } from './term-words.ts'
import { conceptPath, getConcept } from './terms-api.ts'

type ConceptPanelProps = {
  readonly glossary: GlossaryView
  readonly id: string
  readonly session: SessionView
  readonly onChanged: () => void
}

/** One concept with everything that can be done about it. */
export function ConceptPanel({ glossary, id, session, onChanged }: ConceptPanelProps) {
  const concept = useSignal<ConceptView | null>(null)
  const wrong = useSignal<string | null>(null)
  const editing = useSignal(false)
  const step = useSignal<Step | 'merge' | null>(null)
  const recheck = useSignal<string | null>(null)
  /** Grows when what stands below has to be read again. */
  const turn = useSignal(0)
  useEffect(() => void load(), [])

  async function load() {
    const answer = await getConcept(glossary.name, id)
    if (answer.kind === 'ok') concept.value = answer.value
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
  }
  /** @returns what went wrong; null: it worked */
  const take = (answer: Answer<ConceptChanged>): string | null => {
    if (answer.kind !== 'ok') return describeFailure(answer)
    editing.value = false
    step.value = null
    recheck.value = answer.value.recheck ?? recheck.value
    turn.value += 1
    if (answer.value.concept.id === id) concept.value = answer.value.concept
    else void load()
    onChanged()
    return null
  }
  const view = concept.value
  if (view === null) {
    return wrong.value === null ? (
      <p role="status">{t('Loading…')}</p>
    ) : (
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
    )
  }
  if (editing.value) {
    return (
      <ConceptForm
        glossary={glossary}
        session={session}
        start={view}
        onCancel={() => (editing.value = false)}
        onSaved={(changed) => void take({ kind: 'ok', value: changed })}
      />
    )
  }
  const curates = may(session, 'curate')
  return (
    <article aria-labelledby="concept-title">
      <header class="concept-head">
        <h2 id="concept-title" lang={shownOf(view)?.terms[0]?.locale} dir="auto">
          {titleOf(view)}
        </h2>
        <p class="concept-facts">
          <span class="badge" data-state={view.state}>
            {STATE_WORDS[view.state]}
          </span>
          {view.state === 'approved' && view.content !== null && (
            <span class="badge" data-enforcement={view.content.enforcement}>
              {ENFORCEMENT_WORDS[view.content.enforcement]}
            </span>
          )}
          {view.mergedInto !== null && (
            <a href={conceptPath(glossary.name, view.mergedInto)}>
              {t('now in {concept}', { concept: view.mergedInto })}
            </a>
          )}
        </p>
        <div class="concept-actions">
          {may(session, 'propose') && view.state !== 'merged' && (
            <button type="button" class="button small" onClick={() => (editing.value = true)}>
              {curates ? t('Edit') : t('Propose a change')}
            </button>
          )}
          {curates && view.state === 'approved' && (
            <>
              <button type="button" class="button small" onClick={() => (step.value = 'merge')}>
                {t('Merge…')}
              </button>
              <button type="button" class="button small" onClick={() => (step.value = 'deprecate')}>
                {t('Deprecate…')}
              </button>
            </>
          )}
          {curates && view.draft === null && (view.state === 'deprecated' || view.state === 'merged') && (
            <button type="button" class="button small" onClick={() => (step.value = 'approve')}>
              {t('Bring back…')}
            </button>
          )}
        </div>
      </header>
      {recheck.value !== null && <RecheckReport key={recheck.value} id={recheck.value} />}
      {view.draft !== null && (
        <Proposal concept={view} curates={curates} onDecide={(what) => (step.value = what)} />
      )}
      {view.content !== null && <ConceptBody content={view.content} />}
      <ConceptUse key={`use ${turn.value}`} concept={view} />
      <ConceptHistory key={`history ${turn.value}`} concept={view} mayComment={may(session, 'propose')} />
      {step.value === 'merge' && (
        <MergeDialog concept={view} onClose={() => (step.value = null)} onDone={take} />
      )}
      {step.value !== null && step.value !== 'merge' && (
        <DecideDialog concept={view} step={step.value} onClose={() => (step.value = null)} onDone={take} />
      )}
    </article>
  )
}

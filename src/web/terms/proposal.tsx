import type { ConceptView } from '../../http/term-schemas.ts'
import { t } from '../i18n.ts'
import type { Step } from './decide-dialog.tsx'
import { changesBetween } from './term-words.ts'

type ProposalProps = {
  readonly concept: ConceptView
  readonly curates: boolean
  readonly onDecide: (step: Step) => void
}

/** A change that waits for a decision: what would go, and what would come. */
export function Proposal({ concept, curates, onDecide }: ProposalProps) {
  const { removed, added } = changesBetween(concept.content, concept.draft)
  const refused = concept.state === 'rejected'
  return (
    <section class="proposal" aria-labelledby="proposal-title">
      <h3 id="proposal-title">
        {refused
          ? t('Refused proposal by {name}', { name: concept.draftBy ?? '' })
          : t('Proposal by {name}', { name: concept.draftBy ?? '' })}
      </h3>
      <ul class="line-changes">
        {removed.map((line) => (
          <li key={line}>
            <del>
              <span class="visually-hidden">{t('goes:')} </span>
              {line}
            </del>
          </li>
        ))}
        {added.map((line) => (
          <li key={line}>
            <ins>
              <span class="visually-hidden">{t('comes:')} </span>
              {line}
            </ins>
          </li>
        ))}
      </ul>
      {curates && (
        <div class="concept-actions">
          <button type="button" class="button small approve" onClick={() => onDecide('approve')}>
            {t('Approve…')}
          </button>
          {!refused && (
            <button type="button" class="button small" onClick={() => onDecide('reject')}>
              {t('Refuse…')}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

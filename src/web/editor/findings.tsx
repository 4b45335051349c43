import { useSignal } from '@preact/signals'
import type { FindingView, VerdictView } from '../../http/schemas.ts'
import { t, tx } from '../i18n.ts'
import { SaidText } from '../said.tsx'
import { CATEGORY_WORDS } from '../words.ts'
import { explainCheck } from './check-words.ts'
import { fixWords, mendRow, placeFix, trailOfRow } from './fixes.ts'
import { type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'
import { isOpen } from './verdict-words.ts'
import { WaiveForm } from './waive-form.tsx'

type FindingsProps = {
  readonly editor: Editor
  readonly row: Row
  readonly active: boolean
  readonly mayWaive: boolean
}

const TERM_CHECKS: readonly string[] = ['term-missing', 'term-forbidden']

const SEVERITY_WORDS: Readonly<Record<FindingView['severity'], string>> = {
  error: t('Must be fixed'),
  warning: t('Please check'),
  info: t('Note'),
}

/** What checks, terms and the last reviewer say about a segment. */
export function Findings({ editor, row, active, mayWaive }: FindingsProps) {
  const { findings, verdicts, rejection, target } = row.segment.value
  // An untranslated segment misses all its terms; saying so is noise.
  const terms = target === null ? [] : firstOfEachConcept(verdicts).filter(isOpen)
  // Checks repeat what the verdicts say about terms, and the verdicts say it better.
  const others = terms.length === 0 ? findings : findings.filter(({ check }) => !TERM_CHECKS.includes(check))
  if (terms.length === 0 && others.length === 0 && rejection === null) return null
  return (
    <ul class="findings">
      {rejection !== null && (
        <li data-severity="error">
          <strong>{t('Sent back by {name}', { name: rejection.by })}</strong>{' '}
          {categoryWords(rejection.category)}
          {rejection.note !== '' && `: ${rejection.note}`}
        </li>
      )}
      {others.map((finding) => (
        <li
          key={`${finding.check} ${finding.start ?? ''} ${finding.message}`}
          data-severity={finding.severity}
        >
          <strong>{SEVERITY_WORDS[finding.severity]}</strong>{' '}
          <span title={explainCheck(finding.check)}>
            <SaidText said={finding} />
          </span>
          {active && <FixButton editor={editor} row={row} finding={finding} />}
        </li>
      ))}
      {terms.map((verdict) => (
        <TermFinding
          key={verdict.conceptId}
          editor={editor}
          row={row}
          verdict={verdict}
          active={active}
          mayWaive={mayWaive}
        />
      ))}
    </ul>
  )
}

/** Mends what the finding speaks of. Gone as soon as the place was changed by hand. */
function FixButton({
  editor,
  row,
  finding,
}: {
  readonly editor: Editor
  readonly row: Row
  readonly finding: FindingView
}) {
  const { fix } = finding
  const saved = row.segment.value.target?.text
  const trail = trailOfRow(row)
  if (fix === undefined || saved === undefined || trail === null) return null
  if (placeFix(trail, textOf(row), fix) === null) return null
  return (
    <span class="finding-actions">
      <button type="button" class="link-button" onClick={() => mendRow(editor, row, fix)}>
        {tx('Fix: {change}', { change: <bdi lang={editor.locale}>{fixWords(saved, fix)}</bdi> })}
      </button>
    </span>
  )
}

type TermFindingProps = FindingsProps & { readonly verdict: VerdictView }

function TermFinding({ editor, row, verdict, active, mayWaive }: TermFindingProps) {
  const waiving = useSignal(false)
  const { source } = row.segment.value
  const term = source.slice(verdict.sourceStart, verdict.sourceEnd)
  const right = verdict.expected[0]
  return (
    <li data-severity={verdict.hard ? 'error' : 'warning'}>
      <strong>{verdict.hard ? t('Term must be right') : t('Term')}</strong> <q>{term}</q>{' '}
      {verdict.status === 'forbidden' ? t('is translated with a forbidden term. Use') : t('should be')}{' '}
      {verdict.expected.map((expected, place) => (
        <span key={expected}>
          {place > 0 && ` ${t('or')} `}
          <bdi lang={editor.locale} class="expected">
            {expected}
          </bdi>
        </span>
      ))}
      .
      {active && (
        <span class="finding-actions">
          {right !== undefined && (
            <button type="button" class="link-button" onClick={() => editor.field.current?.insert(right)}>
              {tx('Insert {text}', { text: <bdi lang={editor.locale}>{right}</bdi> })}
            </button>
          )}
          {mayWaive && verdict.hard && (
            <button type="button" class="link-button" onClick={() => (waiving.value = true)}>
              {t('Make an exception…')}
            </button>
          )}
        </span>
      )}
      {waiving.value && (
        <WaiveForm
          editor={editor}
          row={row}
          verdict={verdict}
          term={term}
          onClose={() => (waiving.value = false)}
        />
      )}
    </li>
  )
}

function categoryWords(category: string): string {
  const entry = Object.entries(CATEGORY_WORDS).find(([name]) => name === category)
  return entry?.[1] ?? category
}

function firstOfEachConcept(verdicts: readonly VerdictView[]): readonly VerdictView[] {
  const open = new Map<string, VerdictView>()
  for (const verdict of verdicts) {
    const known = open.get(verdict.conceptId)
    if (known === undefined || (!isOpen(known) && isOpen(verdict))) open.set(verdict.conceptId, verdict)
  }
  return [...open.values()]
}

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { directionOf } from '../../domain/locale.ts'
import type { ConceptView } from '../../http/term-schemas.ts'
import type { ConceptUsePage, UsedSegments } from '../../http/usage-schemas.ts'
import { t, tn } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { count, localeName } from '../words.ts'
import { getUse, getUsedSegments } from './terms-api.ts'

type Use = ConceptUsePage['uses'][number]

const VERDICT_WORDS = [
  ['ok', t('right')],
  ['variant', t('admitted')],
  ['missing', t('missing')],
  ['forbidden', t('forbidden')],
  ['waived', t('excepted')],
] as const

/** Where a concept stands in documents, and what became of it there. */
export function ConceptUse({ concept }: { readonly concept: ConceptView }) {
  const page = useSignal<ConceptUsePage | null>(null)
  const uses = useSignal<readonly Use[]>([])
  const wrong = useSignal<string | null>(null)
  const load = async (cursor: string | null) => {
    const answer = await getUse(concept, cursor)
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    page.value = answer.value
    uses.value = cursor === null ? answer.value.uses : [...uses.value, ...answer.value.uses]
  }
  useEffect(() => void load(null), [])
  const totals = page.value?.totals
  return (
    <section class="concept-part" aria-labelledby="use-title">
      <h3 id="use-title">{t('Where it is used')}</h3>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {totals !== undefined && (
        <p>
          {totals.segments === 0
            ? t('In no translated segment yet.')
            : t('In {segments} of {documents}: {verdicts}.', {
                segments: tn(totals.segments, '{count} segment', '{count} segments'),
                documents: tn(totals.documents, '{count} document', '{count} documents'),
                verdicts: wordsOf(totals.verdicts),
              })}
        </p>
      )}
      {uses.value.length > 0 && (
        <ul class="uses">
          {uses.value.map((use) => (
            <li key={`${use.documentId} ${use.locale}`}>
              <UseEntry concept={concept} use={use} />
            </li>
          ))}
        </ul>
      )}
      {page.value?.nextCursor != null && (
        <button type="button" class="button small" onClick={() => void load(page.value?.nextCursor ?? null)}>
          {t('Show more documents')}
        </button>
      )}
    </section>
  )
}

function UseEntry({ concept, use }: { readonly concept: ConceptView; readonly use: Use }) {
  const segments = useSignal<UsedSegments['segments'] | null>(null)
  const load = async () => {
    const answer = await getUsedSegments(concept, { document: use.documentId, locale: use.locale })
    if (answer.kind === 'ok') segments.value = answer.value.segments
  }
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open && segments.value === null) void load()
      }}
    >
      <summary>
        <span dir="auto">{use.title}</span>, {localeName(use.locale)}: {wordsOf(use.verdicts)}
        {use.published && <span class="badge">{t('Published')}</span>}
      </summary>
      <ul class="use-segments">
        {segments.value?.map((segment) => (
          <li key={segment.segmentId}>
            <p dir="auto">{visible(segment.source)}</p>
            <p lang={segment.locale} dir={directionOf(segment.locale)}>
              {visible(segment.target)}
            </p>
          </li>
        ))}
      </ul>
      <a href={`/documents/${use.documentId}/${use.locale}`}>{t('Open in the editor')}</a>
    </details>
  )
}

/** Without the characters that stand for inline codes. */
const visible = (text: string) => text.replace(/[\ue000-\uf8ff]/g, '')

function wordsOf(verdicts: Use['verdicts']): string {
  return VERDICT_WORDS.filter(([status]) => verdicts[status] > 0)
    .map(([status, word]) => `${count(verdicts[status])} ${word}`)
    .join(', ')
}

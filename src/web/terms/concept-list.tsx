import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { directionOf } from '../../domain/locale.ts'
import type { ConceptView, GlossaryView } from '../../http/term-schemas.ts'
import { t, tn } from '../i18n.ts'
import { announce } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { STATE_WORDS, shownOf, titleOf } from './term-words.ts'
import { type ConceptFilter, conceptPath, listConcepts } from './terms-api.ts'

type ConceptListProps = {
  readonly glossary: GlossaryView
  readonly selected: string | undefined
  readonly changes: number
  readonly onOpen: () => void
}

const FILTERS: readonly (readonly [string, string])[] = [
  ['approved', t('In force')],
  ['waiting', t('To decide')],
  ['deprecated', t('Deprecated')],
  ['rejected', t('Refused')],
  ['merged', t('Merged')],
  ['', t('All')],
]

/** The concepts of a term base, found by any of their words. */
export function ConceptList({ glossary, selected, changes, onOpen }: ConceptListProps) {
  const search = useSignal('')
  const state = useSignal('approved')
  const locale = useSignal('')
  const concepts = useSignal<readonly ConceptView[] | null>(null)
  const next = useSignal<string | null>(null)
  const wrong = useSignal<string | null>(null)
  const turn = useSignal(0)
  const load = async (cursor: string | null) => {
    turn.value += 1
    const mine = turn.value
    const filter: ConceptFilter = { search: search.value, state: state.value, locale: locale.value }
    const answer = await listConcepts(glossary.name, filter, cursor)
    // A later question has been asked meanwhile.
    if (mine !== turn.value) return
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    wrong.value = null
    concepts.value =
      cursor === null ? answer.value.concepts : [...(concepts.value ?? []), ...answer.value.concepts]
    next.value = answer.value.nextCursor
    if (cursor === null && search.value !== '')
      announce(tn(concepts.value.length, '{count} concept found', '{count} concepts found'))
  }
  useEffect(() => {
    const timer = setTimeout(() => void load(null), search.value === '' ? 0 : 180)
    return () => clearTimeout(timer)
  }, [search.value, state.value, locale.value, changes])
  return (
    <section class="concept-list" aria-label={t('Terms')}>
      <search class="concept-search">
        <input
          class="input"
          type="search"
          aria-label={t('Search in {name}', { name: glossary.name })}
          placeholder={t('Search terms, definitions, notes')}
          value={search.value}
          onInput={(event) => (search.value = event.currentTarget.value)}
        />
        <select
          class="input small"
          aria-label={t('State')}
          value={state.value}
          onChange={(event) => (state.value = event.currentTarget.value)}
        >
          {FILTERS.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
              {value === 'waiting' && glossary.waiting > 0 ? ` (${glossary.waiting})` : ''}
            </option>
          ))}
        </select>
        <select
          class="input small"
          aria-label={t('With a term in')}
          value={locale.value}
          onChange={(event) => (locale.value = event.currentTarget.value)}
        >
          <option value="">{t('Any language')}</option>
          {glossary.locales.map((one) => (
            <option key={one} value={one}>
              {localeName(one)}
            </option>
          ))}
        </select>
      </search>
      {wrong.value !== null && (
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
      )}
      {concepts.value?.length === 0 && <p class="hint concept-empty">{t('Nothing found.')}</p>}
      <ul class="concepts">
        {concepts.value?.map((concept) => (
          <li key={concept.id}>
            <a
              class="concept-link"
              href={conceptPath(glossary.name, concept.id)}
              aria-current={concept.id === selected ? 'true' : undefined}
              onClick={onOpen}
            >
              <ConceptLine concept={concept} locale={locale.value} />
            </a>
          </li>
        ))}
      </ul>
      {next.value !== null && (
        <button type="button" class="button more" onClick={() => void load(next.value)}>
          {t('Show more')}
        </button>
      )}
    </section>
  )
}

function ConceptLine({ concept, locale }: { readonly concept: ConceptView; readonly locale: string }) {
  const terms = shownOf(concept)?.terms ?? []
  const [first] = terms
  const other = terms.find(
    (term) =>
      term.locale !== first?.locale && (locale === '' || term.locale === locale) && term.text !== first?.text,
  )
  return (
    <>
      <span
        class="concept-name"
        lang={first?.locale}
        dir={first === undefined ? 'auto' : directionOf(first.locale)}
      >
        {titleOf(concept)}
      </span>
      {other !== undefined && (
        <bdi class="concept-other" lang={other.locale} dir={directionOf(other.locale)}>
          {other.text}
        </bdi>
      )}
      {concept.state !== 'approved' && <span class="badge">{STATE_WORDS[concept.state]}</span>}
      {concept.draft !== null && concept.state === 'approved' && (
        <span class="badge warn">{t('Change proposed')}</span>
      )}
    </>
  )
}

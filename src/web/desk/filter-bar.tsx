import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { PRIORITIES } from '../../domain/assignment.ts'
import { LOCALE_STATES } from '../../domain/progress.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { type BoardQuery, getPeopleAtWork } from './board-api.ts'
import { EVERYTHING, isFiltered } from './board-query.ts'
import { priorityWords, stateWords } from './board-words.ts'

type FilterBarProps = {
  readonly query: BoardQuery
  readonly locales: readonly string[]
  readonly onChange: (query: BoardQuery) => void
}

/** How long one may pause in typing before the search begins. */
const TYPING_MS = 250

/** What of the board is shown, and in which order. */
export function FilterBar({ query, locales, onChange }: FilterBarProps) {
  const typed = useSignal(query.text)
  const people = useSignal<readonly string[] | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    typed.value = query.text
  }, [query.text])
  const search = (text: string, wait: number) => {
    typed.value = text
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange({ ...query, text }), wait)
  }
  const loadPeople = async () => {
    if (people.value !== null) return
    people.value = []
    const answer = await getPeopleAtWork()
    if (answer.kind === 'ok') people.value = answer.value.people
    else people.value = null
  }
  const others = [...new Set([...(people.value ?? []), ...(isName(query.who) ? [query.who] : [])])]
  return (
    <search aria-label={t('Filter the documents')}>
      <form
        class="filter-bar"
        onSubmit={(event) => {
          event.preventDefault()
          search(typed.value, 0)
        }}
      >
        <label class="filter-search">
          <span class="visually-hidden">{t('Search titles and file names')}</span>
          <input
            class="input small"
            type="search"
            placeholder={t('Search titles and file names')}
            value={typed.value}
            onInput={(event) => search(event.currentTarget.value, TYPING_MS)}
          />
        </label>
        <Choice name={t('State')} value={query.state} onChoose={(state) => onChange({ ...query, state })}>
          <option value="">{t('Any state')}</option>
          <option value="open">{t('Not finished')}</option>
          {LOCALE_STATES.map((state) => (
            <option key={state} value={state}>
              {stateWords(state)}
            </option>
          ))}
        </Choice>
        <Choice
          name={t('Language')}
          value={query.locale}
          onChoose={(locale) => onChange({ ...query, locale })}
        >
          <option value="">{t('Any language')}</option>
          {locales.map((locale) => (
            <option key={locale} value={locale}>
              {localeName(locale)}
            </option>
          ))}
        </Choice>
        <Choice
          name={t('Who')}
          value={query.who}
          onOpen={() => void loadPeople()}
          onChoose={(who) => onChange({ ...query, who })}
        >
          <option value="">{t('Anybody')}</option>
          <option value="mine">{t('Mine')}</option>
          <option value="unassigned">{t('Nobody yet')}</option>
          {others.map((person) => (
            <option key={person} value={person}>
              {person}
            </option>
          ))}
        </Choice>
        <Choice
          name={t('Priority')}
          value={query.priority}
          onChoose={(priority) => onChange({ ...query, priority })}
        >
          <option value="">{t('Any priority')}</option>
          {PRIORITIES.map((priority) => (
            <option key={priority} value={priority}>
              {priorityWords(priority)}
            </option>
          ))}
        </Choice>
        <Choice
          name={t('Deadline')}
          value={query.due}
          onChoose={(due) =>
            onChange({ ...query, due: due === 'overdue' || due === 'today' || due === 'week' ? due : '' })
          }
        >
          <option value="">{t('Any deadline')}</option>
          <option value="overdue">{t('Overdue')}</option>
          <option value="today">{t('Due within a day')}</option>
          <option value="week">{t('Due within a week')}</option>
        </Choice>
        <label class="filter-check">
          <input
            type="checkbox"
            checked={query.findings}
            onChange={(event) => onChange({ ...query, findings: event.currentTarget.checked })}
          />{' '}
          {t('With findings')}
        </label>
        <Choice
          name={t('Order')}
          value={query.sort}
          onChoose={(sort) => onChange({ ...query, sort: sort === 'newest' ? 'newest' : 'urgent' })}
        >
          <option value="urgent">{t('Most urgent first')}</option>
          <option value="newest">{t('Newest first')}</option>
        </Choice>
        {isFiltered(query) && (
          <button
            type="button"
            class="button small quiet"
            onClick={() => onChange({ ...EVERYTHING, sort: query.sort })}
          >
            {t('Show everything')}
          </button>
        )}
      </form>
    </search>
  )
}

const isName = (who: string) => who !== '' && who !== 'mine' && who !== 'unassigned'

type ChoiceProps = {
  readonly name: string
  readonly value: string
  /** What filters nothing out. */
  readonly usual?: string
  readonly onChoose: (value: string) => void
  readonly onOpen?: () => void
  readonly children: ComponentChildren
}

function Choice({ name, value, usual = '', onChoose, onOpen, children }: ChoiceProps) {
  return (
    <select
      class={value === usual ? 'input small' : 'input small chosen'}
      aria-label={name}
      value={value}
      onFocus={onOpen}
      onPointerEnter={onOpen}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {children}
    </select>
  )
}

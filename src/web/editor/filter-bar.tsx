import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { interfaceLocale, t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { checkName } from './check-words.ts'
import { onCommand } from './commands.ts'
import {
  type Criteria,
  isFiltering,
  NO_CRITERIA,
  SIDES,
  type Side,
  STATE_CHOICES,
  type StateChoice,
  writeShown,
} from './filter.ts'
import type { Editor } from './store.ts'

const STATE_WORDS: Readonly<Record<StateChoice, string>> = {
  untranslated: t('Untranslated'),
  draft: t('Draft'),
  translated: t('Translated'),
  approved: t('Approved'),
  blocked: t('Blocked'),
  'sent-back': t('Sent back'),
}
const SIDE_WORDS: Readonly<Record<Side, string>> = {
  both: t('source or translation'),
  source: t('source'),
  target: t('translation'),
}
/** Typing rests this long before the list changes. */
const REST_MS = 200

/** Everything that segments can be filtered by, behind one button; in the address, so that it can be shared. */
export function FilterBar({ editor }: { readonly editor: Editor }) {
  const open = useSignal(isFiltering(editor.criteria.peek()))
  const text = useRef<HTMLInputElement>(null)
  const criteria = editor.criteria.value
  useEffect(
    () =>
      onCommand('filter', () => {
        open.value = true
        // After the bar is drawn, before the next key.
        queueMicrotask(() => text.current?.focus())
      }),
    [],
  )
  const set = (change: Partial<Criteria>) =>
    editor.setFilter(editor.filter.peek(), { ...criteria, ...change })
  return (
    <>
      <button
        type="button"
        class="button small quiet"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        {isFiltering(criteria) ? t('Filter: on') : t('Filter')}
      </button>
      {open.value && (
        <search class="filter-bar">
          <WordsField editor={editor} field={text} set={set} />
          <Choice
            words={t('In')}
            value={criteria.side}
            options={SIDES.map((side) => [side, SIDE_WORDS[side]])}
            onChange={(side) => set({ side: SIDES.find((known) => known === side) ?? 'both' })}
          />
          <Choice
            words={t('State')}
            value={criteria.state ?? ''}
            options={[['', t('any')], ...STATE_CHOICES.map((one) => [one, STATE_WORDS[one]] as const)]}
            onChange={(state) => set({ state: STATE_CHOICES.find((known) => known === state) ?? null })}
          />
          <Choice
            words={t('Finding')}
            value={criteria.check ?? ''}
            options={[['', t('any')], ...checksIn(editor, criteria.check)]}
            onChange={(check) => set({ check: check === '' ? null : check })}
          />
          <Choice
            words={t('Term')}
            value={criteria.concept ?? ''}
            options={[['', t('any')], ...withChosen(termsIn(editor), criteria.concept)]}
            onChange={(concept) => set({ concept: concept === '' ? null : concept })}
          />
          <label class="filter-field">
            {t('Changed since')}
            <input
              class="input small"
              type="date"
              value={criteria.since ?? ''}
              onChange={(event) => set({ since: event.currentTarget.value || null })}
            />
          </label>
          <label class="tick">
            <input
              type="checkbox"
              checked={criteria.mine}
              onChange={(event) => set({ mine: event.currentTarget.checked })}
            />
            {t('Mine')}
          </label>
          <label class="tick">
            <input
              type="checkbox"
              checked={criteria.comments}
              onChange={(event) => set({ comments: event.currentTarget.checked })}
            />
            {t('With comments')}
          </label>
          <span class="hint" role="status">
            {tn(editor.shown.value.length, '{count} segment', '{count} segments')}
          </span>
          {isFiltering(criteria) && (
            <>
              <button type="button" class="link-button" onClick={() => void copyAddress(editor)}>
                {t('Copy link')}
              </button>
              <button
                type="button"
                class="link-button"
                onClick={() => editor.setFilter(editor.filter.peek(), NO_CRITERIA)}
              >
                {t('Clear')}
              </button>
            </>
          )}
        </search>
      )}
    </>
  )
}

type WordsFieldProps = {
  readonly editor: Editor
  readonly field: { current: HTMLInputElement | null }
  readonly set: (change: Partial<Criteria>) => void
}

function WordsField({ editor, field, set }: WordsFieldProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { text } = editor.criteria.value
  return (
    <label class="filter-field">
      {t('Words')}
      <input
        ref={field}
        class="input small"
        type="search"
        dir="auto"
        maxLength={300}
        value={text}
        onInput={(event) => {
          const words = event.currentTarget.value
          clearTimeout(timer.current)
          timer.current = setTimeout(() => set({ text: words }), REST_MS)
        }}
      />
    </label>
  )
}

type Option = readonly [value: string, words: string]
type ChoiceProps = {
  readonly words: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
}

function Choice({ words, value, options, onChange }: ChoiceProps) {
  return (
    <label class="filter-field">
      {words}
      <select class="input small" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The checks that found something in this document, and the chosen one, by their names. */
function checksIn(editor: Editor, chosen: string | null): readonly Option[] {
  const found = editor.rows.peek().flatMap((row) => row.segment.peek().findings.map(({ check }) => check))
  const checks = [...new Set(chosen === null ? found : [...found, chosen])]
  return checks
    .map((check) => [check, checkName(check)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, interfaceLocale()))
}

/** The terms that stand in this document, by the words of the first place. */
function termsIn(editor: Editor): readonly Option[] {
  const terms = new Map<string, string>()
  for (const row of editor.rows.peek()) {
    const { verdicts, source } = row.segment.peek()
    for (const { conceptId, sourceStart, sourceEnd } of verdicts) {
      if (!terms.has(conceptId)) terms.set(conceptId, source.slice(sourceStart, sourceEnd))
    }
  }
  return [...terms].sort(([, a], [, b]) => a.localeCompare(b))
}

/** A link may ask for what is not there (any more): it is shown as chosen all the same. */
function withChosen(options: readonly Option[], chosen: string | null): readonly Option[] {
  if (chosen === null || options.some(([value]) => value === chosen)) return options
  return [...options, [chosen, chosen]]
}

async function copyAddress(editor: Editor): Promise<void> {
  const query = writeShown({ filter: editor.filter.peek(), criteria: editor.criteria.peek(), segment: null })
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}${query}`)
    notify(t('The link to these segments is copied.'))
  } catch {
    notify(t('The browser does not allow copying here. The address of the page is the link.'), 'problem')
  }
}

import { useSignal } from '@preact/signals'
import type { MemoryView } from '../../http/memory-schemas.ts'
import { t } from '../i18n.ts'
import type { CleaningWish, LocalePair } from './memory-api.ts'
import { PairChoice } from './pair-choice.tsx'

type CleaningFormProps = {
  readonly memories: readonly MemoryView[]
  readonly pairs: readonly LocalePair[]
  readonly busy: boolean
  readonly onLook: (wish: CleaningWish) => void
}

const KINDS: readonly (readonly [CleaningWish['find'], string])[] = [
  ['differing', t('Another translation of the same sentence is newer or reviewed')],
  ['elsewhere', t('Translated otherwise between other sentences: both may be right')],
  ['same', t('The translation is the source')],
  ['numbers', t('The translation has other numbers')],
  ['empty', t('Nothing in it but marks and spaces')],
  ['long', t('More than 1,000 characters')],
  ['chosen', t('Everything by somebody, from a document, or of some days')],
]

/** What is to be looked for. */
export function CleaningForm({ memories, pairs, busy, onLook }: CleaningFormProps) {
  const wish = useSignal<CleaningWish>({
    find: 'differing',
    sourceLocale: pairs[0]?.source ?? '',
    targetLocale: pairs[0]?.target ?? '',
    memory: null,
    ...{ by: '', document: '', from: '', before: '' },
  })
  const set = (more: Partial<CleaningWish>) => {
    wish.value = { ...wish.value, ...more }
  }
  const { sourceLocale, targetLocale } = wish.value
  const texts = [
    { key: 'by', label: t('By') },
    { key: 'document', label: t('From document or file') },
  ] as const
  const days = [
    { key: 'from', label: t('Changed on or after') },
    { key: 'before', label: t('Changed before') },
  ] as const
  return (
    <form
      class="cleaning-form"
      onSubmit={(event) => {
        event.preventDefault()
        onLook(wish.value)
      }}
    >
      <div class="memory-search">
        <label class="field memory-words">
          {t('Look for')}
          <select
            class="input"
            value={wish.value.find}
            onChange={(event) => {
              const kind = KINDS.find(([find]) => find === event.currentTarget.value)
              if (kind !== undefined) set({ find: kind[0] })
            }}
          >
            {KINDS.map(([find, words]) => (
              <option key={find} value={find}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <PairChoice
          pairs={pairs}
          chosen={{ source: sourceLocale, target: targetLocale }}
          onChoose={({ source, target }) => set({ sourceLocale: source, targetLocale: target })}
        />
        <label class="field">
          {t('Memory')}
          <select
            class="input"
            value={wish.value.memory === null ? '' : `${wish.value.memory}`}
            onChange={(event) => {
              const id = event.currentTarget.value
              set({ memory: id === '' ? null : Number(id) })
            }}
          >
            <option value="">{t('all of them')}</option>
            {memories.map(({ id, name }) => (
              <option key={id} value={`${id}`}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="memory-search">
        {texts.map(({ key, label }) => (
          <label key={key} class="field">
            {label}
            <input
              class="input"
              value={wish.value[key]}
              onInput={(event) => set({ [key]: event.currentTarget.value })}
            />
          </label>
        ))}
        {days.map(({ key, label }) => (
          <label key={key} class="field">
            {label}
            <input
              class="input"
              type="date"
              value={wish.value[key]}
              onInput={(event) => set({ [key]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? t('Looking…') : t('Look')}
        </button>
      </div>
    </form>
  )
}

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { directionOf } from '../../domain/locale.ts'
import type { MemoryHits } from '../../http/memory-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { type Answer, describeFailure, request } from '../request.ts'
import { moment } from '../words.ts'
import { withoutForeignCodes } from './codes.ts'
import { closePanel } from './panels.ts'
import { piecesOf } from './pieces.ts'
import type { Editor } from './store.ts'

type Hit = MemoryHits['units'][number]
type Side = 'source' | 'target'

/** Typing rests this long before the memory is asked. */
const REST_MS = 250

function searchMemory(wish: Readonly<Record<string, string>>): Promise<Answer<MemoryHits>> {
  return request('GET', `/api/memories/search?${new URLSearchParams(wish)}`)
}

/** Where words stand in the memory, in source or target, and what they were translated with. */
export function ConcordanceDialog({ editor }: { readonly editor: Editor }) {
  const words = useSignal(selectedWords())
  const side = useSignal<Side>(selectionSide())
  const hits = useSignal<readonly Hit[] | null>(null)
  const cursor = useSignal<string | null>(null)
  const wrong = useSignal<string | null>(null)
  const pair = { sourceLocale: editor.document.value?.sourceLocale ?? 'en', targetLocale: editor.locale }
  const ask = (from: string | null) =>
    searchMemory({ q: words.value.trim(), side: side.value, ...pair, ...(from !== null && { cursor: from }) })
  useEffect(() => {
    let gone = false
    const timer = setTimeout(async () => {
      if (words.value.trim() === '') {
        hits.value = null
        return
      }
      const answer = await ask(null)
      if (gone) return
      wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
      if (answer.kind !== 'ok') return
      hits.value = answer.value.units
      cursor.value = answer.value.nextCursor
    }, REST_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [words.value, side.value])
  const more = async () => {
    const answer = await ask(cursor.peek())
    if (answer.kind !== 'ok') wrong.value = describeFailure(answer)
    else {
      hits.value = [...(hits.peek() ?? []), ...answer.value.units]
      cursor.value = answer.value.nextCursor
    }
  }
  const insert = (hit: Hit) => {
    closePanel()
    // The field takes it once the dialog is gone.
    setTimeout(() => editor.field.current?.insert(withoutForeignCodes(hit.target, [])))
  }
  const list = hits.value
  return (
    <Dialog title={t('Search the memory')} wide onClose={closePanel}>
      <search class="concordance">
        <label class="field">
          {t('Words')}
          <input
            class="input"
            data-first
            type="search"
            dir="auto"
            maxLength={300}
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
        </label>
        <fieldset class="replace-options">
          <legend class="visually-hidden">{t('Where to search')}</legend>
          {(['source', 'target'] as const).map((one) => (
            <label key={one} class="tick">
              <input
                type="radio"
                name="concordance-side"
                checked={side.value === one}
                onChange={() => (side.value = one)}
              />
              {one === 'source' ? t('In sources') : t('In translations')}
            </label>
          ))}
        </fieldset>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        <p class="hint" role="status">
          {list === null
            ? t('Select words in a segment before you open this, and they are searched at once.')
            : list.length === 0
              ? t('The memory has no sentence with these words.')
              : ''}
        </p>
        <ol class="hits">
          {list?.map((hit) => (
            <li key={hit.id}>
              <div>
                <Line
                  text={hit.source}
                  locale={hit.sourceLocale}
                  marks={side.value === 'source' ? hit : null}
                />
                <Line
                  text={hit.target}
                  locale={hit.targetLocale}
                  marks={side.value === 'target' ? hit : null}
                />
                <p class="hint">
                  {[hit.by, hit.document === '' ? hit.memory : hit.document, moment(hit.changedAt)]
                    .filter((part) => part !== '')
                    .join(', ')}
                </p>
              </div>
              {editor.field.current !== null && (
                <button type="button" class="button small" onClick={() => insert(hit)}>
                  {t('Insert')}
                </button>
              )}
            </li>
          ))}
        </ol>
        {cursor.value !== null && (
          <button type="button" class="button small" onClick={() => void more()}>
            {t('Show more')}
          </button>
        )}
      </search>
    </Dialog>
  )
}

function Line({ text, locale, marks }: { text: string; locale: string; marks: Hit | null }) {
  return (
    <p class="version-text" lang={locale} dir={directionOf(locale)}>
      {piecesOf(text, marks?.highlights ?? []).map((piece) => {
        if (piece.kind === 'code') return null
        return piece.marks.length === 0 ? (
          <span key={piece.start}>{piece.text}</span>
        ) : (
          <mark key={piece.start}>{piece.text}</mark>
        )
      })}
    </p>
  )
}

/** What is selected in the page, as words to look for. */
function selectedWords(): string {
  const text = withoutForeignCodes(window.getSelection()?.toString() ?? '', [])
  return text.length > 100 ? '' : text.replace(/\s+/g, ' ').trim()
}

function selectionSide(): Side {
  const node = window.getSelection()?.anchorNode
  const element = node instanceof Element ? node : node?.parentElement
  return element?.closest('.segment-target') == null ? 'source' : 'target'
}

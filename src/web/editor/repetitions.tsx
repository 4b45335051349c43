import { useSignal } from '@preact/signals'
import { t, tn } from '../i18n.ts'
import { changeMany, tellResult } from './batch.ts'
import { NO_CRITERIA } from './filter.ts'
import { isApproved, type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'

/** Rows by their source and the shapes of its codes: sources never change while a page is open. */
const indexes = new WeakMap<readonly Row[], ReadonlyMap<string, readonly Row[]>>()

const keyOf = (row: Row): string => {
  const { source, codes } = row.segment.peek()
  return `${source}\n${codes.map(({ kind, type }) => `${kind} ${type}`).join('|')}`
}

/** The other segments with the same source. */
export function repetitionsOf(rows: readonly Row[], row: Row): readonly Row[] {
  let index = indexes.get(rows)
  if (index === undefined) {
    index = Map.groupBy(rows, keyOf)
    indexes.set(rows, index)
  }
  return (index.get(keyOf(row)) ?? []).filter((other) => other !== row)
}

/** Offers a translation to the same sentence elsewhere. Never by itself: “Open” may be a verb here and a sign there. */
export function Repetitions({ editor, row }: { readonly editor: Editor; readonly row: Row }) {
  const busy = useSignal(false)
  const others = repetitionsOf(editor.rows.value, row)
  if (others.length === 0) return null
  const text = textOf(row)
  // What a person wrote there, or approved, is theirs.
  const open = others.filter(
    (other) => textOf(other) !== text && !isApproved(other.segment.value) && !isByPerson(other),
  )
  const fill = async () => {
    busy.value = true
    if (await editor.saver.save(row)) {
      const saved = textOf(row)
      const note = `the same sentence as ${row.segment.peek().name}`
      const step = t('the repetitions of segment {number}', { number: row.index + 1 })
      const result = await changeMany(
        editor,
        'repeat',
        note,
        step,
        open.map((other) => ({ row: other, text: saved })),
      )
      tellResult(result, tn(result.saved, 'Taken over once.', 'Taken over {count} times.'))
    }
    busy.value = false
  }
  const showAll = () => {
    const { source } = row.segment.peek()
    const code = source.search(/[\ue000-\uf8ff]/)
    const text = source.slice(0, Math.min(300, code === -1 ? source.length : code))
    editor.setFilter('all', { ...NO_CRITERIA, text, side: 'source' })
  }
  return (
    <p class="repetitions">
      {tn(
        others.length,
        'The same sentence stands at {count} other place.',
        'The same sentence stands at {count} other places.',
      )}{' '}
      <button type="button" class="link-button" onClick={showAll}>
        {t('Show them')}
      </button>{' '}
      {text !== '' && open.length > 0 && (
        <button type="button" class="link-button" disabled={busy.value} onClick={() => void fill()}>
          {tn(open.length, 'Use this translation there', 'Use this translation at {count} places')}
        </button>
      )}
    </p>
  )
}

const isByPerson = (row: Row): boolean =>
  row.draft.value !== null || row.segment.value.target?.origin === 'human'

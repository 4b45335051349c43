import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { directionOf } from '../../domain/locale.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { announce } from '../notices.tsx'
import { onCommand } from './commands.ts'
import { piecesOf } from './pieces.ts'
import { type Row, unitOf } from './rows.ts'
import { joinRow, splitRow } from './split-actions.ts'
import { likelySplit, splitPlaces } from './split-places.ts'
import type { Editor } from './store.ts'
import { Chip } from './text-pieces.tsx'

type SplitToolsProps = { readonly editor: Editor; readonly row: Row; readonly sourceLocale: string }

/** Splitting the active segment, and joining it with the next one: for whoever may review. */
export function SplitTools({ editor, row, sourceLocale }: SplitToolsProps) {
  const open = useSignal(false)
  const next = editor.rows.value[row.index + 1]
  const joinable = next !== undefined && unitOf(next.segment.value) === unitOf(row.segment.value)
  const places = splitPlaces(row.segment.value.source, sourceLocale)
  const join = () => {
    if (joinable) void joinRow(editor, row)
    else announce(t('The paragraph ends here: there is nothing to join it with.'))
  }
  const split = () => {
    if (places.length > 0) open.value = true
    else announce(t('It is one word: there is nothing to split.'))
  }
  useEffect(() => {
    const stops = [onCommand('split', split), onCommand('merge', join)]
    return () => {
      for (const stop of stops) stop()
    }
  })
  return (
    <>
      {places.length > 0 && (
        <button type="button" class="button small quiet" onClick={split}>
          {t('Split…')}
        </button>
      )}
      {joinable && (
        <button type="button" class="button small quiet" onClick={join}>
          {t('Join with next')}
        </button>
      )}
      {open.value && (
        <SplitDialog
          editor={editor}
          row={row}
          sourceLocale={sourceLocale}
          places={places}
          onClose={() => (open.value = false)}
        />
      )}
    </>
  )
}

type SplitDialogProps = SplitToolsProps & {
  readonly places: readonly number[]
  readonly onClose: () => void
}

/** Where to cut: a slider over the words, which arrows, a pointer and a thumb can move, and both parts as they will be. */
function SplitDialog({ editor, row, sourceLocale, places, onClose }: SplitDialogProps) {
  const { source } = row.segment.value
  const at = useSignal(likelySplit(source, places))
  const busy = useSignal(false)
  const offset = places[at.value] ?? 0
  const submit = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    await splitRow(editor, row, offset)
    onClose()
  }
  return (
    <Dialog title={t('Split segment {number}', { number: row.index + 1 })} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          {t('Where to cut')}
          <input
            data-first
            type="range"
            class="split-range"
            dir={directionOf(sourceLocale)}
            min={0}
            max={places.length - 1}
            value={at.value}
            aria-valuetext={t('before “{words}”', { words: source.slice(offset, offset + 40) })}
            onInput={(event) => (at.value = Number(event.currentTarget.value))}
          />
        </label>
        <ol class="split-parts" aria-live="polite">
          {[source.slice(0, offset), source.slice(offset)].map((text, part) => (
            <li key={part} class="version-text" lang={sourceLocale} dir={directionOf(sourceLocale)}>
              {piecesOf(text.trim(), []).map((piece) =>
                piece.kind === 'code' ? (
                  <Chip key={piece.start} codes={row.segment.value.codes} index={piece.index} />
                ) : (
                  <span key={piece.start}>{piece.text}</span>
                ),
              )}
            </li>
          ))}
        </ol>
        <p class="hint">
          {t(
            'It is split in every language. Translations stay with the first part, or are parted where that is certain; approvals have to be given anew. One key takes it back.',
          )}
        </p>
        <FormEnd submit={t('Split here')} wrong={null} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

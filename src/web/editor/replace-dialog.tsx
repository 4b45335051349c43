import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { changeMany, tellResult } from './batch.ts'
import { DiffText } from './diff-text.tsx'
import { closePanel } from './panels.ts'
import { planReplacements, type Replacement } from './replace-plan.ts'
import type { Editor } from './store.ts'

/** More are counted, and replaced, but not drawn. */
const MOST_DRAWN = 200

/** Finds and replaces in all translations of the document, after a look at every change. */
export function ReplaceDialog({ editor }: { readonly editor: Editor }) {
  const wanted = useSignal('')
  const by = useSignal('')
  const matchCase = useSignal(false)
  const wholeWord = useSignal(true)
  const withApproved = useSignal(false)
  const left = useSignal<ReadonlySet<string>>(new Set())
  const busy = useSignal(false)
  const { locale } = editor
  const plan = useMemo(
    () =>
      planReplacements(editor.rows.value, wanted.value, by.value, {
        ...{ matchCase: matchCase.value, wholeWord: wholeWord.value, locale },
      }),
    [editor.rows.value, wanted.value, by.value, matchCase.value, wholeWord.value, busy.value],
  )
  const open = withApproved.value ? plan : plan.filter(({ approved }) => !approved)
  const chosen = open.filter(({ row }) => !left.value.has(row.id))
  const apply = async (event: Event) => {
    event.preventDefault()
    if (chosen.length === 0 || busy.peek()) return
    busy.value = true
    const words = tn(chosen.length, 'Replaced in {count} segment.', 'Replaced in {count} segments.')
    const note = `“${wanted.value.slice(0, 200)}” → “${by.value.slice(0, 200)}”`
    const texts = chosen.map(({ row, after }) => ({ row, text: after }))
    const step = t('the replacement of “{words}”', { words: wanted.value })
    tellResult(await changeMany(editor, 'replace', note, step, texts), words)
    busy.value = false
    closePanel()
  }
  const toggle = (id: string, on: boolean) => {
    const next = new Set(left.value)
    if (on) next.delete(id)
    else next.add(id)
    left.value = next
  }
  return (
    <Dialog title={t('Find and replace in all translations')} wide onClose={closePanel}>
      <form class="replace" onSubmit={(event) => void apply(event)}>
        <div class="replace-fields">
          <label class="field">
            {t('Find')}
            <input
              class="input"
              data-first
              lang={locale}
              dir="auto"
              maxLength={300}
              value={wanted.value}
              onInput={(event) => (wanted.value = event.currentTarget.value)}
            />
          </label>
          <label class="field">
            {t('Replace with')}
            <input
              class="input"
              lang={locale}
              dir="auto"
              maxLength={300}
              value={by.value}
              onInput={(event) => (by.value = event.currentTarget.value)}
            />
          </label>
        </div>
        <div class="replace-options">
          <Tick words={t('Match case')} on={matchCase.value} onChange={(on) => (matchCase.value = on)} />
          <Tick words={t('Whole words')} on={wholeWord.value} onChange={(on) => (wholeWord.value = on)} />
          <Tick
            words={t('In approved segments too; they must be approved again')}
            on={withApproved.value}
            onChange={(on) => (withApproved.value = on)}
          />
        </div>
        <p class="hint" role="status">
          {describe(wanted.value, plan, open, editor.complete.value)}
        </p>
        {open.length > 0 && (
          <ul class="replace-list" aria-label={t('Changes')}>
            {open.slice(0, MOST_DRAWN).map(({ row, before, after }) => (
              <li key={row.id}>
                <label class="tick">
                  <input
                    type="checkbox"
                    checked={!left.value.has(row.id)}
                    onChange={(event) => toggle(row.id, event.currentTarget.checked)}
                  />
                  {t('Segment {number}', { number: row.index + 1 })}
                </label>
                <div>
                  <DiffText before={after} after={before} codes={row.segment.value.codes} locale={locale} />
                  <DiffText before={before} after={after} codes={row.segment.value.codes} locale={locale} />
                </div>
              </li>
            ))}
          </ul>
        )}
        {open.length > MOST_DRAWN && (
          <p class="hint">
            {t('The first {count} are shown; the others are changed in the same way.', { count: MOST_DRAWN })}
          </p>
        )}
        <div class="dialog-foot">
          <button type="submit" class="button primary" disabled={chosen.length === 0 || busy.value}>
            {busy.value
              ? t('Replacing…')
              : tn(chosen.length, 'Replace in {count} segment', 'Replace in {count} segments')}
          </button>
          <button type="button" class="button" onClick={closePanel}>
            {t('Cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function describe(
  wanted: string,
  plan: readonly Replacement[],
  open: readonly Replacement[],
  complete: boolean,
): string {
  if (!complete) return t('The document is still loading; what is not there yet is not searched.')
  if (wanted === '') return t('Inline codes stay as they are. One key takes the whole replacement back.')
  const places = open.reduce((sum, { places }) => sum + places, 0)
  const found = tn(places, 'Found at {count} place.', 'Found at {count} places.')
  const kept = plan.length - open.length
  if (kept === 0) return found
  return `${found} ${tn(kept, '{count} approved segment is left out.', '{count} approved segments are left out.')}`
}

function Tick(props: {
  readonly words: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.words}
    </label>
  )
}

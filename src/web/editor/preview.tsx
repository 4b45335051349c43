import { useComputed } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { directionOf, languageOf } from '../../domain/locale.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { piecesOf } from './pieces.ts'
import { blocksOf, type PreviewBlock } from './preview-blocks.ts'
import { togglePreview } from './preview-state.ts'
import { type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'
import { useNear } from './use-near.ts'

/** Blocks that come and go together. */
const CHUNK = 30
/** Height of a block before it was drawn once, in pixels. */
const GUESS = 72

/** The article as it reads in the target language, as far as units tell, while it is written. */
export function Preview({
  editor,
  sourceLocale,
}: {
  readonly editor: Editor
  readonly sourceLocale: string
}) {
  const blocks = blocksOf(editor.rows.value)
  const chunks: (readonly PreviewBlock[])[] = []
  for (let from = 0; from < blocks.length; from += CHUNK) chunks.push(blocks.slice(from, from + CHUNK))
  const column = useRef<HTMLElement>(null)
  // The active segment stays in sight, without the page itself moving.
  useEffect(
    () =>
      editor.active.subscribe((row) => {
        if (row !== null) requestAnimationFrame(() => show(column.current, row.index))
      }),
    [editor],
  )
  const go = (event: Event) => {
    const place = event.target instanceof Element ? event.target.closest('[data-place]') : null
    const row = editor.rows.peek()[Number(place?.getAttribute('data-place') ?? -1)]
    if (row === undefined || window.getSelection()?.type === 'Range') return
    if (window.innerWidth <= 760) togglePreview(false)
    if (!editor.shown.peek().includes(row)) editor.setFilter('all')
    editor.activate(row)
  }
  return (
    <aside class="preview" aria-label={t('Preview in {language}', { language: localeName(editor.locale) })}>
      <div class="preview-head">
        <span class="preview-title">{t('Preview')}</span>
        <button type="button" class="button small quiet" onClick={() => togglePreview(false)}>
          {t('Hide')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: with the keyboard one goes from segment to segment by the editor's keys. */}
      <article
        ref={column}
        class="preview-text"
        lang={editor.locale}
        dir={directionOf(editor.locale)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable.
        tabIndex={0}
        onClick={go}
      >
        {chunks.map((part) => (
          <Chunk
            key={part[0]?.id}
            editor={editor}
            blocks={part}
            sourceLocale={sourceLocale}
            scroller={column}
          />
        ))}
      </article>
    </aside>
  )
}

function show(column: HTMLElement | null, index: number): void {
  const place = column?.querySelector(`[data-place="${index}"]`)
  const chunk = column?.querySelector(`[data-from]:has([data-place="${index}"])`) ?? place
  if (column == null || chunk == null) {
    // Not drawn yet: scroll to its chunk, which draws it.
    const all = [...(column?.querySelectorAll('[data-from]') ?? [])]
    const holder = all.findLast((each) => Number(each.getAttribute('data-from')) <= index)
    if (column != null && holder instanceof HTMLElement)
      column.scrollTop = holder.offsetTop - column.offsetTop
    return
  }
  const [box, around] = [(place ?? chunk).getBoundingClientRect(), column.getBoundingClientRect()]
  if (box.top < around.top || box.bottom > around.bottom)
    column.scrollTop += box.top - around.top - around.height / 3
}

type ChunkProps = {
  readonly editor: Editor
  readonly blocks: readonly PreviewBlock[]
  readonly sourceLocale: string
  readonly scroller: { readonly current: HTMLElement | null }
}

function Chunk({ editor, blocks, sourceLocale, scroller }: ChunkProps) {
  const { element, near, height } = useNear(blocks.length * GUESS, '600px 0px', scroller)
  return (
    <div
      ref={element}
      data-from={blocks[0]?.rows[0]?.index ?? 0}
      style={near.value ? {} : { height: `${height.value}px` }}
    >
      {near.value &&
        blocks.map((block) => (
          <Block key={block.id} editor={editor} block={block} sourceLocale={sourceLocale} />
        ))}
    </div>
  )
}

/** Scripts that put no space between sentences. */
const SPACELESS = new Set(['zh', 'ja', 'th', 'lo', 'km', 'my'])

function Block({
  editor,
  block,
  sourceLocale,
}: Omit<ChunkProps, 'blocks' | 'scroller'> & { block: PreviewBlock }) {
  const gap = SPACELESS.has(languageOf(editor.locale)) ? '' : ' '
  const inner = block.rows.map((row, place) => (
    <span key={row.id}>
      {place > 0 && gap}
      <Sentence editor={editor} row={row} sourceLocale={sourceLocale} />
    </span>
  ))
  switch (block.kind) {
    case 'headline':
      return <h2>{inner}</h2>
    case 'quotation':
      return <blockquote>{inner}</blockquote>
    default:
      return <p data-kind={block.kind}>{inner}</p>
  }
}

/** Redrawn alone while somebody types in it. Text nodes only: what an article holds is never taken for mark-up. */
function Sentence({ editor, row, sourceLocale }: Omit<ChunkProps, 'blocks' | 'scroller'> & { row: Row }) {
  const active = useComputed(() => editor.active.value === row).value
  const text = textOf(row)
  const shown = text === '' ? row.segment.value.source : text
  return (
    <span
      class={text === '' ? 'preview-segment untranslated' : 'preview-segment'}
      data-place={row.index}
      data-active={active}
      {...(text === '' && { lang: sourceLocale, dir: directionOf(sourceLocale) })}
    >
      {piecesOf(shown, []).map((piece) =>
        piece.kind === 'text' ? piece.text : row.segment.value.codes[piece.index]?.type === 'break' && <br />,
      )}
    </span>
  )
}

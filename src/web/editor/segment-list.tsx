import { useComputed } from '@preact/signals'
import { type Row, unitOf } from './rows.ts'
import { type RowPermissions, SegmentRow } from './segment-row.tsx'
import type { Editor } from './store.ts'
import { useNear } from './use-near.ts'

/** Rows that come and go together. */
const CHUNK = 25
/** Height of a row before it was drawn once, in pixels. */
const GUESS = 88

type SegmentListProps = {
  readonly editor: Editor
  readonly sourceLocale: string
  readonly permissions: RowPermissions
}

/** All segments that the filter shows; only those near the window are in the page. */
export function SegmentList({ editor, sourceLocale, permissions }: SegmentListProps) {
  const shown = editor.shown.value
  const chunks: Row[][] = []
  for (let from = 0; from < shown.length; from += CHUNK) chunks.push(shown.slice(from, from + CHUNK))
  return (
    <div class="segments">
      {chunks.map((rows, place) => (
        <Chunk
          key={rows[0]?.id}
          editor={editor}
          rows={rows}
          before={chunks[place - 1]?.at(-1) ?? null}
          sourceLocale={sourceLocale}
          permissions={permissions}
        />
      ))}
    </div>
  )
}

type ChunkProps = SegmentListProps & { readonly rows: readonly Row[]; readonly before: Row | null }

function Chunk({ editor, rows, before, sourceLocale, permissions }: ChunkProps) {
  const { element, near, height } = useNear(rows.length * GUESS, '1200px 0px')
  const holdsActive = useComputed(() => {
    const { value } = editor.active
    return value !== null && rows.includes(value)
  })
  const drawn = near.value || holdsActive.value
  return (
    <div ref={element} class="chunk" style={drawn ? {} : { height: `${height.value}px` }}>
      {drawn &&
        rows.map((row, place) => {
          const previous = rows[place - 1] ?? before
          return (
            <SegmentRow
              key={row.id}
              editor={editor}
              row={row}
              sourceLocale={sourceLocale}
              first={previous === null || unitOf(previous.segment.peek()) !== unitOf(row.segment.peek())}
              permissions={permissions}
            />
          )
        })}
    </div>
  )
}

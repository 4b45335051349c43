import { useComputed } from '@preact/signals'
import type { VerdictView } from '../../http/schemas.ts'
import { piecesOf } from './pieces.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'
import { hideTerm, openTerm, showTerm, TERM_CARD_ID } from './term-card.tsx'
import { termNumber } from './term-list.ts'
import { Chip } from './text-pieces.tsx'

type SourceTextProps = { readonly editor: Editor; readonly row: Row; readonly active: boolean }

/** The source of a segment with its codes as chips and its terms underlined. */
export function SourceText({ editor, row, active }: SourceTextProps) {
  const { source, codes, verdicts } = row.segment.value
  const marks = verdicts.map((verdict) => ({ start: verdict.sourceStart, end: verdict.sourceEnd }))
  return (
    <>
      {piecesOf(source, marks).map((piece) => {
        if (piece.kind === 'code') return <Chip key={piece.start} codes={codes} index={piece.index} />
        const verdict = verdicts[piece.marks.at(-1) ?? -1]
        return verdict === undefined ? (
          piece.text
        ) : (
          <TermText
            key={piece.start}
            editor={editor}
            row={row}
            verdict={verdict}
            text={piece.text}
            active={active}
          />
        )
      })}
    </>
  )
}

type TermTextProps = {
  readonly editor: Editor
  readonly row: Row
  readonly verdict: VerdictView
  readonly text: string
  readonly active: boolean
}

function TermText({ editor, row, verdict, text, active }: TermTextProps) {
  const described = useComputed(() => openTerm.value?.verdict === verdict)
  const show = (event: Event) => {
    if (!(event.currentTarget instanceof HTMLElement)) return
    const number = active ? termNumber(row.segment.peek(), verdict.conceptId) : 0
    showTerm(verdict, event.currentTarget, editor.locale, number)
  }
  const insert = () => {
    const right = verdict.expected[0]
    if (right !== undefined) editor.field.current?.insert(right)
  }
  const common = {
    class: `term term-${verdict.status}`,
    'data-hard': verdict.hard,
    onMouseEnter: show,
    onMouseLeave: () => hideTerm(300),
  }
  // In other rows a term is a hint for the eye: 5,000 more stops on the way of the Tab key help nobody.
  if (!active) return <span {...common}>{text}</span>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a real button cannot wrap over two lines of a sentence.
    <span
      {...common}
      role="button"
      tabIndex={0}
      aria-describedby={described.value ? TERM_CARD_ID : undefined}
      onFocus={show}
      onBlur={() => hideTerm(0)}
      onClick={() => row === editor.active.peek() && insert()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          if (event.ctrlKey || event.metaKey) return
          event.preventDefault()
          insert()
        } else if (event.key === 'Escape' && openTerm.peek() !== null) {
          event.stopPropagation()
          hideTerm(0)
        }
      }}
    >
      {text}
    </span>
  )
}

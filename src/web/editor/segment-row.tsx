import { useComputed } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { directionOf } from '../../domain/locale.ts'
import type { TargetView } from '../../http/schemas.ts'
import { interfaceLocale, t } from '../i18n.ts'
import { originWords, unitWord } from '../words.ts'
import { CommentCount, CommentThreads } from './comments-thread.tsx'
import { ConflictChoice } from './conflict-choice.tsx'
import { Findings } from './findings.tsx'
import { highlightsOf } from './highlights.ts'
import { Matches } from './matches.tsx'
import { piecesOf } from './pieces.ts'
import { PresenceMark, PresenceWarning } from './presence-mark.tsx'
import { Repetitions } from './repetitions.tsx'
import { ReturnedConflict } from './returned-conflict.tsx'
import { RevisedSource } from './revised-source.tsx'
import { RowTools } from './row-tools.tsx'
import { isApproved, type Row, textOf } from './rows.ts'
import { SaveMark } from './save-mark.tsx'
import { SourceText } from './source-text.tsx'
import type { Editor } from './store.ts'
import { TargetField } from './target-field.tsx'
import { Chip } from './text-pieces.tsx'

type SegmentRowProps = {
  readonly editor: Editor
  readonly row: Row
  readonly sourceLocale: string
  /** First segment of its unit among those shown: it carries the name of the kind. */
  readonly first: boolean
  readonly permissions: RowPermissions
}

export type RowPermissions = {
  readonly translate: boolean
  readonly review: boolean
  readonly waive: boolean
}

/** One segment: source and target side by side, and under them what there is to say about it. */
export function SegmentRow({ editor, row, sourceLocale, first, permissions }: SegmentRowProps) {
  const active = useComputed(() => editor.active.value === row).value
  const element = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (active && editor.field.wanted) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const segment = row.segment.value
  const number = row.index + 1
  const kind = unitWord(segment.unitKind)
  const direction = directionOf(editor.locale)
  return (
    <article
      ref={element}
      id={`segment-${number}`}
      class="segment"
      data-active={active}
      data-kind={segment.unitKind}
      data-first={first}
      data-look={lookOf(row)}
      tabIndex={-1}
      aria-label={t('Segment {number}, {kind}', { number, kind })}
    >
      <div class="segment-number">
        <span>{number}</span>
        {first && <span class="segment-kind">{kind}</span>}
      </div>
      <div class="segment-source" lang={sourceLocale} dir={directionOf(sourceLocale)}>
        <SourceText editor={editor} row={row} active={active} />
      </div>
      <div class="segment-target" lang={editor.locale} dir={direction}>
        {active && permissions.translate ? (
          <TargetField
            editor={editor}
            row={row}
            direction={direction}
            label={t('Translation of segment {number}', { number })}
          />
        ) : (
          <button
            type="button"
            class="target-text"
            onClick={() => window.getSelection()?.type !== 'Range' && editor.activate(row)}
          >
            <TargetText row={row} />
          </button>
        )}
      </div>
      <div class="segment-state">
        <StateMark row={row} />
        <SaveMark row={row} />
        <CommentCount editor={editor} row={row} />
        <PresenceMark editor={editor} row={row} />
      </div>
      <div class="segment-more">
        {active && <PresenceWarning editor={editor} row={row} />}
        <ConflictChoice editor={editor} row={row} />
        <RevisedSource row={row} sourceLocale={sourceLocale} locale={editor.locale} />
        <ReturnedConflict editor={editor} row={row} mayReview={permissions.review} />
        <Findings editor={editor} row={row} active={active} mayWaive={permissions.waive} />
        {active && <RowTools editor={editor} row={row} permissions={permissions} />}
        {active && <CommentThreads editor={editor} row={row} />}
        {active && permissions.translate && <Repetitions editor={editor} row={row} />}
        {active && permissions.translate && <Matches editor={editor} row={row} sourceLocale={sourceLocale} />}
      </div>
    </article>
  )
}

function TargetText({ row }: { readonly row: Row }) {
  const segment = row.segment.value
  const text = textOf(row)
  if (text === '')
    return (
      <span class="target-empty" lang={interfaceLocale()} dir="ltr">
        {t('Not translated yet')}
      </span>
    )
  const list = row.draft.value === null ? highlightsOf(segment) : []
  return (
    <>
      {piecesOf(text, list).map((piece) => {
        if (piece.kind === 'code') return <Chip key={piece.start} codes={segment.codes} index={piece.index} />
        const look = piece.marks.map((mark) => list[mark]?.look ?? '').join(' ')
        return look === '' ? (
          piece.text
        ) : (
          <span key={piece.start} class={look}>
            {piece.text}
          </span>
        )
      })}
    </>
  )
}

const STATES: Readonly<Record<TargetView['state'], string>> = {
  initial: t('Draft'),
  translated: t('Translated'),
  reviewed: t('✓ Approved'),
  final: t('✓ Approved'),
}

/** Approved or not, and who or what wrote it. */
function StateMark({ row }: { readonly row: Row }) {
  const { target, blocked, rejection, conflicts } = row.segment.value
  if (target === null) return <span class="state-mark">{t('Untranslated')}</span>
  const approved = isApproved(row.segment.value)
  return (
    <>
      <span class="state-mark">
        {conflicts.length > 0
          ? t('Two texts')
          : rejection !== null && !approved
            ? t('Sent back')
            : blocked && !approved
              ? t('Blocked')
              : STATES[target.state]}
      </span>
      <span class="origin">{originWords(target)}</span>
    </>
  )
}

/** The colour at the edge of a row. */
function lookOf(row: Row): string {
  const segment = row.segment.value
  if (segment.conflicts.length > 0) return 'blocked'
  if (segment.target === null) return 'empty'
  if (isApproved(segment)) return 'approved'
  if (segment.blocked || segment.rejection !== null) return 'blocked'
  return segment.target.origin === 'human' ? 'human' : 'machine'
}

import { signal } from '@preact/signals'
import { t } from '../i18n.ts'
import { announce, notify } from '../notices.tsx'
import { mendRow } from './fixes.ts'
import type { Command } from './keymap.ts'
import { openPanel } from './panels.ts'
import { togglePreview } from './preview-state.ts'
import { hasFindings, isApproved, type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'
import { hideTerm, openTerm } from './term-card.tsx'
import { termsOf } from './term-list.ts'

export const helpOpen = signal(false)

type Handler = (editor: Editor, row: Row | null) => void
const handlers = new Map<Command, Handler>()

/**
 * Says what a command does that belongs to another part of the page; the last one who says so holds.
 * @returns forgets it again
 */
export function onCommand(command: Command, run: Handler): () => void {
  handlers.set(command, run)
  return () => void (handlers.get(command) === run && handlers.delete(command))
}

/**
 * Does what a key or a button asks for.
 * @param number of the match or term that is meant, from 1, for commands that have one
 */
export function runCommand(editor: Editor, command: Command, number = 1): void {
  const row = editor.active.peek()
  switch (command) {
    case 'save-next':
      if (row !== null) saveAndGo(editor, row)
      return
    case 'approve-next':
      if (row !== null) approveAndGo(editor, row)
      return
    case 'next':
      editor.step(1)
      return
    case 'previous':
      editor.step(-1)
      return
    case 'next-open':
      if (!editor.step(1, (next) => !isApproved(next.segment.peek())))
        announce(t('No further segment to approve.'))
      return
    case 'next-untranslated':
      if (!editor.step(1, (next) => textOf(next) === '')) announce(t('No further segment is untranslated.'))
      return
    case 'next-finding':
      if (!editor.step(1, (next) => hasFindings(next.segment.peek())))
        announce(t('No further segment has anything to check.'))
      return
    case 'copy-source':
      if (row !== null) editor.field.current?.replaceAll(row.segment.peek().source)
      return
    case 'insert-match':
      insertMatch(editor, number)
      return
    case 'insert-term':
      if (row !== null) insertTerm(editor, row, number)
      return
    case 'jump':
    case 'concordance':
    case 'replace':
      openPanel(command)
      return
    case 'preview':
      togglePreview()
      return
    case 'undo':
      void editor.undo.undo()
      return
    case 'comment':
    case 'filter':
    case 'split':
    case 'merge':
      handlers.get(command)?.(editor, row)
      return
    case 'insert-code':
      editor.field.current?.insertCode()
      return
    case 'apply-fix':
      if (row !== null) applyFirstFix(editor, row)
      return
    case 'use-match':
      if (row !== null) useMatch(editor, row)
      return
    case 'leave':
      leaveField(editor, row)
      return
    case 'help':
      helpOpen.value = true
  }
}

/** The first finding whose fix still fits the text; the next press takes the next one. */
function applyFirstFix(editor: Editor, row: Row): void {
  for (const { fix } of row.segment.peek().findings) {
    if (fix === undefined || !mendRow(editor, row, fix)) continue
    announce(t('Mended.'))
    return
  }
  announce(t('Nothing here can be mended with one key.'))
}

function saveAndGo(editor: Editor, row: Row): void {
  void editor.saver
    .confirm(row)
    .then(
      (saved) => saved || tell(editor, row, t('Segment {number} was not saved.', { number: row.index + 1 })),
    )
  if (!editor.step(1)) announce(t('This is the last segment.'))
}

/** The next segment opens at once; should the approval fail, a message leads back. */
function approveAndGo(editor: Editor, row: Row): void {
  const segment = row.segment.peek()
  if (segment.blocked && row.draft.peek() === null) {
    row.save.value = { kind: 'refused', message: t('Solve what is marked below, then approve.') }
    return
  }
  if (segment.target === null && (row.draft.peek()?.text ?? '') === '') {
    announce(t('There is nothing to approve yet.'))
    return
  }
  void editor.approve(row).then((done) => {
    if (done) announce(t('Segment {number} approved.', { number: row.index + 1 }))
    else tell(editor, row, t('Segment {number} was not approved.', { number: row.index + 1 }))
  })
  editor.step(1)
}

/** The best match that does not stand there yet; after the last one the first again. */
function useMatch(editor: Editor, row: Row): void {
  const list = editor.matches.current
  const at = list.findIndex(({ target }) => target === textOf(row))
  const next = list[(at + 1) % list.length]
  if (next === undefined) announce(t('Memory has nothing like this segment.'))
  else editor.field.current?.replaceAll(next.target)
}

function insertMatch(editor: Editor, number: number): void {
  const match = editor.matches.current[number - 1]
  if (match === undefined) announce(t('There is no match {number}.', { number }))
  else editor.field.current?.replaceAll(match.target)
}

function insertTerm(editor: Editor, row: Row, number: number): void {
  const term = termsOf(row.segment.peek())[number - 1]
  if (term === undefined) announce(t('There is no term {number} here.', { number }))
  else editor.field.current?.insert(term.right)
}

function tell(editor: Editor, row: Row, what: string): void {
  // What waits for the line says so beside its segment and is tried again by itself.
  if (row.save.peek().kind === 'waiting' || editor.active.peek() === row) return
  notify(what, 'problem', {
    words: t('Show it'),
    run: () => editor.activate(row),
  })
}

function leaveField(editor: Editor, row: Row | null): void {
  if (openTerm.peek() !== null) {
    hideTerm(0)
    return
  }
  if (row === null) return
  if (row.save.peek().kind === 'unsaved') void editor.saver.save(row)
  document.getElementById(`segment-${row.index + 1}`)?.focus()
}

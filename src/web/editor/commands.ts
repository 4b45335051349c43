import { signal } from '@preact/signals'
import { announce, notify } from '../notices.tsx'
import { mendRow } from './fixes.ts'
import type { Command } from './keymap.ts'
import { isApproved, type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'
import { hideTerm, openTerm } from './term-card.tsx'

export const helpOpen = signal(false)

/** Does what a key or a button asks for. */
export function runCommand(editor: Editor, command: Command): void {
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
        announce('No further segment to approve.')
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
    announce('Mended.')
    return
  }
  announce('Nothing here can be mended with one key.')
}

function saveAndGo(editor: Editor, row: Row): void {
  void editor.saver.confirm(row).then((saved) => saved || tell(editor, row, 'was not saved'))
  if (!editor.step(1)) announce('This is the last segment.')
}

/** The next segment opens at once; should the approval fail, a message leads back. */
function approveAndGo(editor: Editor, row: Row): void {
  const segment = row.segment.peek()
  if (segment.blocked && row.draft.peek() === null) {
    row.save.value = { kind: 'refused', message: 'Solve what is marked below, then approve.' }
    return
  }
  if (segment.target === null && (row.draft.peek()?.text ?? '') === '') {
    announce('There is nothing to approve yet.')
    return
  }
  void editor.approve(row).then((done) => {
    if (done) announce(`Segment ${row.index + 1} approved.`)
    else tell(editor, row, 'was not approved')
  })
  editor.step(1)
}

/** The best match that does not stand there yet; after the last one the first again. */
function useMatch(editor: Editor, row: Row): void {
  const list = editor.matches.current
  const at = list.findIndex(({ target }) => target === textOf(row))
  const next = list[(at + 1) % list.length]
  if (next === undefined) announce('Memory has nothing like this segment.')
  else editor.field.current?.replaceAll(next.target)
}

function tell(editor: Editor, row: Row, what: string): void {
  // What waits for the line says so beside its segment and is tried again by itself.
  if (row.save.peek().kind === 'waiting' || editor.active.peek() === row) return
  notify(`Segment ${row.index + 1} ${what}.`, 'problem', {
    words: 'Show it',
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

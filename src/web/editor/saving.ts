import { type ApproveAnswer, getSegment, type SaveAnswer, saveTarget } from '../api.ts'
import { describeFailure } from '../request.ts'
import { session } from '../session.ts'
import type { DraftBox } from './drafts.ts'
import type { Row } from './rows.ts'
import { createRetry } from './saving-retry.ts'

export type Saver = {
  /** Keeps what was typed on this device; the server gets it with `save`. */
  readonly type: (row: Row, text: string) => void
  /** Says that the text is good as it stands, though nobody typed: what a machine wrote then counts as checked. */
  readonly confirm: (row: Row) => Promise<boolean>
  /** Sends the draft of a row, after a save of the same row that is under way. @returns true: nothing left to save */
  readonly save: (row: Row) => Promise<boolean>
  /** Takes the answer of a change that was not a save. @returns true when it went through */
  readonly settle: (row: Row, answer: SaveAnswer | ApproveAnswer) => boolean
  readonly keepTheirs: (row: Row) => void
  /** Goes on from the other person's version with one's own text. */
  readonly keepMine: (row: Row) => void
  /** Goes on from the other person's version with a text made of both. */
  readonly keepBoth: (row: Row, text: string) => void
  /** Tries again what waits for the line or for a session. */
  readonly retry: () => void
  /** Whether a text stands in this page and nowhere else: the browser could not keep it, and it is not sent. */
  readonly isAtRisk: () => boolean
  readonly close: () => void
}

/** Saves the rows of one document and locale with the version that each text is based on. */
export function createSaver(locale: string, box: DraftBox, onUnkept: () => void): Saver {
  const running = new Map<Row, Promise<boolean>>()
  const waiting = new Set<Row>()
  const unkept = new Set<Row>()

  const retry = () => {
    for (const row of [...waiting]) {
      waiting.delete(row)
      if (row.draft.peek() === null) row.save.value = { kind: 'clean' }
      else void save(row)
    }
  }
  const later = createRetry(retry)
  const wait = (row: Row) => {
    waiting.add(row)
    row.save.value = { kind: 'waiting' }
  }
  /** Somebody else may have signed in on this page: what stands here stays with whoever wrote it. */
  const isOwn = (): boolean => {
    const state = session.peek()
    return state.kind !== 'signed-in' || state.view.name === box.person
  }
  const drop = (row: Row) => {
    row.draft.value = null
    unkept.delete(row)
    box.remove(row.id)
  }
  const keep = (row: Row, text: string, baseVersion: number) => {
    const draft = { text, baseVersion }
    row.draft.value = draft
    if (box.write(row.id, draft)) {
      unkept.delete(row)
      return
    }
    unkept.add(row)
    onUnkept()
  }
  const type = (row: Row, text: string) => {
    const target = row.segment.peek().target
    const base = row.draft.peek()?.baseVersion ?? target?.version ?? 0
    const state = row.save.peek().kind
    if (text === (target?.text ?? '') && base === (target?.version ?? 0) && state !== 'saving') {
      drop(row)
      row.save.value = { kind: 'clean' }
      return
    }
    keep(row, text, base)
    if (state !== 'saving' && state !== 'conflict') row.save.value = { kind: 'unsaved' }
  }

  const settle = (row: Row, answer: SaveAnswer | ApproveAnswer): boolean => {
    switch (answer.kind) {
      case 'ok':
        row.segment.value = answer.value
        row.save.value = { kind: 'saved' }
        return true
      case 'conflict':
        row.save.value = { kind: 'conflict', current: answer.current }
        return false
      case 'blocked': {
        const segment = row.segment.peek()
        row.segment.value = {
          ...segment,
          blocked: answer.findings === null ? segment.blocked : true,
          findings: [...(answer.findings ?? segment.findings)],
          verdicts: [...(answer.verdicts ?? segment.verdicts)],
        }
        row.save.value = { kind: 'refused', message: answer.message }
        return false
      }
      case 'offline':
      case 'signed-out':
        wait(row)
        // Without a session only signing in helps.
        if (answer.kind === 'offline') later.again()
        return false
      case 'problem':
        row.save.value = { kind: 'refused', message: describeFailure(answer) }
        return false
    }
  }

  const send = async (row: Row): Promise<boolean> => {
    if (row.save.peek().kind === 'conflict') return false
    const draft = row.draft.peek()
    if (draft === null) return true
    if (!isOwn()) {
      wait(row)
      return false
    }
    waiting.delete(row)
    row.save.value = { kind: 'saving' }
    const answer = await saveTarget(row.id, locale, draft.text, draft.baseVersion)
    if (answer.kind === 'conflict' && answer.current.text === draft.text) {
      // An answer that got lost on the way, or two people with the same words: nothing to choose.
      row.segment.value = { ...row.segment.peek(), target: answer.current }
      row.save.value = { kind: 'saved' }
    } else if (!settle(row, answer)) return false
    later.reset()
    const version = row.segment.peek().target?.version ?? 0
    const newest = row.draft.peek()
    if (newest === null || newest.text === draft.text) {
      drop(row)
      return true
    }
    // Typed on while the save was under way: the rest is based on what was just saved.
    keep(row, newest.text, version)
    row.save.value = { kind: 'unsaved' }
    return true
  }
  const save = (row: Row): Promise<boolean> => {
    const before = running.get(row)
    const now = before === undefined ? send(row) : before.then(() => send(row))
    running.set(row, now)
    void now.finally(() => running.get(row) === now && running.delete(row))
    return now
  }

  const confirm = async (row: Row): Promise<boolean> => {
    if (!(await save(row))) return false
    const { id, target } = row.segment.peek()
    if (!isOwn()) return false
    if (target === null || target.state !== 'initial' || row.draft.peek() !== null) return true
    row.save.value = { kind: 'saving' }
    return settle(row, await saveTarget(id, locale, target.text, target.version))
  }

  return {
    type,
    save,
    confirm,
    settle,
    keepTheirs: (row) => {
      const state = row.save.peek()
      if (state.kind !== 'conflict') return
      row.segment.value = { ...row.segment.peek(), target: state.current }
      drop(row)
      row.save.value = { kind: 'clean' }
      // The conflict told their text only; what stands for and against it comes with the segment.
      void getSegment(row.segment.peek().id, locale).then((answer) => {
        if (answer.kind === 'ok' && row.draft.peek() === null) row.segment.value = answer.value
      })
    },
    keepMine: (row) => {
      const state = row.save.peek()
      if (state.kind !== 'conflict') return
      const mine = row.draft.peek()?.text ?? row.segment.peek().target?.text ?? ''
      row.segment.value = { ...row.segment.peek(), target: state.current }
      keep(row, mine, state.current.version)
      row.save.value = { kind: 'unsaved' }
    },
    keepBoth: (row, text) => {
      const state = row.save.peek()
      if (state.kind !== 'conflict') return
      row.segment.value = { ...row.segment.peek(), target: state.current }
      keep(row, text, state.current.version)
      row.save.value = { kind: 'unsaved' }
    },
    retry: () => {
      later.reset()
      retry()
    },
    isAtRisk: () => unkept.size > 0,
    close: () => later.reset(),
  }
}

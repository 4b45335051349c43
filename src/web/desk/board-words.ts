import type { AssignmentRole, Priority } from '../../domain/assignment.ts'
import type { BoardCell } from '../../http/board-schemas.ts'
import { t, tn } from '../i18n.ts'
import { engineName } from '../words.ts'

/** What the board calls a state of a language. */
export function stateWords(state: BoardCell['state']): string {
  switch (state) {
    case 'queued':
      return t('Waiting for its turn')
    case 'translating':
      return t('Machine at work')
    case 'in-translation':
      return t('Being translated')
    case 'in-review':
      return t('Ready for review')
    case 'approved':
      return t('Approved')
    case 'failed':
      return t('Stopped')
  }
}

/** What a priority is called. */
export function priorityWords(priority: Priority): string {
  switch (priority) {
    case 'breaking':
      return t('Breaking')
    case 'high':
      return t('High')
    case 'normal':
      return t('Normal')
  }
}

/** What a role is called. */
export function roleWords(role: AssignmentRole): string {
  switch (role) {
    case 'translator':
      return t('translator')
    case 'editor':
      return t('editor')
  }
}

type Fact = { readonly text: string; readonly alarm: boolean }

/** The numbers that matter in a language, as short phrases; what stands against it first. */
export function factsOf(cell: BoardCell): readonly Fact[] {
  const { segments, translated, approved, blocked, conflicts, findings, terms } = cell
  if (segments === 0) return []
  const facts: Fact[] = []
  const say = (text: string, alarm = false) => facts.push({ text, alarm })
  if (conflicts > 0) say(tn(conflicts, '{count} with two texts', '{count} with two texts'), true)
  if (blocked > 0) say(tn(blocked, '{count} blocked', '{count} blocked'), true)
  if (terms.flagged > 0) say(tn(terms.flagged, '{count} term to check', '{count} terms to check'), true)
  if (findings > blocked) say(tn(findings, '{count} with findings', '{count} with findings'))
  if (translated < segments) say(t('{done} of {all} translated', { done: translated, all: segments }))
  else if (approved > 0 && approved < segments) {
    say(t('{done} of {all} approved', { done: approved, all: segments }))
  }
  if (cell.engines.length > 0 && cell.fromPeople === 0) {
    say(t('by {engines}', { engines: cell.engines.map(engineName).join(', ') }))
  }
  return facts
}

import { signal } from '@preact/signals'
import type { SessionView } from '../http/session-schemas.ts'
import { getSession, signIn, signOut } from './api.ts'
import { type Failure, onSignedOut } from './request.ts'

export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'signed-in'; readonly view: SessionView }

export const session = signal<SessionState>({ kind: 'loading' })
/** True when the session ended in the middle of the work: the page stays, a dialog asks to sign in again. */
export const expired = signal(false)

/** Finds out who is signed in. */
export async function loadSession(): Promise<void> {
  const answer = await getSession()
  if (answer.kind === 'ok') session.value = { kind: 'signed-in', view: answer.value }
  else if (answer.kind === 'signed-out') session.value = { kind: 'signed-out' }
  else session.value = { kind: 'failed', failure: answer }
}

/** @returns null when it worked, else what went wrong. */
export async function enterToken(token: string): Promise<Failure | null> {
  const answer = await signIn(token.trim())
  if (answer.kind !== 'ok') return answer
  session.value = { kind: 'signed-in', view: answer.value }
  expired.value = false
  return null
}

/** Signs out. */
export async function leave(): Promise<void> {
  const answer = await signOut()
  if (answer.kind === 'ok' || answer.kind === 'signed-out') session.value = { kind: 'signed-out' }
}

/** What the person may do in a locale. `permission` is one of those that the API names. */
export function may(view: SessionView, permission: string, locale?: string): boolean {
  if (!view.permissions.includes(permission)) return false
  return locale === undefined || view.locales.length === 0 || view.locales.includes(locale)
}

onSignedOut(() => {
  if (session.peek().kind === 'signed-in') expired.value = true
})

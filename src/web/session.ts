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

/** Fetches who it is now that somebody signed in. @returns null when it worked, else what went wrong. */
export async function welcome(): Promise<Failure | null> {
  const answer = await getSession()
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

/**
 * Whether the person may do something, as far as the page knows; the server decides.
 *
 * @param permission one of those that the API names
 * @param locale left out: in any
 * @param documentId left out: in any; a role in one document is enough then
 */
export function may(view: SessionView, permission: string, locale?: string, documentId?: string): boolean {
  return view.grants.some(
    (grant) =>
      grant.permissions.includes(permission) &&
      (locale === undefined || grant.locales.length === 0 || grant.locales.includes(locale)) &&
      (documentId === undefined || grant.documentId === null || grant.documentId === documentId),
  )
}

onSignedOut(() => {
  if (session.peek().kind === 'signed-in') expired.value = true
})

import type {
  AccountView,
  GrantView,
  InvitationMade,
  InvitationView,
  PersonView,
  SignInLink,
  SignInWays,
  TokenMade,
  TokenView,
} from '../../http/people-schemas.ts'
import { request } from '../request.ts'

type NewInvitation = { readonly grants: readonly GrantView[]; readonly email?: string; readonly days: number }
type Accepted = {
  readonly code: string
  readonly name: string
  readonly email?: string
  readonly password?: string
}
type NewToken = {
  readonly label: string
  readonly scopes: readonly string[] | null
  readonly locales: readonly string[]
  readonly days: number | null
}

/** How people can sign in here, besides with a password or a token. */
export const getWays = () => request<SignInWays>('GET', '/api/sign-in')
/** @param email a public name or an address */
export const signInWithPassword = (email: string, password: string) =>
  request<unknown>('POST', '/api/auth/sign-in/email', { json: { email, password } })
/** Asks for a letter with a link. The answer is the same for those who have no account. */
export const askForLink = (email: string) =>
  request<unknown>('POST', '/api/auth/sign-in/magic-link', { json: { email } })
/** @returns where the provider asks who one is */
export const startProvider = (callbackURL: string) =>
  request<{ readonly url: string }>('POST', '/api/auth/sign-in/social', {
    json: { provider: 'oidc', callbackURL, errorCallbackURL: callbackURL, disableRedirect: true },
  })
/** The same, to connect it with the own account. */
export const connectProvider = (callbackURL: string) =>
  request<{ readonly url: string }>('POST', '/api/auth/link-social', {
    json: { provider: 'oidc', callbackURL, errorCallbackURL: callbackURL, disableRedirect: true },
  })

export const getAccount = () => request<AccountView>('GET', '/api/people/me')
export const renameMe = (name: string) => request<AccountView>('PATCH', '/api/people/me', { json: { name } })
export const setEmail = (email: string | null) =>
  request<AccountView>('PUT', '/api/people/me/email', { json: { email } })
export const setPassword = (password: string) =>
  request<AccountView>('POST', '/api/people/me/password', { json: { password } })
export const changePassword = (currentPassword: string, newPassword: string) =>
  request<unknown>('POST', '/api/auth/change-password', {
    json: { currentPassword, newPassword, revokeOtherSessions: true },
  })
/** @param id of a session, or `others` */
export const endSession = (id: string) => request<AccountView>('DELETE', `/api/people/me/sessions/${id}`)
export const eraseMe = (name: string) => request<null>('POST', '/api/people/me/erasure', { json: { name } })
export const removePasskey = (id: string) =>
  request<unknown>('POST', '/api/auth/passkey/delete-passkey', { json: { id } })

export const getTokens = () => request<{ readonly tokens: readonly TokenView[] }>('GET', '/api/tokens')
export const makeToken = (wish: NewToken) => request<TokenMade>('POST', '/api/tokens', { json: wish })
export const revokeToken = (id: string) => request<null>('DELETE', `/api/tokens/${id}`)

export const getPeople = () => request<{ readonly people: readonly PersonView[] }>('GET', '/api/people')
export const changePerson = (
  id: string,
  change: { readonly grants?: readonly GrantView[]; readonly blocked?: boolean },
) => request<PersonView>('PATCH', `/api/people/${id}`, { json: change })
export const removePerson = (id: string) => request<null>('DELETE', `/api/people/${id}`)
export const makeLink = (id: string) => request<SignInLink>('POST', `/api/people/${id}/link`)
export const getInvitations = () =>
  request<{ readonly invitations: readonly InvitationView[] }>('GET', '/api/invitations')
export const invite = (wish: NewInvitation) =>
  request<InvitationMade>('POST', '/api/invitations', { json: wish })
export const takeBack = (id: string) => request<null>('DELETE', `/api/invitations/${id}`)
export const lookAtInvitation = (code: string) =>
  request<InvitationView>('POST', '/api/invitations/look', { json: { code } })
export const acceptInvitation = (accepted: Accepted) =>
  request<{ readonly id: string }>('POST', '/api/invitations/accept', { json: accepted })

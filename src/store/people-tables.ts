import type { Generated, JSONColumnType } from 'kysely'
import type { Grant } from '../domain/permission.ts'

/** Row types of what people and the ways in which they sign in are kept in, for Kysely. */
export type PeopleTables = {
  person: {
    id: Generated<string>
    name: string
    owner: Generated<boolean>
    created_at: Generated<Date>
    blocked_at: Date | null
    erased_at: Date | null
  }
  person_grant: {
    id: Generated<string>
    person_id: string
    role: string
    locales: string[]
    document_id: string | null
  }
  invitation: {
    id: string
    hash: Uint8Array
    grants: JSONColumnType<Grant[]>
    email_hash: Uint8Array | null
    created_by: string
    created_at: Generated<Date>
    expires_at: Date
    used_at: Date | null
  }
  access_token: {
    id: string
    hash: Uint8Array
    kind: 'access' | 'sign-in' | 'session'
    name: string
    role: string
    locales: string[]
    created_at: Generated<Date>
    expires_at: Date | null
    used_at: Date | null
    person_id: string | null
    scopes: string[] | null
    label: Generated<string>
    last_used_at: Date | null
  }
  auth_user: {
    id: string
    name: Generated<string>
    email: string
    email_verified: Generated<boolean>
    image: string | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  auth_session: {
    id: Generated<string>
    expires_at: Date
    token: string
    created_at: Generated<Date>
    updated_at: Generated<Date>
    ip_address: string | null
    user_agent: string | null
    user_id: string
  }
  auth_account: {
    id: Generated<string>
    account_id: string
    provider_id: string
    user_id: string
    password: string | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  auth_verification: { id: Generated<string>; identifier: string; value: string; expires_at: Date }
  auth_passkey: {
    id: Generated<string>
    name: string | null
    user_id: string
    credential_id: string
    backed_up: boolean
    created_at: Date | null
  }
  auth_rate_limit: { id: Generated<string>; key: string; count: number; last_request: string | number }
  auth_secret: { one: Generated<boolean>; secret: string; created_at: Generated<Date> }
}

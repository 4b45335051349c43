import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { t } from '../i18n.ts'
import { describeFailure, request } from '../request.ts'

/** Signs in with a passkey that the person chooses. @returns null when it worked, else what went wrong */
export async function signInWithPasskey(): Promise<string | null> {
  if (!browserSupportsWebAuthn()) return t('This browser knows no passkeys.')
  const options = await request<PublicKeyCredentialRequestOptionsJSON>(
    'GET',
    '/api/auth/passkey/generate-authenticate-options',
  )
  if (options.kind !== 'ok') return describeFailure(options)
  try {
    const response = await startAuthentication({ optionsJSON: options.value })
    const answer = await request<unknown>('POST', '/api/auth/passkey/verify-authentication', {
      json: { response },
    })
    return answer.kind === 'ok' ? null : describeFailure(answer)
  } catch (error) {
    return describeRefusal(error)
  }
}

/**
 * Sets up a passkey for whoever is signed in.
 *
 * @param person the public name, under which the device keeps it
 * @returns null when it worked, else what went wrong
 */
export async function addPasskey(person: string, name: string): Promise<string | null> {
  if (!browserSupportsWebAuthn()) return t('This browser knows no passkeys.')
  const options = await request<PublicKeyCredentialCreationOptionsJSON>(
    'GET',
    `/api/auth/passkey/generate-register-options?name=${encodeURIComponent(person)}`,
  )
  if (options.kind !== 'ok') return describeFailure(options)
  try {
    // By the address where there is one: on a device that others see, the pseudonym is enough.
    const user = { ...options.value.user, name: person, displayName: person }
    const response = await startRegistration({ optionsJSON: { ...options.value, user } })
    const answer = await request<unknown>('POST', '/api/auth/passkey/verify-registration', {
      json: { response, name },
    })
    return answer.kind === 'ok' ? null : describeFailure(answer)
  } catch (error) {
    return describeRefusal(error)
  }
}

function describeRefusal(error: unknown): string {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
    return t('This device has a passkey for your account already.')
  }
  return t('It was cancelled, or this device has no passkey for this desk.')
}

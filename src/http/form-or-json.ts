import { DomainError } from '../domain/errors.ts'

/**
 * Of a route that takes a form or JSON: the one that was sent. Such a route cannot call either required, since its
 * validator would then ask for both at once.
 *
 * @param advice what to send instead, for a request that is neither
 * @throws DomainError `invalid-input`
 */
export function formOrJson<Form, Json>(
  contentType: string | undefined,
  form: () => Form,
  json: () => Json,
  advice: string,
): Form | Json {
  if (contentType?.startsWith('multipart/form-data')) return form()
  if (contentType?.startsWith('application/json')) return json()
  throw new DomainError('invalid-input', advice)
}

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { TokenMade, TokenView } from '../../http/people-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { useAttempt } from '../people/attempt.ts'
import { getTokens, makeToken, revokeToken } from '../people/people-api.ts'
import { readTags } from '../people/role-words.ts'
import { Secret } from '../people/secret.tsx'
import { moment } from '../words.ts'

const DAYS = [7, 30, 90, 365] as const

/** Tokens for programs that work in one's name. */
export function TokensPart({ session }: { readonly session: SessionView }) {
  const tokens = useSignal<readonly TokenView[]>([])
  const { busy, wrong, run } = useAttempt()
  const load = async () => {
    const found = await run(getTokens)
    if (found !== undefined) tokens.value = found.value.tokens
  }
  useEffect(() => void load(), [])
  const revoke = async (id: string) => {
    if ((await run(() => revokeToken(id))) !== undefined) await load()
  }
  return (
    <section class="account-part" aria-labelledby="tokens-title">
      <h2 id="tokens-title">{t('Access tokens')}</h2>
      <p>{t('For programs and the command line. A token may do as much as you, or less.')}</p>
      <ul class="account-list">
        {tokens.value.map((token) => (
          <li key={token.id}>
            <span>
              {token.label} <span class="hint">{describe(token)}</span>
            </span>
            <button
              type="button"
              class="button small"
              disabled={busy.value}
              aria-label={t('Revoke the token {name}', { name: token.label })}
              onClick={() => void revoke(token.id)}
            >
              {t('Revoke')}
            </button>
          </li>
        ))}
      </ul>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <NewTokenForm session={session} onMade={() => void load()} />
    </section>
  )
}

function describe(token: TokenView): string {
  return [
    token.scopes === null ? t('all that you may do') : token.scopes.join(', '),
    ...(token.locales.length === 0 ? [] : [token.locales.join(', ')]),
    token.expiresAt === null ? t('for good') : t('until {when}', { when: moment(token.expiresAt) }),
    token.usedAt === null ? t('never used') : t('used {when}', { when: moment(token.usedAt) }),
  ].join(' · ')
}

type NewTokenFormProps = { readonly session: SessionView; readonly onMade: () => void }

function NewTokenForm({ session, onMade }: NewTokenFormProps) {
  const label = useSignal('')
  const scopes = useSignal<readonly string[]>([])
  const locales = useSignal('')
  const days = useSignal('90')
  const made = useSignal<TokenMade | null>(null)
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    const done = await run(() =>
      makeToken({
        label: label.value,
        scopes: scopes.value.length === 0 ? null : scopes.value,
        locales: readTags(locales.value),
        days: days.value === '' ? null : Number(days.value),
      }),
    )
    if (done === undefined) return
    made.value = done.value
    label.value = ''
    onMade()
  }
  const toggle = (scope: string, on: boolean) => {
    scopes.value = on ? [...scopes.value, scope] : scopes.value.filter((one) => one !== scope)
  }
  return (
    <>
      {made.value !== null && (
        <Secret
          label={t('The token')}
          value={made.value.token}
          hint={t('It is shown only now. Keep it where nobody else reads it.')}
        />
      )}
      <form onSubmit={(event) => void submit(event)}>
        <label>
          <span>{t('What the token is for')}</span>
          <input
            class="input"
            maxlength={80}
            value={label.value}
            onInput={(event) => (label.value = event.currentTarget.value)}
          />
        </label>
        <fieldset class="scopes">
          <legend>{t('What it may do; nothing chosen: all that you may')}</legend>
          {session.permissions.map((scope) => (
            <label key={scope} class="check">
              <input
                type="checkbox"
                checked={scopes.value.includes(scope)}
                onChange={(event) => toggle(scope, event.currentTarget.checked)}
              />
              <span>{scope}</span>
            </label>
          ))}
        </fieldset>
        <label>
          <span>{t('Languages, as de, pt-BR; none: all of yours')}</span>
          <input
            class="input"
            spellcheck={false}
            autocapitalize="off"
            value={locales.value}
            onInput={(event) => (locales.value = event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{t('How long it works')}</span>
          <select
            class="input"
            value={days.value}
            onChange={(event) => (days.value = event.currentTarget.value)}
          >
            {DAYS.map((number) => (
              <option key={number} value={String(number)}>
                {tn(number, '{count} day', '{count} days')}
              </option>
            ))}
            <option value="">{t('for good')}</option>
          </select>
        </label>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        <button type="submit" class="button" disabled={busy.value || label.value.trim() === ''}>
          {t('Make a token')}
        </button>
      </form>
    </>
  )
}

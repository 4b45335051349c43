import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName, moment } from '../words.ts'
import { type Delivery, listDeliveries, replayOne, replaySince, type Webhook } from './publish-api.ts'

type DeliveryLogProps = { readonly webhook: Webhook; readonly onChanged: () => void }

const FILTERS = [
  ['', t('All')],
  ['pending', t('Waiting')],
  ['delivered', t('Arrived')],
  ['failed', t('Given up')],
] as const

/** What a webhook was told, newest first, and what it answered. */
export function DeliveryLog({ webhook, onChanged }: DeliveryLogProps) {
  const status = useSignal('')
  const rows = useSignal<readonly Delivery[] | null>(null)
  const next = useSignal<string | null>(null)
  const wrong = useSignal<string | null>(null)
  const load = async (cursor: string | null) => {
    const asked = status.value
    const answer = await listDeliveries(webhook.id, asked, cursor)
    if (asked !== status.value) return
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    rows.value = [...(cursor === null ? [] : (rows.value ?? [])), ...answer.value.deliveries]
    next.value = answer.value.nextCursor
  }
  useEffect(() => void load(null), [status.value])
  const again = async (send: () => ReturnType<typeof replaySince>) => {
    const answer = await send()
    if (answer.kind !== 'ok') return notify(describeFailure(answer), 'problem')
    notify(tn(answer.value.events, '{count} event is sent again.', '{count} events are sent again.'))
    onChanged()
    void load(null)
  }
  return (
    <section class="log" aria-label={t('Delivery log')}>
      <div class="log-head">
        <label class="log-filter">
          {t('Show')}
          <select
            class="input small"
            value={status.value}
            onChange={(event) => (status.value = event.currentTarget.value)}
          >
            {FILTERS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button small" onClick={() => void load(null)}>
          {t('Look again')}
        </button>
        {webhook.failed > 0 && (
          <button
            type="button"
            class="button small"
            onClick={() => void again(() => replaySince(webhook.id, null))}
          >
            {t('Send again what was given up')}
          </button>
        )}
      </div>
      {wrong.value !== null && (
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
      )}
      {rows.value === null && wrong.value === null && <p role="status">{t('Loading…')}</p>}
      {rows.value?.length === 0 && <p class="hint">{t('Nothing of this kind.')}</p>}
      <ol class="log-rows">
        {rows.value?.map((row) => (
          <DeliveryRow
            key={row.eventId}
            row={row}
            onOne={() => void again(() => replayOne(webhook.id, row.eventId))}
            onSince={() => void again(() => replaySince(webhook.id, String(BigInt(row.number) - 1n)))}
          />
        ))}
      </ol>
      {next.value !== null && (
        <button type="button" class="button small" onClick={() => void load(next.value)}>
          {t('Show older')}
        </button>
      )}
    </section>
  )
}

type DeliveryRowProps = { readonly row: Delivery; readonly onOne: () => void; readonly onSince: () => void }

function DeliveryRow({ row, onOne, onSince }: DeliveryRowProps) {
  const { number, status, attempts, nextAt, deliveredAt } = row
  const last = attempts.at(-1)
  return (
    <li data-status={status}>
      <p class="log-what">
        <span class="log-number">{number}</span>
        <span>{wordsOf(row)}</span>
      </p>
      <div class="log-came">
        <p class="log-state">
          {status === 'delivered'
            ? t('Arrived {time}', { time: deliveredAt === null ? '' : moment(deliveredAt) })
            : status === 'failed'
              ? t('Given up')
              : attempts.length === 0
                ? t('Waits to be sent')
                : t('Next try {time}', { time: nextAt === null ? '' : moment(nextAt) })}
          {attempts.length > 0 && (
            <small> · {tn(attempts.length, '{count} attempt', '{count} attempts')}</small>
          )}
        </p>
        {last?.error != null && (
          <p class="log-error">{t('It went wrong: {error}.', { error: last.error })}</p>
        )}
      </div>
      <div class="log-actions">
        <button
          type="button"
          class="link-button"
          aria-label={t('Send again: event {number}', { number })}
          onClick={onOne}
        >
          {t('Send again')}
        </button>
        <button
          type="button"
          class="link-button"
          aria-label={t('… and all since event {number}', { number })}
          onClick={onSince}
        >
          {t('… and all since')}
        </button>
      </div>
    </li>
  )
}

function wordsOf({ kind, locale }: Delivery): string {
  switch (kind) {
    case 'bundle':
      return t('{language} published', { language: localeName(locale ?? '') })
    case 'release':
      return t('Release')
    case 'retraction':
      return t('Withdrawn')
    case 'reinstatement':
      return t('Published again')
    default:
      return kind
  }
}

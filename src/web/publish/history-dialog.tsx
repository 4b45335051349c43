import type { PublicationHistory, PublishedDocument } from '../../http/publication-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { localeName, moment } from '../words.ts'
import { useLoaded, Waiting } from './loaded.tsx'
import { getPublications } from './publish-api.ts'

type HistoryDialogProps = { readonly document: PublishedDocument; readonly onClose: () => void }
type Event = PublicationHistory['events'][number]

/** Everything that came out of a document, newest first. */
export function HistoryDialog({ document, onClose }: HistoryDialogProps) {
  const history = useLoaded(() => getPublications(document.id))
  const events = history.value.value?.events ?? []
  return (
    <Dialog title={t('What came out of this document')} wide onClose={onClose}>
      <Waiting of={history}>
        {events.length === 0 && <p class="hint">{t('Nothing yet.')}</p>}
        <ol class="timeline">
          {events.map((event) => (
            <li key={event.id} data-kind={event.kind} data-waiting={event.number === null}>
              <time dateTime={event.at}>{moment(event.at)}</time>
              <div>
                <p class="timeline-what">{wordsOf(event, events)}</p>
                {event.notice !== null && <p class="timeline-notice">{event.notice}</p>}
                {event.missing !== null && event.missing.length > 0 && (
                  <p class="hint">
                    {t('without {languages}', { languages: event.missing.map(localeName).join(', ') })}
                  </p>
                )}
                {event.sha256 !== null && <code class="hash">{event.sha256.slice(0, 16)}…</code>}
              </div>
            </li>
          ))}
        </ol>
      </Waiting>
    </Dialog>
  )
}

function wordsOf(event: Event, all: readonly Event[]): string {
  const { kind, locale, revision, number } = event
  const language = locale === null ? '' : localeName(locale)
  if (number === null) {
    return kind === 'release'
      ? t('Release, waits to come out')
      : t('{language}, waits to come out', { language })
  }
  switch (kind) {
    case 'bundle': {
      const earlier = all.some(
        (other) => other.locale === locale && other.number !== null && isBefore(other, number),
      )
      return earlier
        ? t('{language} corrected, revision {revision}', { language, revision })
        : t('{language} published, revision {revision}', { language, revision })
    }
    case 'release':
      return event.missing !== null && event.missing.length > 0
        ? t('Partial release of revision {revision}', { revision })
        : t('Release of revision {revision} in all languages', { revision })
    case 'retraction':
      return t('Withdrawn')
    case 'reinstatement':
      return t('Published again')
  }
}

const isBefore = (event: Event, number: string) =>
  event.number !== null && BigInt(event.number) < BigInt(number)

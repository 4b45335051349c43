import { useSignal } from '@preact/signals'
import type { PublishedDocument } from '../../http/publication-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { LOCALE_STATE_WORDS, localeName, moment } from '../words.ts'
import { EmbargoDialog } from './embargo-dialog.tsx'
import { HistoryDialog } from './history-dialog.tsx'
import { LinksDialog } from './links-dialog.tsx'
import { ReleaseDialog } from './release-dialog.tsx'
import { ReinstateDialog, RetractDialog } from './retract-dialog.tsx'

export type PublishedCardProps = {
  readonly document: PublishedDocument
  readonly session: SessionView
  readonly onChanged: () => void
}

/** One document: what readers see in each language, and what an editor may do about it. */
export function PublishedCard({ document, session, onChanged }: PublishedCardProps) {
  const open = useSignal<'history' | 'links' | 'embargo' | 'release' | 'retract' | 'reinstate' | null>(null)
  const close = () => (open.value = null)
  const done = () => {
    close()
    onChanged()
  }
  const { locales, embargoUntil, retractedAt, release } = document
  const published = locales.filter((one) => one.published !== null)
  const finished = locales.filter((one) => one.published !== null || one.held || one.state === 'approved')
  const editor = locales.length > 0 && locales.every(({ locale }) => may(session, 'review', locale))
  const waiting = published.length < locales.length && finished.length > 0
  return (
    <article class="card published" aria-labelledby={`published-${document.id}`}>
      <header class="card-head">
        <div>
          <h2 id={`published-${document.id}`} class="card-title" lang={document.sourceLocale} dir="auto">
            {document.title}
          </h2>
          <p class="card-meta">
            <span>{t('Revision {number}', { number: document.revision })}</span>
            <span>
              {t('{published} of {all} languages published', {
                published: published.length,
                all: locales.length,
              })}
            </span>
            {document.licence !== null && <span>{document.licence}</span>}
          </p>
        </div>
        {release !== null && retractedAt === null && (
          <p class="release-mark">
            {release.missing.length === 0
              ? t('Complete release of {time}', { time: moment(release.at) })
              : t('Partial release of {time}', { time: moment(release.at) })}
          </p>
        )}
      </header>
      {retractedAt !== null && (
        <p class="strip bad">
          {t('Withdrawn on {time}: readers see a notice in its place.', { time: moment(retractedAt) })}
        </p>
      )}
      {embargoUntil !== null && retractedAt === null && (
        <p class="strip warn">
          {t('Embargo until {time}: what is finished meanwhile stays unseen.', {
            time: moment(embargoUntil),
          })}
        </p>
      )}
      <ul class="published-locales">
        {locales.map((one) => (
          <li key={one.locale} data-look={lookOf(one, retractedAt !== null)}>
            <span class="published-name">{localeName(one.locale)}</span>
            <span class="published-state">{wordsOf(one, retractedAt !== null)}</span>
          </li>
        ))}
      </ul>
      <div class="published-actions">
        <button type="button" class="button small" onClick={() => (open.value = 'history')}>
          {t('History')}
        </button>
        {published.length > 0 && retractedAt === null && (
          <button type="button" class="button small" onClick={() => (open.value = 'links')}>
            {t('Addresses')}
          </button>
        )}
        {editor && retractedAt === null && (
          <>
            {waiting && (
              <button type="button" class="button small" onClick={() => (open.value = 'release')}>
                {t('Release without the rest…')}
              </button>
            )}
            <button type="button" class="button small" onClick={() => (open.value = 'embargo')}>
              {t('Embargo and licence…')}
            </button>
            {published.length > 0 && (
              <button type="button" class="button small danger" onClick={() => (open.value = 'retract')}>
                {t('Withdraw…')}
              </button>
            )}
          </>
        )}
        {editor && retractedAt !== null && (
          <button type="button" class="button small" onClick={() => (open.value = 'reinstate')}>
            {t('Publish again…')}
          </button>
        )}
      </div>
      {open.value === 'history' && <HistoryDialog document={document} onClose={close} />}
      {open.value === 'links' && <LinksDialog document={document} onClose={close} />}
      {open.value === 'embargo' && <EmbargoDialog document={document} onClose={close} onDone={done} />}
      {open.value === 'release' && <ReleaseDialog document={document} onClose={close} onDone={done} />}
      {open.value === 'retract' && <RetractDialog document={document} onClose={close} onDone={done} />}
      {open.value === 'reinstate' && <ReinstateDialog document={document} onClose={close} onDone={done} />}
    </article>
  )
}

type ListedLocale = PublishedDocument['locales'][number]

function lookOf({ published, held, state }: ListedLocale, retracted: boolean): string {
  if (retracted && published !== null) return 'withdrawn'
  if (published !== null) return held ? 'held' : 'published'
  if (held) return 'held'
  return state === 'approved' ? 'approved' : state === 'failed' ? 'failed' : 'missing'
}

function wordsOf({ published, held, state }: ListedLocale, retracted: boolean): string {
  if (published !== null) {
    if (retracted) return t('Withdrawn')
    if (held) return t('Published; a newer text waits')
    const time = moment(published.at)
    return published.times > 1 ? t('Published {time}, corrected', { time }) : t('Published {time}', { time })
  }
  if (held) return t('Finished, held back')
  return state === null ? t('Not published') : LOCALE_STATE_WORDS[state]
}

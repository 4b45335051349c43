import './board.css'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { SessionView } from '../../http/session-schemas.ts'
import { FirstRun } from '../first-run.tsx'
import { t, tx } from '../i18n.ts'
import { may } from '../session.ts'
import { TopBar } from '../top-bar.tsx'
import { Board } from './board.tsx'
import { readQuery } from './board-query.ts'
import { MyWork } from './my-work.tsx'
import { NewDocumentForm } from './new-document.tsx'

/** Where documents come in, are watched and shared out, and go out again. */
export function DeskPage({ session }: { readonly session: SessionView }) {
  const { query } = useLocation()
  const mine = query.view === 'mine'
  useEffect(() => {
    if (!mine) document.title = t('Desk · Talmach')
  }, [mine])
  return (
    <div class="desk">
      <TopBar session={session} page="desk" />
      <main class="desk-main board-main">
        <h1 class="visually-hidden">{mine ? t('My work') : t('Translation desk')}</h1>
        <FirstRun role={session.role} />
        {session.engineNotice !== null && (
          <p class="banner" role="note">
            {session.engineNotice}
          </p>
        )}
        {may(session, 'read') ? (
          <>
            <nav class="parts views" aria-label={t('Views')}>
              <a href="/" aria-current={mine ? undefined : 'page'}>
                {t('All documents')}
              </a>
              <a href="/?view=mine" aria-current={mine ? 'page' : undefined}>
                {t('My work')}
              </a>
            </nav>
            {!mine && may(session, 'submit') && <NewDocumentForm session={session} />}
            {mine ? <MyWork session={session} /> : <Board session={session} query={readQuery(query)} />}
          </>
        ) : (
          <>
            {may(session, 'submit') && <NewDocumentForm session={session} />}
            <div class="empty">
              <p class="empty-title">{t('Your role does not show the desk')}</p>
              <p>
                {may(session, 'publish')
                  ? tx('It shows what is published, and takes it to a site: see {publishing}.', {
                      publishing: <a href="/publishing">{t('Publishing')}</a>,
                    })
                  : t('Ask somebody who manages people here for another one.')}
              </p>
            </div>
          </>
        )}
      </main>
    </div>
  )
}

import { useEffect } from 'preact/hooks'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { TopBar } from '../top-bar.tsx'
import { DocumentsPart } from './documents-part.tsx'
import { LinksPart } from './links-part.tsx'
import './publish.css'
import { WebhooksPart } from './webhooks-part.tsx'

type PublishingPageProps = { readonly session: SessionView; readonly part?: string }

const PARTS = [
  ['', t('Documents')],
  ['links', t('Addresses for sites')],
  ['webhooks', t('Webhooks')],
] as const

/** What readers can see of the desk's work, and who is told about it. */
export function PublishingPage({ session, part = '' }: PublishingPageProps) {
  useEffect(() => {
    document.title = `${t('Publishing')} · Talmach`
  }, [])
  const shown = PARTS.filter(([name]) => name !== 'webhooks' || may(session, 'manage'))
  const allowed = may(session, 'read') || may(session, 'publish')
  return (
    <div class="desk">
      <TopBar session={session} page="publishing" />
      <main class="desk-main publishing">
        <header class="page-head">
          <h1>{t('Publishing')}</h1>
          <nav class="parts" aria-label={t('Parts of publishing')}>
            {shown.map(([name, words]) => (
              <a
                key={name}
                href={name === '' ? '/publishing' : `/publishing/${name}`}
                aria-current={name === part ? 'page' : undefined}
              >
                {words}
              </a>
            ))}
          </nav>
        </header>
        {!allowed ? (
          <p class="empty">{t('Your role does not allow to see what is published.')}</p>
        ) : part === 'links' ? (
          <LinksPart session={session} />
        ) : part === 'webhooks' && may(session, 'manage') ? (
          <WebhooksPart session={session} />
        ) : part === '' ? (
          <DocumentsPart session={session} />
        ) : (
          <p class="empty">
            {t('There is no such part.')} <a href="/publishing">{t('Go to the documents')}</a>
          </p>
        )}
      </main>
    </div>
  )
}

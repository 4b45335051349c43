import type { SessionView } from '../http/session-schemas.ts'
import { Menu } from './desk/menu.tsx'
import { SignOutButton } from './editor/drafts-sign-out.tsx'
import { stepsOpen } from './first-run.tsx'
import { t } from './i18n.ts'
import { may } from './session.ts'
import { Wordmark } from './wordmark.tsx'
import { roleWord } from './words.ts'

type Page =
  | 'people'
  | 'account'
  | 'desk'
  | 'terms'
  | 'memories'
  | 'files'
  | 'publishing'
  | 'reports'
  | 'comments'

type TopBarProps = { readonly session: SessionView; readonly page: Page }

/** What stands at the top of every page but the editor: where one is, where one could go, who one is. */
export function TopBar({ session, page }: TopBarProps) {
  const reads = may(session, 'read')
  const publishes = reads || may(session, 'publish')
  const link = (to: Page, path: string, words: string, look?: string) => (
    <a href={path} class={look} aria-current={page === to ? 'page' : undefined}>
      {words}
    </a>
  )
  return (
    <header class="top">
      <a href="/" class="home" aria-label={t('Talmach, the desk')}>
        <Wordmark />
      </a>
      <nav class="top-nav" aria-label={t('Main')}>
        {reads && link('desk', '/', t('Documents'))}
        {reads && link('terms', '/terms', t('Terms'))}
        {reads && link('comments', '/comments', t('Comments'))}
        {publishes && link('publishing', '/publishing', t('Publishing'), reads ? 'wide-only' : undefined)}
        <Menu label={t('More')} of={t('pages')} quiet>
          {reads && (
            <>
              <li class="narrow-only">{link('publishing', '/publishing', t('Publishing'))}</li>
              <li>{link('memories', '/memories', t('Memories'))}</li>
              <li>{link('reports', '/reports', t('Reports'))}</li>
              <li>{link('files', '/files', t('Files'))}</li>
            </>
          )}
          {may(session, 'manage') && <li>{link('people', '/people', t('People'))}</li>}
          <li>
            <button type="button" onClick={() => (stepsOpen.value = true)}>
              {t('First steps')}
            </button>
          </li>
        </Menu>
      </nav>
      <a class="who" href="/account" aria-current={page === 'account' ? 'page' : undefined}>
        {session.name} <span class="role">{roleWord(session.role)}</span>
      </a>
      <SignOutButton person={session.name} />
    </header>
  )
}

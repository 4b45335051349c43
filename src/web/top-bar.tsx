import type { SessionView } from '../http/session-schemas.ts'
import { leave, may } from './session.ts'
import { Wordmark } from './wordmark.tsx'

type TopBarProps = { readonly session: SessionView; readonly page: 'desk' | 'terms' | 'files' }

/** What stands at the top of the desk and of the term desk: where one is, who one is. */
export function TopBar({ session, page }: TopBarProps) {
  return (
    <header class="top">
      <a href="/" class="home" aria-label="Talmach, the desk">
        <Wordmark />
      </a>
      {may(session, 'read') && (
        <nav class="top-nav" aria-label="Main">
          <a href="/" aria-current={page === 'desk' ? 'page' : undefined}>
            Documents
          </a>
          <a href="/terms" aria-current={page === 'terms' ? 'page' : undefined}>
            Terms
          </a>
          <a href="/files" aria-current={page === 'files' ? 'page' : undefined}>
            Files
          </a>
        </nav>
      )}
      <span class="who">
        {session.name} <span class="role">{session.role}</span>
      </span>
      <button type="button" class="button small" onClick={() => void leave()}>
        Sign out
      </button>
    </header>
  )
}

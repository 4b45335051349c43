import { useEffect } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso'
import { DeskPage } from './desk/desk-page.tsx'
import { Dialog } from './dialog.tsx'
import { Notices } from './notices.tsx'
import { describeFailure } from './request.ts'
import { expired, loadSession, session } from './session.ts'
import { SignInForm, SignInPage } from './sign-in.tsx'

// CodeMirror comes with the editor, and only then.
const EditorPage = lazy(() => import('./editor/editor-page.tsx').then((module) => module.EditorPage))

const TermsPage = lazy(() => import('./terms/terms-page.tsx').then((module) => module.TermsPage))

const FilesPage = lazy(() => import('./files/files-page.tsx').then((module) => module.FilesPage))

/** The whole client: who is there, and which page. */
export function App() {
  useEffect(() => void loadSession(), [])
  return (
    <>
      <Pages />
      <Notices />
      {expired.value && (
        <Dialog title="Your session has ended" onClose={() => (expired.value = false)}>
          <p>Everything you typed is kept on this device. Sign in again and go on where you were.</p>
          <SignInForm />
        </Dialog>
      )}
    </>
  )
}

function Pages() {
  const state = session.value
  switch (state.kind) {
    case 'loading':
      return <p class="page-note">Opening the desk…</p>
    case 'signed-out':
      return <SignInPage />
    case 'failed':
      return (
        <main class="page-note">
          <h1>The desk cannot be opened</h1>
          <p>{describeFailure(state.failure)}</p>
          <button type="button" class="button" onClick={() => void loadSession()}>
            Try again
          </button>
        </main>
      )
    case 'signed-in':
      return (
        <LocationProvider scope={/^\/($|\?|documents\/|terms|files$)/}>
          <ErrorBoundary>
            <Router>
              <Route path="/" component={DeskPage} session={state.view} />
              <Route path="/documents/:id/:locale" component={EditorPage} session={state.view} />
              <Route path="/terms/:glossary?/:concept?" component={TermsPage} session={state.view} />
              <Route path="/files" component={FilesPage} session={state.view} />
              <Route default component={NoPage} />
            </Router>
          </ErrorBoundary>
        </LocationProvider>
      )
  }
}

function NoPage() {
  return (
    <main class="page-note">
      <h1>There is no such page</h1>
      <p>
        <a href="/">Go to the desk</a>
      </p>
    </main>
  )
}

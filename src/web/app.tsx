import { useEffect } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso'
import { DeskPage } from './desk/desk-page.tsx'
import { Dialog } from './dialog.tsx'
import { FirstStepsDialog, stepsOpen } from './first-run.tsx'
import { t } from './i18n.ts'
import { Notices } from './notices.tsx'
import { describeFailure } from './request.ts'
import { expired, loadSession, session } from './session.ts'
import { SignInForm, SignInPage } from './sign-in.tsx'

// CodeMirror comes with the editor, and only then.
const EditorPage = lazy(() => import('./editor/editor-page.tsx').then((module) => module.EditorPage))

const TermsPage = lazy(() => import('./terms/terms-page.tsx').then((module) => module.TermsPage))

const MemoriesPage = lazy(() => import('./memory/memories-page.tsx').then((module) => module.MemoriesPage))

const CostPage = lazy(() => import('./cost/cost-page.tsx').then((module) => module.CostPage))

const PublishingPage = lazy(() =>
  import('./publish/publishing-page.tsx').then((module) => module.PublishingPage),
)

const ReportsPage = lazy(() => import('./reports/reports-page.tsx').then((module) => module.ReportsPage))

const CommentsPage = lazy(() => import('./editor/comments-page.tsx').then((module) => module.CommentsPage))

const FilesPage = lazy(() => import('./files/files-page.tsx').then((module) => module.FilesPage))

const PeoplePage = lazy(() => import('./people/people-page.tsx').then((module) => module.PeoplePage))

const AccountPage = lazy(() => import('./account/account-page.tsx').then((module) => module.AccountPage))

const InvitationPage = lazy(() =>
  import('./people/invitation-page.tsx').then((module) => module.InvitationPage),
)

/** The whole client: who is there, and which page. */
export function App() {
  useEffect(() => void loadSession(), [])
  return (
    <>
      <Pages />
      <Notices />
      {stepsOpen.value && session.value.kind === 'signed-in' && (
        <FirstStepsDialog role={session.value.view.role} />
      )}
      {expired.value && (
        <Dialog title={t('Your session has ended')} onClose={() => (expired.value = false)}>
          <p>{t('Everything you typed is kept on this device. Sign in again and go on where you were.')}</p>
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
      return (
        <main class="page-note">
          <h1 class="visually-hidden">Talmach</h1>
          <p role="status">{t('Opening the desk…')}</p>
        </main>
      )
    case 'signed-out':
      return location.pathname === '/invitation' ? (
        <ErrorBoundary>
          <InvitationPage />
        </ErrorBoundary>
      ) : (
        <SignInPage />
      )
    case 'failed':
      return (
        <main class="page-note">
          <h1>{t('The desk cannot be opened')}</h1>
          <p>{describeFailure(state.failure)}</p>
          <button type="button" class="button" onClick={() => void loadSession()}>
            {t('Try again')}
          </button>
        </main>
      )
    case 'signed-in':
      return (
        <LocationProvider
          scope={/^\/($|\?|documents\/|terms|memories|comments|publishing|reports|people$|account$|files$)/}
        >
          <ErrorBoundary>
            <Router>
              <Route path="/" component={DeskPage} session={state.view} />
              <Route path="/documents/:id/cost" component={CostPage} session={state.view} />
              <Route path="/documents/:id/:locale" component={EditorPage} session={state.view} />
              <Route path="/terms/:glossary?/:concept?" component={TermsPage} session={state.view} />
              <Route path="/memories/:part?" component={MemoriesPage} session={state.view} />
              <Route path="/publishing/:part?" component={PublishingPage} session={state.view} />
              <Route path="/reports" component={ReportsPage} session={state.view} />
              <Route path="/comments" component={CommentsPage} session={state.view} />
              <Route path="/people" component={PeoplePage} session={state.view} />
              <Route path="/account" component={AccountPage} session={state.view} />
              <Route path="/invitation" component={InvitedAlready} />
              <Route path="/files" component={FilesPage} session={state.view} />
              <Route default component={NoPage} />
            </Router>
          </ErrorBoundary>
        </LocationProvider>
      )
  }
}

/** An invitation is for somebody who has no account yet. */
function InvitedAlready() {
  return (
    <main class="page-note">
      <h1>{t('You are signed in already')}</h1>
      <p>{t('An invitation is for somebody without an account. Sign out first to accept it.')}</p>
      <p>
        <a href="/">{t('Go to the desk')}</a>
      </p>
    </main>
  )
}

function NoPage() {
  return (
    <main class="page-note">
      <h1>{t('There is no such page')}</h1>
      <p>
        <a href="/">{t('Go to the desk')}</a>
      </p>
    </main>
  )
}

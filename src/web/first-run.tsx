import { signal, useSignal } from '@preact/signals'
import { Dialog } from './dialog.tsx'
import { hintsFor } from './first-run-hints.ts'
import { t } from './i18n.ts'
import { notify } from './notices.tsx'

const SEEN = 'talmach-first-steps'

/** True while somebody looks at the hints again. */
export const stepsOpen = signal(false)

/**
 * The hints for a first visit, above everything else on the page, until they are sent away. This device remembers in
 * which roles somebody did that, and no name: signing out leaves nothing of a person here.
 */
export function FirstRun({ role }: { readonly role: string }) {
  const seen = useSignal(rolesSeen().includes(role))
  if (seen.value || hintsFor(role).length === 0) return null
  const dismiss = () => {
    remember(role)
    seen.value = true
    notify(t('You find the first steps again under “More”.'))
    // The button that had the focus is gone.
    document.querySelector<HTMLElement>('.top-nav a')?.focus()
  }
  return (
    <section class="first-run" aria-labelledby="first-run-title">
      <div class="first-run-head">
        <h2 id="first-run-title">{t('First steps')}</h2>
        <button type="button" class="button small" onClick={dismiss}>
          {t('Got it')}
        </button>
      </div>
      <HintList role={role} />
    </section>
  )
}

/** The same hints for whoever asks for them again. */
export function FirstStepsDialog({ role }: { readonly role: string }) {
  return (
    <Dialog title={t('First steps')} wide onClose={() => (stepsOpen.value = false)}>
      <HintList role={role} />
    </Dialog>
  )
}

function HintList({ role }: { readonly role: string }) {
  return (
    <ol class="hints">
      {hintsFor(role).map(({ title, text }) => (
        <li key={title}>
          <strong>{title}</strong> {text}
        </li>
      ))}
    </ol>
  )
}

/** Roles in which the hints were sent away on this device; none where the browser forbids storage. */
function rolesSeen(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(SEEN) ?? '[]')
    return Array.isArray(found) ? found.filter((role) => typeof role === 'string') : []
  } catch {
    return []
  }
}

function remember(role: string): void {
  try {
    localStorage.setItem(SEEN, JSON.stringify([...new Set([...rolesSeen(), role])]))
  } catch {
    // They come again at the next visit: without storage there is no other way.
  }
}

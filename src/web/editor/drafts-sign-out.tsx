import { useSignal } from '@preact/signals'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { leave, session } from '../session.ts'
import { browserStorage, clearDrafts, countDrafts } from './drafts.ts'

/**
 * Signs out and leaves nothing of the person on this device. Asks first where texts were typed that only this device
 * has.
 */
export function SignOutButton({ person }: { readonly person: string }) {
  const unsaved = useSignal(0)
  const go = async () => {
    unsaved.value = 0
    await leave()
    // Without a connection one stays signed in, and keeps everything.
    if (session.peek().kind === 'signed-out') clearDrafts(browserStorage(), person)
  }
  return (
    <>
      <button
        type="button"
        class="button small"
        onClick={() => {
          unsaved.value = countDrafts(browserStorage(), person)
          if (unsaved.value === 0) void go()
        }}
      >
        {t('Sign out')}
      </button>
      {unsaved.value > 0 && (
        <Dialog title={t('Sign out and lose unsaved texts?')} onClose={() => (unsaved.value = 0)}>
          <p>
            {tn(
              unsaved.value,
              '{count} text that you typed is on this device only: it was not saved.',
              '{count} texts that you typed are on this device only: they were not saved.',
            )}{' '}
            {t('Open the document again and save, or sign out and delete what was not saved.')}
          </p>
          <div class="dialog-foot">
            <button type="button" class="button primary" onClick={() => (unsaved.value = 0)}>
              {t('Stay signed in')}
            </button>
            <button type="button" class="button" onClick={() => void go()}>
              {t('Delete them and sign out')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}

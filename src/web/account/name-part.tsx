import { useSignal } from '@preact/signals'
import type { AccountView } from '../../http/people-schemas.ts'
import { browserStorage, countDrafts } from '../editor/drafts.ts'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { useAttempt } from '../people/attempt.ts'
import { renameMe } from '../people/people-api.ts'

type NamePartProps = { readonly account: AccountView; readonly onChanged: (account: AccountView) => void }

/** The public name. */
export function NamePart({ account, onChanged }: NamePartProps) {
  const name = useSignal(account.name)
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    // Texts that only this device has are kept under the name.
    if (countDrafts(browserStorage(), account.name) > 0) {
      wrong.value = t('Texts that you typed are not saved yet: open their document and save them first.')
      return
    }
    const done = await run(() => renameMe(name.value))
    if (done === undefined) return
    name.value = done.value.name
    onChanged(done.value)
    notify(t('You are called {name} now.', { name: done.value.name }))
  }
  return (
    <section class="account-part" aria-labelledby="name-title">
      <h2 id="name-title">{t('Public name')}</h2>
      <p>{t('It stands in histories and credits. If you change it, it changes on all that you did.')}</p>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          <span>{t('Public name')}</span>
          <input
            class="input"
            autocomplete="nickname"
            maxlength={60}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        <button type="submit" class="button" disabled={busy.value || name.value === account.name}>
          {t('Change the name')}
        </button>
      </form>
    </section>
  )
}

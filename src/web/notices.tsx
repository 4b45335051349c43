import { signal } from '@preact/signals'
import { t } from './i18n.ts'

type Notice = {
  readonly id: number
  readonly text: string
  readonly kind: 'done' | 'problem'
  readonly action?: { readonly words: string; readonly run: () => void } | undefined
}

const notices = signal<readonly Notice[]>([])
const spoken = signal('')
let last = 0

/** Shows a short message at the edge of the page and reads it out. Problems stay until they are dismissed. */
export function notify(text: string, kind: Notice['kind'] = 'done', action?: Notice['action']): void {
  const id = ++last
  notices.value = [...notices.value.slice(-3), { id, text, kind, action }]
  if (kind === 'done') setTimeout(() => dismiss(id), 6000)
}

/** Says something to people with a screen reader only. */
export function announce(text: string): void {
  spoken.value = text
}

function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** The messages on the page. Render it once. */
export function Notices() {
  return (
    <>
      <div class="visually-hidden" role="status">
        {spoken.value}
      </div>
      <section class="notices" aria-label={t('Messages')} aria-live="polite">
        {notices.value.map((notice) => (
          <div key={notice.id} class={`notice ${notice.kind}`}>
            <span>{notice.text}</span>
            {notice.action !== undefined && (
              <button
                type="button"
                class="link-button"
                onClick={() => {
                  notice.action?.run()
                  dismiss(notice.id)
                }}
              >
                {notice.action.words}
              </button>
            )}
            <button
              type="button"
              class="icon-button"
              aria-label={t('Dismiss')}
              onClick={() => dismiss(notice.id)}
            >
              ✕
            </button>
          </div>
        ))}
      </section>
    </>
  )
}

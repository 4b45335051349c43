import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RecheckReport as Report } from '../../http/term-schemas.ts'
import { count, localeName, plural } from '../words.ts'
import { getRecheck } from './terms-api.ts'

/** What a change of terms does to the segments, as it goes on. */
export function RecheckReport({ id }: { readonly id: string }) {
  const report = useSignal<Report | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const ask = async () => {
      const answer = await getRecheck(id)
      if (left) return
      if (answer.kind === 'ok') report.value = answer.value
      if (report.value?.state !== 'done') timer = setTimeout(() => void ask(), 1000)
    }
    void ask()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [])
  if (report.value === null) return null
  const { state, scanned, changed, approvedBlocked, pages } = report.value
  return (
    <section class="recheck" aria-label="Effect of the change">
      <p role="status">
        {state === 'done'
          ? changed === 0
            ? 'Every segment was looked at; nothing is judged differently.'
            : `${plural(changed, 'translation')} judged differently now.`
          : `Judging segments anew: ${count(scanned)} looked at, ${count(changed)} judged differently so far…`}
        {approvedBlocked > 0 && (
          <strong class="bad">
            {' '}
            {count(approvedBlocked)} approved {approvedBlocked === 1 ? 'one needs' : 'ones need'} another
            look.
          </strong>
        )}
      </p>
      {pages.length > 0 && (
        <ul class="recheck-pages">
          {pages.map((page) => (
            <li key={`${page.documentId} ${page.locale}`}>
              <a href={`/documents/${page.documentId}/${page.locale}`}>
                {page.title}, {localeName(page.locale)}
              </a>
              : {count(page.changed)}
              {page.blocked > 0 && `, ${count(page.blocked)} blocked`}
              {page.published && <span class="badge warn">Published</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

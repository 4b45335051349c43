import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RecheckReport as Report } from '../../http/usage-schemas.ts'
import { t, tn } from '../i18n.ts'
import { count, localeName } from '../words.ts'
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
    <section class="recheck" aria-label={t('Effect of the change')}>
      <p role="status">
        {state === 'done'
          ? changed === 0
            ? t('Every segment was looked at; nothing is judged differently.')
            : tn(
                changed,
                '{count} translation judged differently now.',
                '{count} translations judged differently now.',
              )
          : t('Judging segments anew: {scanned} looked at, {changed} judged differently so far…', {
              scanned: count(scanned),
              changed: count(changed),
            })}
        {approvedBlocked > 0 && (
          <strong class="bad">
            {' '}
            {tn(
              approvedBlocked,
              '{count} approved one needs another look.',
              '{count} approved ones need another look.',
            )}
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
              {page.blocked > 0 && `, ${tn(page.blocked, '{count} blocked', '{count} blocked')}`}
              {page.published && <span class="badge warn">{t('Published')}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

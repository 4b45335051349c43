import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { useLoaded, Waiting } from '../publish/loaded.tsx'
import { may } from '../session.ts'
import { TopBar } from '../top-bar.tsx'
import { localeName } from '../words.ts'
import { commonPeriods } from './periods.ts'
import { ReportSheet } from './report-sheet.tsx'
import './reports.css'
import { getReport, type ReportWish, reportPath } from './reports-api.ts'

/** What was done in a period: to look at, to print, to send to those who pay for it. */
export function ReportsPage({ session }: { readonly session: SessionView }) {
  const periods = commonPeriods(new Date().toISOString().slice(0, 10))
  const given = new URLSearchParams(location.search)
  const wish = useSignal<ReportWish>({
    from: given.get('from') ?? periods[0]?.from ?? '',
    to: given.get('to') ?? periods[0]?.to ?? '',
    locale: given.get('locale') ?? '',
    person: given.get('person') ?? '',
  })
  const query = reportPath(wish.value, 'json')
  const report = useLoaded(() => getReport(wish.value), query)
  const editor = may(session, 'review')
  useEffect(() => {
    document.title = `${t('Reports')} · Talmach`
  }, [])
  useEffect(() => {
    // The address of this report, to be sent to others.
    history.replaceState(
      history.state,
      '',
      query.replace('/api/reports', '/reports').replace('&format=json', ''),
    )
  }, [query])
  const set = (change: Partial<ReportWish>) => {
    wish.value = { ...wish.value, ...change }
  }
  const [, ...targets] = session.edition
  const current = report.value.value
  const locales = [...new Set([...targets, ...(current?.languages.map(({ locale }) => locale) ?? [])])]
  return (
    <div class="desk">
      <TopBar session={session} page="reports" />
      <main class="desk-main reports">
        <header class="page-head">
          <h1>{t('Reports')}</h1>
          <div class="report-out">
            <a class="button small" href={reportPath(wish.value, 'csv')} download>
              {t('CSV')}
            </a>
            <a class="button small" href={query} download="report.json">
              {t('JSON')}
            </a>
            <button type="button" class="button small" onClick={() => window.print()}>
              {t('Print')}
            </button>
          </div>
        </header>
        <form class="report-wish" onSubmit={(event) => event.preventDefault()}>
          <div class="report-periods">
            {periods.map(({ words, from, to }) => (
              <button
                key={words}
                type="button"
                class="button small quiet"
                aria-pressed={wish.value.from === from && wish.value.to === to}
                onClick={() => set({ from, to })}
              >
                {words}
              </button>
            ))}
          </div>
          <label>
            {t('First day')}
            <input
              class="input small"
              type="date"
              required
              value={wish.value.from}
              onChange={(event) =>
                event.currentTarget.value !== '' && set({ from: event.currentTarget.value })
              }
            />
          </label>
          <label>
            {t('Last day')}
            <input
              class="input small"
              type="date"
              required
              value={wish.value.to}
              onChange={(event) => event.currentTarget.value !== '' && set({ to: event.currentTarget.value })}
            />
          </label>
          <label>
            {t('Language')}
            <select
              class="input small"
              value={wish.value.locale}
              onChange={(event) => set({ locale: event.currentTarget.value })}
            >
              <option value="">{t('All languages')}</option>
              {locales.map((locale) => (
                <option key={locale} value={locale}>
                  {localeName(locale)}
                </option>
              ))}
            </select>
          </label>
          {editor && wish.value.person !== '' && (
            <p class="report-person">
              {t('Only {name}', { name: wish.value.person })}{' '}
              <button type="button" class="link-button" onClick={() => set({ person: '' })}>
                {t('Show everybody')}
              </button>
            </p>
          )}
        </form>
        {!editor && <p class="hint">{t('This is your own part. Reports on everybody are for editors.')}</p>}
        <Waiting of={report}>
          {current !== null && (
            <ReportSheet report={current} onPerson={editor ? (person) => set({ person }) : null} />
          )}
        </Waiting>
      </main>
    </div>
  )
}

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CostView, QualityView } from '../../http/cost-schemas.ts'
import type { DocumentSummary } from '../../http/schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { getDocument } from '../api.ts'
import { t, tn } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { TopBar } from '../top-bar.tsx'
import { localeName } from '../words.ts'
import './cost.css'
import { getCost, getQuality } from './cost-api.ts'
import { BandTable, CeilingList, EngineTable } from './cost-tables.tsx'
import { QualityTables } from './quality-tables.tsx'
import { RevisionDialog } from './revision-dialog.tsx'

type CostPageProps = { readonly session: SessionView; readonly id?: string }

/** What a document costs and what people changed of its drafts; a new version is sent from here. */
export function CostPage({ session, id = '' }: CostPageProps) {
  const summary = useSignal<DocumentSummary | null>(null)
  const cost = useSignal<CostView | null>(null)
  const quality = useSignal<QualityView | null>(null)
  const wrong = useSignal<string | null>(null)
  const sending = useSignal(location.hash === '#new-version')
  const load = async () => {
    const [about, costs, drafts] = await Promise.all([getDocument(id), getCost(id), getQuality(id)])
    if (about.kind === 'ok') summary.value = about.value
    if (costs.kind === 'ok') cost.value = costs.value
    if (drafts.kind === 'ok') quality.value = drafts.value
    const [failed] = [about, costs, drafts].flatMap((answer) => (answer.kind === 'ok' ? [] : [answer]))
    wrong.value = failed === undefined ? null : describeFailure(failed)
  }
  useEffect(() => {
    document.title = t('Cost and quality · Talmach')
    void load()
  }, [id])
  const about = summary.value
  return (
    <div class="desk">
      <TopBar session={session} page="desk" />
      <main class="desk-main cost-main">
        <header class="cost-head">
          <div>
            <p>
              <a href="/">{t('Documents')}</a>
            </p>
            <h1>
              {about === null ? (
                t('Cost and quality')
              ) : (
                <span lang={about.sourceLocale} dir="auto">
                  {about.title}
                </span>
              )}
            </h1>
            {about !== null && (
              <p class="card-meta">
                <span>{localeName(about.sourceLocale)}</span>
                <span>{t('Revision {number}', { number: about.revision })}</span>
                <span>{tn(about.words, '{count} word', '{count} words')}</span>
                {about.domain !== '' && <span>{t('Subject: {name}', { name: about.domain })}</span>}
              </p>
            )}
          </div>
          {about !== null && may(session, 'submit') && (
            <button type="button" class="button primary" onClick={() => (sending.value = true)}>
              {t('New version of the article…')}
            </button>
          )}
        </header>
        {wrong.value !== null && <LoadFailure wrong={wrong.value} again={() => void load()} />}
        {cost.value === null && wrong.value === null && <p role="status">{t('Loading…')}</p>}
        {cost.value !== null && (
          <section class="cost-part" aria-labelledby="cost-words">
            <h2 id="cost-words">{t('Words, by what there is already')}</h2>
            <BandTable cost={cost.value} />
            <h2>{t('Characters that engines bill')}</h2>
            <p class="hint">
              {t('At most: what an engine has translated before costs nothing again and is not taken off.')}
            </p>
            <EngineTable cost={cost.value} />
            <CeilingList cost={cost.value} />
          </section>
        )}
        {quality.value !== null && (
          <section class="cost-part" aria-labelledby="cost-quality">
            <h2 id="cost-quality">{t('What people changed of the drafts')}</h2>
            <QualityTables quality={quality.value} />
          </section>
        )}
      </main>
      {sending.value && about !== null && (
        <RevisionDialog
          summary={about}
          onClose={() => (sending.value = false)}
          onSent={() => {
            sending.value = false
            void load()
          }}
        />
      )}
    </div>
  )
}

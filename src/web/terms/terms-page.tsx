import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { SessionView } from '../../http/session-schemas.ts'
import type { GlossaryView } from '../../http/term-schemas.ts'
import { t, tn } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { TopBar } from '../top-bar.tsx'

import { CandidatesDialog } from './candidates-dialog.tsx'
import { ConceptForm, type ConceptStart } from './concept-form.tsx'
import { ConceptList } from './concept-list.tsx'
import { ConceptPanel } from './concept-panel.tsx'
import { GlossaryMenu } from './glossary-menu.tsx'
import './terms.css'
import { conceptPath, glossaryPath, listGlossaries } from './terms-api.ts'

type TermsPageProps = {
  readonly session: SessionView
  readonly glossary?: string
  readonly concept?: string
}

/** Where a newsroom keeps its terms: finds, proposes, discusses and decides them, and sees where they are used. */
export function TermsPage({ session, glossary: wanted, concept }: TermsPageProps) {
  const { route } = useLocation()
  const glossaries = useSignal<readonly GlossaryView[] | null>(null)
  const wrong = useSignal<string | null>(null)
  const creating = useSignal<ConceptStart | null>(null)
  const choosing = useSignal(false)
  /** Grows when a concept has changed, so that the list is read again. */
  const changes = useSignal(0)
  const load = async () => {
    const answer = await listGlossaries()
    if (answer.kind === 'ok') glossaries.value = answer.value.glossaries
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
  }
  useEffect(() => {
    document.title = `${t('Terms')} · Talmach`
    void load()
  }, [])
  const changed = () => {
    changes.value += 1
    void load()
  }
  const all = glossaries.value
  const current = all?.find(({ name }) => name === wanted) ?? (wanted === undefined ? all?.[0] : undefined)
  const open = concept !== undefined || creating.value !== null
  const close = () => {
    creating.value = null
    if (current !== undefined && concept !== undefined) route(glossaryPath(current.name))
  }
  return (
    <div class="desk">
      <TopBar session={session} page="terms" />
      <main class="terms-main" data-open={open}>
        <h1 class="visually-hidden">{t('Terms')}</h1>
        {wrong.value !== null && <LoadFailure wrong={wrong.value} again={() => void load()} />}
        {all === null && wrong.value === null && <p role="status">{t('Loading…')}</p>}
        {all !== null && current === undefined && wanted !== undefined && (
          <p class="empty">
            {t('There is no term base “{name}”.', { name: wanted })}{' '}
            <a href="/terms">{t('Look at the others')}</a>
          </p>
        )}
        {all?.length === 0 && wanted === undefined && (
          <div class="empty">
            <p class="empty-title">{t('No term base yet')}</p>
            <p>
              {t(
                'Import a glossary with “talmach glossary import FILE”, or put one into the glossary folder.',
              )}
            </p>
          </div>
        )}
        {all !== null && current !== undefined && (
          <>
            <div class="terms-head">
              <GlossaryMenu
                glossaries={all}
                current={current}
                session={session}
                onChoose={(name) => route(glossaryPath(name))}
                onChanged={changed}
              />
              {may(session, 'propose') && (
                <div class="terms-actions">
                  <button type="button" class="button" onClick={() => (choosing.value = true)}>
                    {t('From a document…')}
                  </button>
                  <button
                    type="button"
                    class="button primary"
                    onClick={() => {
                      if (concept !== undefined) route(glossaryPath(current.name))
                      creating.value = { locale: session.edition[0] ?? 'en', text: '' }
                    }}
                  >
                    {may(session, 'curate') ? t('New concept') : t('Propose a term')}
                  </button>
                </div>
              )}
            </div>
            <ConceptList
              key={current.name}
              glossary={current}
              selected={concept}
              changes={changes.value}
              onOpen={() => (creating.value = null)}
            />
            <section class="concept-side" aria-label={t('Concept')}>
              {open && (
                <button type="button" class="link-button concept-back" onClick={close}>
                  <span aria-hidden="true">←</span> {t('All terms')}
                </button>
              )}
              {creating.value !== null ? (
                <ConceptForm
                  key={creating.value.text}
                  glossary={current}
                  session={session}
                  start={creating.value}
                  onCancel={close}
                  onSaved={({ concept: saved }) => {
                    creating.value = null
                    changed()
                    route(conceptPath(saved.glossary, saved.id))
                  }}
                />
              ) : concept === undefined ? (
                <div class="concept-none">
                  <p>
                    {tn(current.counts.approved, '{count} concept in force', '{count} concepts in force')}
                    {current.waiting > 0 &&
                      `, ${tn(current.waiting, '{count} proposal to decide', '{count} proposals to decide')}`}
                    .
                  </p>
                  <p class="hint">
                    {t('Choose a term to see its translations, its discussion and where it is used.')}
                  </p>
                </div>
              ) : (
                <ConceptPanel
                  key={`${current.name}/${concept}`}
                  glossary={current}
                  id={concept}
                  session={session}
                  onChanged={changed}
                />
              )}
            </section>
            {choosing.value && (
              <CandidatesDialog
                onClose={() => (choosing.value = false)}
                onChoose={(start) => {
                  choosing.value = false
                  if (concept !== undefined) route(glossaryPath(current.name))
                  creating.value = start
                }}
              />
            )}
          </>
        )}
      </main>
    </div>
  )
}

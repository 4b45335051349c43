import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { directionOf } from '../../domain/locale.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { localeName } from '../words.ts'
import { helpOpen } from './commands.ts'
import { KeptTexts } from './drafts-kept.tsx'
import { openTabs, type Tabs } from './drafts-tab.ts'
import { EditorHead } from './editor-head.tsx'
import { boxOf, openEditor, runEditor } from './editor-life.ts'
import { EditorPanels } from './editor-panels.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { ListEnd, UnsavedBanner } from './list-notes.tsx'
import { Preview } from './preview.tsx'
import { previewShown } from './preview-state.ts'
import { SegmentList } from './segment-list.tsx'
import { TermCard } from './term-card.tsx'
import './tools.css'

/** The editor: one document in one locale, segment by segment. */
export function EditorPage({ session }: { readonly session: SessionView }) {
  const tabs = useTabs()
  return tabs === null ? null : <OpenPage session={session} tabs={tabs} />
}

function OpenPage({ session, tabs }: { readonly session: SessionView; readonly tabs: Tabs }) {
  const { params } = useRoute()
  const id = params.id ?? ''
  const locale = params.locale ?? ''
  const editor = useMemo(() => openEditor(id, locale, session.name, tabs), [id, locale, session.name])
  useEffect(() => runEditor(editor), [editor])
  const document = editor.document.value
  const failure = editor.failure.value
  const may_ = (permission: string) => may(session, permission, locale)
  if (document === null) {
    return failure === null ? (
      <p class="page-note" role="status">
        {t('Opening the document…')}
      </p>
    ) : (
      <main class="page-note">
        <h1>{t('The document cannot be opened')}</h1>
        <p>{describeFailure(failure)}</p>
        <button type="button" class="button" onClick={() => void editor.load()}>
          {t('Try again')}
        </button>{' '}
        <a href="/">{t('Back to the desk')}</a>
      </main>
    )
  }
  return (
    <div class="editor">
      <EditorHead editor={editor} document={document} mayReview={may_('review')} mayManage={may_('manage')} />
      <div class="editor-body" data-preview={previewShown.value}>
        <main>
          <div class="columns" aria-hidden="true">
            <span />
            <span>{localeName(document.sourceLocale)}</span>
            <span dir={directionOf(locale)}>{localeName(locale)}</span>
            <span />
          </div>
          <UnsavedBanner editor={editor} />
          <KeptTexts editor={editor} box={boxOf(editor)} />
          <SegmentList
            editor={editor}
            sourceLocale={document.sourceLocale}
            permissions={{ translate: may_('translate'), review: may_('review'), waive: may_('waive') }}
          />
          <ListEnd editor={editor} />
        </main>
        {previewShown.value && <Preview editor={editor} sourceLocale={document.sourceLocale} />}
      </div>
      <EditorPanels editor={editor} mayTranslate={may_('translate')} />
      <TermCard />
      {helpOpen.value && (
        <HelpDialog permissions={session.permissions} onClose={() => (helpOpen.value = false)} />
      )}
    </div>
  )
}

/** Null until this page knows which tab it is. */
function useTabs(): Tabs | null {
  const tabs = useSignal<Tabs | null>(null)
  useEffect(
    () =>
      void openTabs().then((found) => {
        tabs.value = found
      }),
    [],
  )
  return tabs.value
}

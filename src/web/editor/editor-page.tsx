import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { directionOf } from '../../domain/locale.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { expired, may } from '../session.ts'
import { localeName } from '../words.ts'
import { helpOpen, onCommand, runCommand } from './commands.ts'
import { browserStorage, type DraftBox, openDraftBox } from './drafts.ts'
import { KeptTexts } from './drafts-kept.tsx'
import { openTabs, type Tabs } from './drafts-tab.ts'
import { EditorHead } from './editor-head.tsx'
import { EditorPanels } from './editor-panels.tsx'
import { isFiltering, NO_CRITERIA, readShown, writeShown } from './filter.ts'
import { HelpDialog } from './help-dialog.tsx'
import { bindings, openKeySettings } from './key-settings.ts'
import { commandOf, digitOf, onMac } from './keymap.ts'
import { companyOf, followDocument, openCompany } from './presence-live.ts'
import { Preview } from './preview.tsx'
import { openPreview, previewShown } from './preview-state.ts'
import { FILTER_WORDS, isApproved } from './rows.ts'
import { SegmentList } from './segment-list.tsx'
import { createEditor, type Editor } from './store.ts'
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
  useEffect(() => run(editor), [editor])
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

function openEditor(id: string, locale: string, person: string, tabs: Tabs): Editor {
  let told = false
  const box = openDraftBox(browserStorage(), { ...tabs, person, documentId: id, locale, now: Date.now })
  const editor = createEditor(id, locale, box, () => {
    if (told) return
    told = true
    notify(
      t('This browser cannot keep unsaved text. Save each segment before you close the page.'),
      'problem',
    )
  })
  editor.person.value = person
  boxes.set(editor, box)
  openCompany(editor, tabs.tab)
  const { filter, criteria } = readShown(location.search)
  editor.setFilter(filter, criteria)
  return editor
}

/** Starts everything that a page needs while it is open. @returns stops it and saves what is unsaved */
function run(editor: Editor): () => void {
  openKeySettings(browserStorage(), editor.person.peek())
  openPreview()
  const mac = onMac()
  const onKey = (event: KeyboardEvent) => {
    if (hasOwnKeys(event.target)) return
    if (event.isComposing || document.querySelector('dialog[open]') !== null) return
    const command = commandOf(event, mac, bindings.peek())
    if (command === null || (command === 'leave' && !inSegment(event.target))) return
    event.preventDefault()
    event.stopPropagation()
    runCommand(editor, command, digitOf(event))
  }
  const onHide = () => {
    const row = editor.active.peek()
    if (document.hidden && row?.save.peek().kind === 'unsaved') void editor.saver.save(row)
  }
  /** Only where the browser could not keep a text: everywhere else nothing is lost, and nobody is asked. */
  const onUnload = (event: BeforeUnloadEvent) => {
    if (editor.saver.isAtRisk()) event.preventDefault()
  }
  window.addEventListener('keydown', onKey, { capture: true })
  window.addEventListener('online', editor.saver.retry)
  document.addEventListener('visibilitychange', onHide)
  window.addEventListener('beforeunload', onUnload)
  const stops: (() => void)[] = [
    effect(() => {
      if (!expired.value) editor.saver.retry()
    }),
    effect(() => {
      const summary = editor.document.value
      if (summary !== null) document.title = `${summary.title} · ${localeName(editor.locale)} · Talmach`
    }),
  ]
  const wanted = readShown(location.search).segment
  stops.push(
    effect(() => {
      const shown = { filter: editor.filter.value, criteria: editor.criteria.value, segment: null }
      history.replaceState(history.state, '', location.pathname + writeShown(shown))
    }),
  )
  // The first page decides where one starts: at what is unsaved, else at what is not approved. Without the
  // focus: on a phone the keyboard would jump up.
  const stopWaiting = effect(() => {
    const rows = editor.rows.value
    if (rows.length === 0 || editor.active.peek() !== null) return
    if (wanted !== null && rows.length < wanted && !editor.complete.value) return
    queueMicrotask(() => {
      stopWaiting()
      const open =
        (wanted === null ? undefined : rows[wanted - 1]) ??
        rows.find((row) => row.restored) ??
        editor.shown.peek().find((row) => !isApproved(row.segment.peek()))
      if (open !== undefined && editor.active.peek() === null) editor.activate(open, false)
    })
  })
  stops.push(stopWaiting)
  stops.push(
    onCommand('comment', (_, row) => {
      if (row !== null) companyOf(editor).comments.wanted.value = row.id
    }),
    followDocument(editor),
  )
  void editor.load()
  return () => {
    window.removeEventListener('keydown', onKey, { capture: true })
    window.removeEventListener('online', editor.saver.retry)
    document.removeEventListener('visibilitychange', onHide)
    window.removeEventListener('beforeunload', onUnload)
    for (const stop of stops) stop()
    editor.close()
    editor.saver.close()
  }
}

const boxes = new WeakMap<Editor, DraftBox>()
function boxOf(editor: Editor): DraftBox {
  const box = boxes.get(editor)
  if (box === undefined) throw new Error('this editor was opened without a box')
  return box
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

/** Fields that are no translations have keys of their own. */
const hasOwnKeys = (place: EventTarget | null): boolean =>
  place instanceof Element && place.closest('[data-own-keys]') !== null

const inSegment = (place: EventTarget | null): boolean =>
  place instanceof Element && place.closest('.segment') !== null

/** Texts that an earlier visit left on this device. */
function UnsavedBanner({ editor }: { readonly editor: Editor }) {
  const left = editor.leftover.value.filter((row) => row !== editor.active.value)
  if (left.length === 0) return null
  return (
    <p class="banner" role="status">
      {tn(
        left.length,
        '{count} segment holds text from an earlier visit that was not saved.',
        '{count} segments hold text from an earlier visit that was not saved.',
      )}{' '}
      <button type="button" class="link-button" onClick={() => left[0] && editor.activate(left[0])}>
        {t('Show the first')}
      </button>{' '}
      <button
        type="button"
        class="link-button"
        onClick={() => {
          for (const row of left) void editor.saver.save(row)
        }}
      >
        {t('Save all')}
      </button>
    </p>
  )
}

function ListEnd({ editor }: { readonly editor: Editor }) {
  const failure = editor.failure.value
  if (failure !== null) {
    return (
      <p class="wrong list-end" role="alert">
        {describeFailure(failure)}{' '}
        <button
          type="button"
          class="link-button"
          onClick={() => {
            editor.failure.value = null
            void editor.loadRows()
          }}
        >
          {t('Load the rest')}
        </button>
      </p>
    )
  }
  if (!editor.complete.value) return <p class="list-end">{t('Loading segments…')}</p>
  if (editor.shown.value.length > 0) return null
  const filter = editor.filter.value
  return (
    <div class="empty">
      <p class="empty-title">
        {isFiltering(editor.criteria.value)
          ? t('No segment is like that')
          : filter === 'all'
            ? t('Nothing to translate here yet')
            : t('No segments: {filter}', { filter: FILTER_WORDS[filter].toLowerCase() })}
      </p>
      {(filter !== 'all' || isFiltering(editor.criteria.value)) && (
        <button type="button" class="button" onClick={() => editor.setFilter('all', NO_CRITERIA)}>
          {t('Show all segments')}
        </button>
      )}
    </div>
  )
}

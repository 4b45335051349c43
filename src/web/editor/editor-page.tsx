import { effect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import type { SessionView } from '../../http/session-schemas.ts'
import { watchDocument } from '../desk/live.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { expired, may } from '../session.ts'
import { localeName, plural } from '../words.ts'
import { helpOpen, runCommand } from './commands.ts'
import { browserStorage, openDraftBox } from './drafts.ts'
import { EditorHead } from './editor-head.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { commandOf, onMac } from './keymap.ts'
import { FILTER_WORDS, isApproved } from './rows.ts'
import { SegmentList } from './segment-list.tsx'
import { createEditor, type Editor } from './store.ts'
import { TermCard } from './term-card.tsx'

/** The editor: one document in one locale, segment by segment. */
export function EditorPage({ session }: { readonly session: SessionView }) {
  const { params } = useRoute()
  const id = params.id ?? ''
  const locale = params.locale ?? ''
  const editor = useMemo(() => openEditor(id, locale), [id, locale])
  useEffect(() => run(editor), [editor])
  const document = editor.document.value
  const failure = editor.failure.value
  const may_ = (permission: string) => may(session, permission, locale)
  if (document === null) {
    return failure === null ? (
      <p class="page-note" role="status">
        Opening the document…
      </p>
    ) : (
      <main class="page-note">
        <h1>The document cannot be opened</h1>
        <p>{describeFailure(failure)}</p>
        <button type="button" class="button" onClick={() => void editor.load()}>
          Try again
        </button>{' '}
        <a href="/">Back to the desk</a>
      </main>
    )
  }
  return (
    <div class="editor">
      <EditorHead editor={editor} document={document} mayReview={may_('review')} />
      <main>
        <div class="columns" aria-hidden="true">
          <span />
          <span>{localeName(document.sourceLocale)}</span>
          <span>{localeName(locale)}</span>
          <span />
        </div>
        <UnsavedBanner editor={editor} />
        <SegmentList
          editor={editor}
          sourceLocale={document.sourceLocale}
          permissions={{ translate: may_('translate'), review: may_('review'), waive: may_('waive') }}
        />
        <ListEnd editor={editor} />
      </main>
      <TermCard />
      {helpOpen.value && (
        <HelpDialog permissions={session.permissions} onClose={() => (helpOpen.value = false)} />
      )}
    </div>
  )
}

function openEditor(id: string, locale: string): Editor {
  let told = false
  return createEditor(id, locale, openDraftBox(browserStorage(), locale), () => {
    if (told) return
    told = true
    notify('This browser cannot keep unsaved text. Save each segment before you close the page.', 'problem')
  })
}

/** Starts everything that a page needs while it is open. @returns stops it and saves what is unsaved */
function run(editor: Editor): () => void {
  const mac = onMac()
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || document.querySelector('dialog[open]') !== null) return
    const command = commandOf(event, mac)
    if (command === null || (command === 'leave' && !inSegment(event.target))) return
    event.preventDefault()
    event.stopPropagation()
    runCommand(editor, command)
  }
  const onHide = () => {
    const row = editor.active.peek()
    if (document.hidden && row?.save.peek().kind === 'unsaved') void editor.saver.save(row)
  }
  window.addEventListener('keydown', onKey, { capture: true })
  window.addEventListener('online', editor.saver.retry)
  document.addEventListener('visibilitychange', onHide)
  const retrying = setInterval(editor.saver.retry, 10_000)
  const stops = [
    effect(() => {
      if (!expired.value) editor.saver.retry()
    }),
    effect(() => {
      const summary = editor.document.value
      if (summary !== null) document.title = `${summary.title} · ${localeName(editor.locale)} · Talmach`
    }),
  ]
  // The first page decides where one starts: at what is unsaved, else at what is not approved. Without the
  // focus: on a phone the keyboard would jump up.
  const stopWaiting = effect(() => {
    const rows = editor.rows.value
    if (rows.length === 0 || editor.active.peek() !== null) return
    const open = rows.find((row) => row.restored) ?? rows.find((row) => !isApproved(row.segment.peek()))
    queueMicrotask(() => {
      stopWaiting()
      if (open !== undefined && editor.active.peek() === null) editor.activate(open, false)
    })
  })
  stops.push(stopWaiting)
  let stream: EventSource | null = null
  void editor.load().then(() => {
    const progress = editor.document.peek()?.locales.find(({ locale }) => locale === editor.locale)
    if (progress?.state !== 'queued' && progress?.state !== 'translating') return
    stream = watchDocument(editor.documentId, (summary) => {
      const now = summary.locales.find(({ locale }) => locale === editor.locale)
      editor.document.value = summary
      if (now?.state === 'queued' || now?.state === 'translating') return
      stream?.close()
      void editor.loadRows()
    })
  })
  return () => {
    window.removeEventListener('keydown', onKey, { capture: true })
    window.removeEventListener('online', editor.saver.retry)
    document.removeEventListener('visibilitychange', onHide)
    clearInterval(retrying)
    for (const stop of stops) stop()
    stream?.close()
    editor.close()
  }
}

const inSegment = (place: EventTarget | null): boolean =>
  place instanceof Element && place.closest('.segment') !== null

/** Texts that an earlier visit left on this device. */
function UnsavedBanner({ editor }: { readonly editor: Editor }) {
  const left = editor.unsaved.value.filter((row) => row.restored && row !== editor.active.value)
  if (left.length === 0) return null
  return (
    <p class="banner" role="status">
      {plural(left.length, 'segment')} {left.length === 1 ? 'holds' : 'hold'} text from an earlier visit that
      was not saved.{' '}
      <button type="button" class="link-button" onClick={() => left[0] && editor.activate(left[0])}>
        Show the first
      </button>{' '}
      <button
        type="button"
        class="link-button"
        onClick={() => {
          for (const row of left) void editor.saver.save(row)
        }}
      >
        Save all
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
          Load the rest
        </button>
      </p>
    )
  }
  if (!editor.complete.value) return <p class="list-end">Loading segments…</p>
  if (editor.shown.value.length > 0) return null
  const filter = editor.filter.value
  return (
    <div class="empty">
      <p class="empty-title">
        {filter === 'all'
          ? 'Nothing to translate here yet'
          : `No segments: ${FILTER_WORDS[filter].toLowerCase()}`}
      </p>
      {filter !== 'all' && (
        <button type="button" class="button" onClick={() => editor.setFilter('all')}>
          Show all segments
        </button>
      )}
    </div>
  )
}

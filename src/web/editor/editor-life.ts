import { effect } from '@preact/signals'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { expired } from '../session.ts'
import { localeName } from '../words.ts'
import { onCommand, runCommand } from './commands.ts'
import { browserStorage, type DraftBox, openDraftBox } from './drafts.ts'
import type { Tabs } from './drafts-tab.ts'
import { readShown, writeShown } from './filter.ts'
import { commandOf, digitOf, onMac } from './key-press.ts'
import { bindings, openKeySettings } from './key-settings.ts'
import { companyOf, followDocument, openCompany } from './presence-live.ts'
import { openPreview } from './preview-state.ts'
import { isApproved } from './rows.ts'
import { createEditor, type Editor } from './store.ts'

/** The state of a page that is being opened; nothing runs yet. */
export function openEditor(id: string, locale: string, person: string, tabs: Tabs): Editor {
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
export function runEditor(editor: Editor): () => void {
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
export function boxOf(editor: Editor): DraftBox {
  const box = boxes.get(editor)
  if (box === undefined) throw new Error('this editor was opened without a box')
  return box
}

/** Fields that are no translations have keys of their own. */
const hasOwnKeys = (place: EventTarget | null): boolean =>
  place instanceof Element && place.closest('[data-own-keys]') !== null

const inSegment = (place: EventTarget | null): boolean =>
  place instanceof Element && place.closest('.segment') !== null

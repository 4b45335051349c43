import type { DocumentSummary, LocaleProgress } from '../../http/schemas.ts'
import { getDocument, getSegment } from '../api.ts'
import { isRecord } from '../request.ts'
import { livePath } from './comments-api.ts'
import { type CommentBook, createCommentBook } from './comments-book.ts'
import { createPresence, type Presence } from './presence.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

/** What an editor page knows of other people. */
export type Company = { readonly presence: Presence; readonly comments: CommentBook }

const companies = new WeakMap<Editor, Company>()

/** Made with the editor, once. @param tab of this page */
export function openCompany(editor: Editor, tab: string): Company {
  const company = { presence: createPresence(editor, tab), comments: createCommentBook(editor) }
  companies.set(editor, company)
  return company
}

/** @throws Error when the editor has none: `openCompany` comes first */
export function companyOf(editor: Editor): Company {
  const company = companies.get(editor)
  if (company === undefined) throw new Error('this editor was opened without company')
  return company
}

/** Rows that are read one by one; with more, all are read again. */
const MOST_ROWS = 20
/** Several people save at once: their rows are read together, in milliseconds. */
const GATHER_MS = 700

/**
 * Follows a document while the page is visible: its progress, who is where, what is said, and what others save. Never
 * touches a text that is being written here.
 * @returns ends it
 */
export function followDocument(editor: Editor): () => void {
  const { presence, comments } = companyOf(editor)
  const stale = new Map<string, number>()
  let stream: EventSource | null = null
  let gathering: ReturnType<typeof setTimeout> | undefined
  let all = false

  const read = () => {
    gathering = undefined
    const rows = all ? [] : editor.rows.peek().filter((row) => isBehind(row, stale.get(row.id)))
    const many = all || rows.length > MOST_ROWS
    stale.clear()
    all = false
    if (many && editor.complete.peek()) void editor.loadRows()
    else for (const row of rows) void refresh(editor, row)
  }
  const gather = () => {
    gathering ??= setTimeout(read, GATHER_MS)
  }
  const onTarget = (news: unknown) => {
    if (!isRecord(news) || news.locale !== editor.locale || typeof news.segment !== 'string') return
    if (news.segment === '*') all = true
    else stale.set(news.segment, typeof news.version === 'number' ? news.version : 0)
    gather()
  }
  const onDocument = (news: unknown) => {
    const before = stateOf(editor.document.peek(), editor.locale)
    if (!isRecord(news) || !Array.isArray(news.locales)) return
    const here: unknown = news.locales.find(
      (each: unknown) => isRecord(each) && each.locale === editor.locale,
    )
    // How far it is, the page counts by itself; what it cannot know is when the machine is done.
    if (!isRecord(here) || here.state === before) return
    void getDocument(editor.documentId).then((answer) => {
      if (answer.kind !== 'ok') return
      editor.document.value = answer.value
      const now = stateOf(answer.value, editor.locale)
      if (isMachineAtWork(before) && !isMachineAtWork(now)) void editor.loadRows()
    })
  }
  const missed = () => {
    all = true
    gather()
    void comments.load()
  }
  const open = () => {
    if (stream !== null || document.hidden) return
    const opened = new EventSource(livePath(editor.documentId, editor.locale))
    stream = opened
    let before = false
    opened.addEventListener('open', () => {
      // What happened while the line was cut is told by no event.
      if (before) missed()
      before = true
    })
    const on = (name: string, take: (news: unknown) => void) =>
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        try {
          take(JSON.parse(event.data))
        } catch {
          // Half an event: the next one is whole.
        }
      })
    on('document', throttle(onDocument))
    on(
      'presence',
      (news) => isRecord(news) && Array.isArray(news.people) && presence.receive({ people: news.people }),
    )
    on('comments', () => void comments.load())
    on('target', onTarget)
    on('reset', missed)
  }
  const close = () => {
    stream?.close()
    stream = null
  }
  /** Browsers allow six connections to one HTTP/1.1 server over all tabs: those that nobody sees give theirs back. */
  const onVisible = () => {
    if (document.hidden) {
      close()
      return
    }
    open()
    missed()
    editor.saver.retry()
  }
  document.addEventListener('visibilitychange', onVisible)
  const stopTelling = presence.start()
  void comments.load()
  open()
  return () => {
    document.removeEventListener('visibilitychange', onVisible)
    clearTimeout(gathering)
    stopTelling()
    close()
  }
}

/** Another version stands on the server, and nothing is being written or saved here. */
function isBehind(row: Row, version: number | undefined): boolean {
  if (version === undefined || row.draft.peek() !== null || row.save.peek().kind === 'saving') return false
  return version === 0 || (row.segment.peek().target?.version ?? 0) < version
}

async function refresh(editor: Editor, row: Row): Promise<void> {
  const answer = await getSegment(row.id, editor.locale)
  if (answer.kind !== 'ok' || row.draft.peek() !== null || row.save.peek().kind === 'saving') return
  const stands = row.segment.peek().target?.version ?? 0
  if ((answer.value.target?.version ?? 0) < stands) return
  row.segment.value = answer.value
  if (row.save.peek().kind === 'saved') row.save.value = { kind: 'clean' }
}

function stateOf(document: DocumentSummary | null, locale: string): LocaleProgress['state'] | undefined {
  return document?.locales.find((progress) => progress.locale === locale)?.state
}

const isMachineAtWork = (state: LocaleProgress['state'] | undefined) =>
  state === 'queued' || state === 'translating'

/** At once, and then not again for a second; what came meanwhile is done after it. */
function throttle(run: (news: unknown) => void): (news: unknown) => void {
  let resting = false
  let held: { readonly news: unknown } | null = null
  const go = (news: unknown) => {
    if (resting) {
      held = { news }
      return
    }
    resting = true
    run(news)
    setTimeout(() => {
      resting = false
      const next = held
      held = null
      if (next !== null) go(next.news)
    }, 1_000)
  }
  return go
}

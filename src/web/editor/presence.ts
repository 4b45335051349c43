import { signal } from '@preact/signals'
import type { PresenceView } from '../../http/comment-schemas.ts'
import { enterSegment, leaveSegment } from './comments-api.ts'
import type { Editor } from './store.ts'

/** Somebody else in this document, or oneself in another tab. */
export type Visitor = { readonly tab: string; readonly by: string; readonly segment: string | null }

export type Presence = {
  /** Others in this language, by the segment they are in. */
  readonly bySegment: (segmentId: string) => readonly Visitor[]
  /** All others in this language. */
  readonly others: () => readonly Visitor[]
  readonly receive: (view: PresenceView) => void
  /** Says where this page is, now and from now on. @returns ends it */
  readonly start: () => () => void
}

/** Twice within the lease of the server. */
const HEARTBEAT_MS = 30_000
/** Passing over segments with the keyboard is not being in them. */
const SETTLE_MS = 400

const NOBODY: readonly Visitor[] = []

/** Who else has which segment open. @param tab of this page */
export function createPresence(editor: Editor, tab: string): Presence {
  const visitors = signal<ReadonlyMap<string, readonly Visitor[]>>(new Map())
  const all = signal<readonly Visitor[]>(NOBODY)
  let expiry: ReturnType<typeof setTimeout> | undefined

  const receive = ({ people }: PresenceView) => {
    clearTimeout(expiry)
    const here = people.filter((one) => one.tab !== tab && one.locale === editor.locale)
    all.value = here
    visitors.value = Map.groupBy(
      here.filter(({ segment }) => segment !== null),
      ({ segment }) => segment ?? '',
    )
    if (here.length === 0) return
    // A browser that is gone says nothing: what is known of it ends with its lease.
    const soonest = Math.max(1_000, Math.min(...here.map(({ leftMs }) => leftMs)))
    expiry = setTimeout(
      () => receive({ people: people.filter(({ leftMs }) => leftMs > soonest) }),
      soonest + 500,
    )
  }

  const start = () => {
    let [asked, again] = [false, false]
    /** One request at a time; what happened meanwhile is told after it. */
    const tell = async () => {
      if (asked) {
        again = true
        return
      }
      asked = true
      const segment = document.hidden ? null : (editor.active.peek()?.id ?? null)
      const answer = await enterSegment(editor.documentId, editor.locale, tab, segment)
      if (answer.kind === 'ok') receive(answer.value)
      asked = false
      if (!again) return
      again = false
      void tell()
    }
    let settling: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      clearTimeout(settling)
      settling = setTimeout(() => void tell(), SETTLE_MS)
    }
    const stopFollowing = editor.active.subscribe(soon)
    const beat = setInterval(() => void tell(), HEARTBEAT_MS)
    const leave = () => void leaveSegment(editor.documentId, tab)
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) void tell()
    }
    document.addEventListener('visibilitychange', soon)
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', back)
    return () => {
      stopFollowing()
      clearTimeout(settling)
      clearTimeout(expiry)
      clearInterval(beat)
      document.removeEventListener('visibilitychange', soon)
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('pageshow', back)
      leave()
    }
  }

  return {
    bySegment: (segmentId) => visitors.value.get(segmentId) ?? NOBODY,
    others: () => all.value,
    receive,
    start,
  }
}

/** Which tab this is, and which others of this browser are open. */
export type Tabs = {
  /** A UUID; the same after a reload. */
  readonly tab: string
  readonly isOpen: (tab: string) => boolean
}

const KEY = 'talmach.tab'
const LOCK = 'talmach.tab/'
/** A page that is being reloaded lets go of its lock within this time, in milliseconds. */
const PATIENCE = 400

let opened: Promise<Tabs> | undefined

/**
 * Finds out once a page. A tab holds a lock as long as it lives, however it ends; where the browser has no locks
 * (pages without TLS that are not on this machine) every other tab counts as closed.
 */
export function openTabs(): Promise<Tabs> {
  opened ??= find()
  return opened
}

async function find(): Promise<Tabs> {
  const before = readId()
  // A duplicated tab has the number of its model, which still holds it.
  const tab = before !== null && (await hold(before, PATIENCE)) ? before : newId()
  if (tab !== before) await hold(tab, PATIENCE)
  keepId(tab)
  const open = await heldLocks()
  return { tab, isOpen: (other) => other !== tab && open.has(other) }
}

/** Takes the lock of a tab for as long as the page lives. @returns false when another page has it */
async function hold(tab: string, patience: number): Promise<boolean> {
  const { locks } = navigator
  if (locks === undefined) return true
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(patience)
    locks
      .request(LOCK + tab, { signal }, () => {
        resolve(true)
        return new Promise<void>(() => {})
      })
      .catch(() => resolve(false))
  })
}

async function heldLocks(): Promise<ReadonlySet<string>> {
  const state = await navigator.locks?.query().catch(() => undefined)
  const names = state?.held?.map(({ name }) => name ?? '') ?? []
  return new Set(names.filter((name) => name.startsWith(LOCK)).map((name) => name.slice(LOCK.length)))
}

function readId(): string | null {
  try {
    return window.sessionStorage.getItem(KEY)
  } catch {
    return null
  }
}

function keepId(tab: string): void {
  try {
    window.sessionStorage.setItem(KEY, tab)
  } catch {
    // A reload is then a new tab, which takes over what the old one left.
  }
}

/** A random UUID (RFC 9562, version 4); `crypto.randomUUID` is missing on pages without TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [8, 12, 16, 20, 32].map((end, at) => hex.slice([0, 8, 12, 16, 20][at], end)).join('-')
}

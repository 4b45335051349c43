/** Text that a person typed and the server does not have yet. */
export type Draft = {
  readonly text: string
  /** Version of the target that the text is based on; 0 where there was none. */
  readonly baseVersion: number
}

/** A draft that no row of the page shows: of another tab that is gone, or of a sentence that is gone. */
export type KeptDraft = Draft & {
  readonly segmentId: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Where it is stored. */
  readonly key: string
}

export type DraftBox = {
  /** Public name of whoever the drafts belong to. */
  readonly person: string
  readonly read: (segmentId: string) => Draft | null
  /** @returns false when this browser could not keep it (full, or storage is forbidden) */
  readonly write: (segmentId: string, draft: Draft) => boolean
  readonly remove: (segmentId: string) => void
  /** Drafts of tabs that are gone and that `read` has not given out, newest first. */
  readonly leftovers: () => readonly KeptDraft[]
  readonly forget: (kept: KeptDraft) => void
}

/** What of `localStorage` is needed. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
export type ListedStorage = DraftStorage & Pick<Storage, 'key' | 'length'>

export type DraftPlace = {
  /** Drafts of one person are never shown to another who uses the same computer. */
  readonly person: string
  readonly documentId: string
  readonly locale: string
  /** Two tabs never write over each other's texts: each has entries of its own. */
  readonly tab: string
  /** Whether another tab is open and will look after its drafts itself. */
  readonly isOpen: (tab: string) => boolean
  readonly now: () => number
}

const PREFIX = 'talmach.draft.2/'

/**
 * Keeps drafts of one document in one locale on this device, one entry a segment.
 * @param storage null where the browser forbids storage: nothing is kept then
 */
export function openDraftBox(storage: ListedStorage | null, place: DraftPlace): DraftBox {
  const { person, documentId, locale, tab, isOpen, now } = place
  const prefix = `${PREFIX}${encodeURIComponent(person)}/${documentId}/${locale}/`
  const keyOf = (segmentId: string) => `${prefix}${segmentId}/${tab}`
  let known: Map<string, KeptDraft[]> | undefined

  /** Drafts of this tab and of tabs that are gone, newest first, by segment: read once, for thousands of rows ask. */
  const found = (): Map<string, KeptDraft[]> => {
    if (known !== undefined) return known
    known = new Map()
    for (const key of keysOf(storage, prefix)) {
      const [segmentId = '', owner = ''] = key.slice(prefix.length).split('/')
      const draft = attempt(() => parseDraft(storage?.getItem(key) ?? null), null)
      if (draft === null || (owner !== tab && isOpen(owner))) continue
      known.set(segmentId, [...(known.get(segmentId) ?? []), { ...draft, segmentId, key }])
    }
    for (const drafts of known.values()) drafts.sort((a, b) => b.at - a.at)
    return known
  }
  const write = (segmentId: string, { text, baseVersion }: Draft) =>
    attempt(() => {
      storage?.setItem(keyOf(segmentId), JSON.stringify({ text, baseVersion, at: now() }))
      return storage !== null
    }, false)
  const erase = (key: string) => attempt(() => storage?.removeItem(key), undefined)

  return {
    person,
    read: (segmentId) => {
      const [newest, ...older] = found().get(segmentId) ?? []
      if (newest === undefined) return null
      found().set(segmentId, older)
      const { text, baseVersion, key } = newest
      // From now on it is this tab's.
      if (key !== keyOf(segmentId) && write(segmentId, newest)) erase(key)
      return { text, baseVersion }
    },
    write,
    remove: (segmentId) => erase(keyOf(segmentId)),
    leftovers: () => [...found().values()].flat().sort((a, b) => b.at - a.at),
    forget: ({ key, segmentId }) => {
      erase(key)
      found().set(
        segmentId,
        (found().get(segmentId) ?? []).filter((draft) => draft.key !== key),
      )
    },
  }
}

/** How many texts of a person only this device has. */
export function countDrafts(storage: ListedStorage | null, person: string): number {
  return keysOf(storage, `${PREFIX}${encodeURIComponent(person)}/`).length
}

/** Deletes all texts of a person from this device. */
export function clearDrafts(storage: ListedStorage | null, person: string): void {
  for (const key of keysOf(storage, `${PREFIX}${encodeURIComponent(person)}/`)) {
    attempt(() => storage?.removeItem(key), undefined)
  }
}

/** @returns null for anything that is not a draft: storage can hold what an older version wrote */
export function parseDraft(stored: string | null): (Draft & { readonly at: number }) | null {
  if (stored === null) return null
  const value: unknown = JSON.parse(stored)
  if (typeof value !== 'object' || value === null) return null
  const { text, baseVersion, at } = value as { text?: unknown; baseVersion?: unknown; at?: unknown }
  if (typeof text !== 'string' || typeof baseVersion !== 'number' || !Number.isSafeInteger(baseVersion))
    return null
  return { text, baseVersion, at: typeof at === 'number' ? at : 0 }
}

/** The browser's storage; reading the property alone throws where cookies are forbidden. */
export const browserStorage = (): ListedStorage | null => attempt(() => window.localStorage, null)

function keysOf(storage: ListedStorage | null, prefix: string): readonly string[] {
  return attempt(() => {
    const keys: string[] = []
    for (let at = 0; at < (storage?.length ?? 0); at++) {
      const key = storage?.key(at) ?? ''
      if (key.startsWith(prefix)) keys.push(key)
    }
    return keys
  }, [])
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

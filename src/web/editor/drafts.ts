/** Text that a person typed and the server does not have yet. */
export type Draft = {
  readonly text: string
  /** Version of the target that the text is based on; 0 where there was none. */
  readonly baseVersion: number
}

export type DraftBox = {
  readonly read: (segmentId: string) => Draft | null
  /** @returns false when this browser could not keep it (full, or storage is forbidden) */
  readonly write: (segmentId: string, draft: Draft) => boolean
  readonly remove: (segmentId: string) => void
}

/** What of `localStorage` is needed. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Keeps drafts of one locale on this device, one entry a segment, so that two tabs never write over each
 * other's segments.
 * @param storage null where the browser forbids storage: nothing is kept then
 */
export function openDraftBox(storage: DraftStorage | null, locale: string): DraftBox {
  const key = (segmentId: string) => `talmach.draft.1/${locale}/${segmentId}`
  return {
    read: (segmentId) => attempt(() => parseDraft(storage?.getItem(key(segmentId)) ?? null), null),
    write: (segmentId, draft) =>
      attempt(() => {
        storage?.setItem(key(segmentId), JSON.stringify(draft))
        return storage !== null
      }, false),
    remove: (segmentId) => attempt(() => storage?.removeItem(key(segmentId)), undefined),
  }
}

/** @returns null for anything that is not a draft: storage can hold what an older version wrote */
export function parseDraft(stored: string | null): Draft | null {
  if (stored === null) return null
  const value: unknown = JSON.parse(stored)
  if (typeof value !== 'object' || value === null) return null
  const { text, baseVersion } = value as { text?: unknown; baseVersion?: unknown }
  if (typeof text !== 'string' || typeof baseVersion !== 'number' || !Number.isSafeInteger(baseVersion))
    return null
  return { text, baseVersion }
}

/** The browser's storage; reading the property alone throws where cookies are forbidden. */
export const browserStorage = (): DraftStorage | null => attempt(() => window.localStorage, null)

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

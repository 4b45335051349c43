import type { CleaningPage, Removal, RemovalWish } from '../../http/cleaning-schemas.ts'
import type { MemoryHits, MemoryImportLine, MemoryList, MemoryView } from '../../http/memory-schemas.ts'
import { type Answer, isRecord, request } from '../request.ts'

/** A pair of languages as a memory lists it. */
export type LocalePair = { readonly source: string; readonly target: string }

export type MemoryWish = Partial<Pick<MemoryView, 'priority' | 'penalty' | 'domain' | 'active'>>

/** What to clean; empty texts are left out. */
export type CleaningWish = {
  readonly find: 'differing' | 'elsewhere' | 'same' | 'numbers' | 'empty' | 'long' | 'chosen'
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly memory: number | null
  readonly by: string
  readonly document: string
  /** Days, `2026-05-03`. */
  readonly from: string
  readonly before: string
}

export const listMemories = () => request<MemoryList>('GET', '/api/memories')
export const createMemory = (wish: MemoryWish & { readonly name: string }) =>
  request<MemoryView>('POST', '/api/memories', { json: wish })
export const changeMemory = (id: number, wish: MemoryWish) =>
  request<MemoryView>('PATCH', `/api/memories/${id}`, { json: wish })
export const deleteMemory = (id: number) => request<null>('DELETE', `/api/memories/${id}`)

/** Where the TMX of a memory is downloaded. @param pair null: all of it */
export const exportPath = (id: number, pair: LocalePair | null) =>
  `/api/memories/${id}/export${pair === null ? '' : `?${query({ sourceLocale: pair.source, targetLocale: pair.target })}`}`

/** One page of units in which words stand, the newest first. */
export const searchUnits = (wish: {
  readonly q: string
  readonly side: 'source' | 'target'
  readonly pair: LocalePair
  readonly cursor: string | null
}) =>
  request<MemoryHits>(
    'GET',
    `/api/memories/search?${query({
      ...{ q: wish.q, side: wish.side, cursor: wish.cursor ?? '' },
      ...{ sourceLocale: wish.pair.source, targetLocale: wish.pair.target },
    })}`,
  )

export const editUnit = (id: string, target: string) =>
  request<null>('PUT', `/api/memories/units/${encodeURIComponent(id)}`, { json: { target } })

/** One page of what may be cleaned. */
export const findCleaning = ({ memory, ...wish }: CleaningWish, cursor: string | null) =>
  request<CleaningPage>(
    'GET',
    `/api/memories/cleaning?${query({ ...wish, memory: memory === null ? '' : String(memory), cursor: cursor ?? '' })}`,
  )

export const removeUnits = (wish: RemovalWish) =>
  request<Removal>('POST', '/api/memories/removals', { json: wish })
export const undoRemoval = (id: string) =>
  request<{ readonly units: number }>('POST', `/api/memories/removals/${encodeURIComponent(id)}/undo`)

/** What of a cleaning wish the server is told when it removes. */
export function cleaningBody(wish: CleaningWish): Extract<RemovalWish, { cleaning: unknown }>['cleaning'] {
  const { find, sourceLocale, targetLocale, memory, by, document, from, before } = wish
  return {
    ...{ find, sourceLocale, targetLocale },
    ...(memory === null ? {} : { memory }),
    ...(by === '' ? {} : { by }),
    ...(document === '' ? {} : { document }),
    ...(from === '' ? {} : { from }),
    ...(before === '' ? {} : { before }),
  }
}

export type ImportWish = {
  readonly file: File
  readonly reviewed: boolean
  /** Only this pair of languages; null: all. */
  readonly pair: LocalePair | null
}

/**
 * Sends a TMX of any size, while the server reads it. The same file goes on where it broke off.
 * @param onSent told how much of the file has been sent, 0 to 1
 */
export function importTmx(
  memoryId: number,
  { file, reviewed, pair }: ImportWish,
  onSent: (share: number) => void,
): Promise<Answer<MemoryImportLine>> {
  const wish = query({
    reviewed: String(reviewed),
    file: `${file.name} ${file.size} ${file.lastModified}`.slice(-200),
    ...(pair === null ? {} : { sourceLocale: pair.source, targetLocale: pair.target }),
  })
  // Not fetch: it says nothing about how far an upload is.
  const sending = new XMLHttpRequest()
  return new Promise((done) => {
    sending.open('POST', `/api/memories/${memoryId}/import?${wish}`)
    sending.setRequestHeader('Content-Type', 'application/x-tmx+xml')
    sending.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total)
    sending.onerror = () => done({ kind: 'offline' })
    sending.onload = () => done(readImport(sending.status, sending.responseText))
    sending.send(file)
  })
}

/** What the last line of an import's answer says. */
export function readImport(status: number, text: string): Answer<MemoryImportLine> {
  if (status === 401) return { kind: 'signed-out' }
  const last = parse(text.trim().split('\n').at(-1) ?? '')
  if (status < 300 && isRecord(last) && last.done === true && typeof last.read === 'number') {
    return { kind: 'ok', value: { ...last, read: last.read, done: true } }
  }
  const problem = isRecord(last) && isRecord(last.problem) ? last.problem : isRecord(last) ? last : {}
  const detail = typeof problem.detail === 'string' ? problem.detail : ''
  const code = typeof problem.code === 'string' ? problem.code : ''
  // Cut off in the middle: what was read is kept, and the file goes on from there.
  if (detail === '') return { kind: 'offline' }
  const place = isRecord(problem.place) ? problem.place : undefined
  return {
    kind: 'problem',
    problem: {
      ...{ type: 'about:blank', title: 'Import', status, detail, code },
      ...(place === undefined ? {} : { place }),
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function query(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString()
}

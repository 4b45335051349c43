import { sql } from 'kysely'
import type { Database } from '../../src/store/database.ts'
import { ARCHIVE_GLOSSARY } from './archive-filler.ts'

/** Addresses that pages and programs read, by what they show. */
export type ArchiveRoutes = Readonly<Record<string, string>>

const DAY_MS = 86_400_000

/** Every list and view of a filled archive (see `archive-filler.ts`), for somebody in the middle of it. */
export async function archiveRoutes(db: Database): Promise<ArchiveRoutes> {
  const { id, segment } = await pick(db)
  const { rows } = await sql<{ id: string }>`select id from webhook limit 1`.execute(db)
  const { rows: published } = await sql<{ number: string }>`
    select coalesce(max(number), 0)::text as number from publication`.execute(db)
  const webhook = rows[0]?.id ?? ''
  const newest = Number(published[0]?.number ?? 0)
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  const now = Date.now()
  const month = `from=${day(now - 30 * DAY_MS)}&to=${day(now)}`
  const glossary = `/api/glossaries/${ARCHIVE_GLOSSARY}`
  return {
    'board, most urgent first': '/api/board',
    'board, newest first': '/api/board?sort=newest',
    'board, in review in French': '/api/board?state=in-review&locale=fr',
    'board, mine': '/api/board?mine=true',
    'board, overdue': '/api/board?overdue=true',
    'board, with findings': '/api/board?findings=true',
    'board, a title': '/api/board?q=story-4321',
    'people on the board': '/api/board/people',
    documents: '/api/documents',
    'a document': `/api/documents/${id}`,
    'segments of a document': `/api/documents/${id}/segments/de`,
    'a segment': `/api/segments/${segment}/targets/de`,
    'history of a segment': `/api/segments/${segment}/targets/de/history`,
    'matches of a segment': `/api/segments/${segment}/matches/de`,
    'comments of a document': `/api/documents/${id}/comments/de`,
    'assignments of a document': `/api/documents/${id}/assignments`,
    'names for a document': `/api/documents/${id}/names`,
    'quality of a document': `/api/documents/${id}/quality`,
    'cost of a document': `/api/documents/${id}/cost`,
    'corrections of a document': `/api/documents/${id}/corrections`,
    'publication of a document': `/api/documents/${id}/publication`,
    'publications of a document': `/api/documents/${id}/publications`,
    'review of a document': `/api/documents/${id}/review`,
    'approvals of a document': `/api/documents/${id}/locales/de/approvals`,
    publications: '/api/publications',
    'releases from the start': '/api/releases?since=0',
    'newest releases': `/api/releases?since=${Math.max(0, newest - 10)}`,
    'releases in German': '/api/releases?since=0&locale=de',
    'releases of a document': `/api/releases?since=0&document=${id}`,
    'JSON feed': '/feed.json',
    'Atom feed in German': '/feed.atom?locale=de',
    'report of a day': `/api/reports?from=${day(now - DAY_MS)}&to=${day(now - DAY_MS)}`,
    'report of a month': `/api/reports?${month}`,
    'report of a month in German': `/api/reports?${month}&locale=de`,
    'report of a month of a person': `/api/reports?${month}&person=Person%207`,
    'report of a document': `/api/reports?${month}&document=${id}`,
    'comments that mention me': '/api/comments?list=mentions',
    'open comments': '/api/comments?list=open',
    'term bases': '/api/glossaries',
    terms: `${glossary}/concepts`,
    'terms with a word': `${glossary}/concepts?q=zarword77`,
    'terms that wait': `${glossary}/concepts?state=waiting`,
    'a term': `${glossary}/concepts/concept-7`,
    'history of a term': `${glossary}/concepts/concept-7/history`,
    'use of a term': `${glossary}/concepts/concept-7/use`,
    'segments with a term': `${glossary}/concepts/concept-7/use/segments`,
    memories: '/api/memories',
    'search in memory': '/api/memories/search?q=bridge&sourceLocale=en&targetLocale=de',
    webhooks: '/api/webhooks',
    'deliveries of a webhook': `/api/webhooks/${webhook}/deliveries`,
    'errors of webhooks': '/api/webhook-errors',
    people: '/api/people',
    'names of people': '/api/people/names',
    'who am I': '/api/session',
  }
}

/** A document from the middle, with a translation into German. */
async function pick(db: Database): Promise<{ id: string; segment: string }> {
  const { rows } = await sql<{ id: string; segment: string }>`
    select r.document_id as id, s.id as segment
    from revision r join segment s on s.revision_id = r.id join target t on t.segment_id = s.id and t.locale = 'de'
    where r.created_at < (select (min(created_at) + (max(created_at) - min(created_at)) / 2) from document)
      and s.position = 1 and t.state <> 'final'
    order by r.created_at desc limit 1`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('the archive is empty')
  return row
}

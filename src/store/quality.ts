import { sql } from 'kysely'
import type { InlineCode } from '../domain/document.ts'
import { type DraftTerm, measurePostEdits, type PostEdit, type Quality } from '../domain/quality.ts'
import type { Verdict } from '../domain/term.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import type { TermBase } from './term-base.ts'

export type LocaleQuality = Quality & { readonly locale: string }

/** What people made of the last draft that no person wrote, in each locale of a revision. Text that is copied is left out. */
export async function measureQuality(
  db: Database,
  revision: Revision,
  termBase: TermBase,
): Promise<readonly LocaleQuality[]> {
  type Row = Omit<PostEdit, 'terms'> & { locale: string; source: string; codes: InlineCode[] }
  const { rows } = await sql<Row>`
    select distinct on (h.locale, h.segment_id) h.locale, h.text as draft, h.origin,
      -- A line of the history names who did it: whoever confirmed a text did not write it.
      (select f.by_name from target_history f where f.segment_id = h.segment_id and f.locale = h.locale
        and f.origin = h.origin and f.text = h.text order by f.version limit 1) as by,
      t.text as final, s.text as source, s.codes
    from segment s
    join target t on t.segment_id = s.id and t.state <> 'initial'
    join target_history h on h.segment_id = s.id and h.locale = t.locale and h.origin <> 'human'
    where s.revision_id = ${revision.id}
      -- Memory that nobody has looked at since it filled the segment.
      and (t.origin = 'human' or t.origin = 'mt' or t.version > 1)
    order by h.locale, h.segment_id, h.version desc`.execute(db)
  return revision.targetLocales.map((locale) => {
    const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
    const edits = rows
      .filter((row) => row.locale === locale && !(row.origin === 'mt' && row.by === 'copy'))
      .map(({ source, codes, ...edit }): PostEdit => {
        const drafted = { text: edit.draft, origin: edit.origin, state: 'initial' } as const
        const { verdicts } = assess({ text: source, codes }, drafted)
        return { ...edit, terms: verdicts.map((verdict) => draftTerm(source, verdict)) }
      })
    return { locale, ...measurePostEdits(edits, locale) }
  })
}

function draftTerm(source: string, verdict: Verdict): DraftTerm {
  const { conceptId, status, sourceStart, sourceEnd, expected } = verdict
  return {
    conceptId,
    source: source.slice(sourceStart, sourceEnd),
    wanted: expected[0] ?? null,
    right: status === 'ok' || status === 'variant',
  }
}

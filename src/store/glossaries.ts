import { sql } from 'kysely'
import type { ConceptState } from '../domain/concept-state.ts'
import { isWritten } from '../domain/glossary-import.ts'
import type { Glossary } from '../domain/term.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import type { Database } from './database.ts'
import { importConcepts } from './glossary-import.ts'
import { loadConceptsInForce, lockGlossary, publishGlossary } from './glossary-versions.ts'

export type ActiveGlossary = Glossary & { readonly settings: TermSettings }

/**
 * Takes a glossary file of this installation over, unless this very version of it has been taken over before. What
 * people changed at the term desk stays; what only the file changed follows the file.
 */
export async function activateGlossary(db: Database, glossary: Glossary): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockGlossary(trx, glossary.name, { create: true })
    const { shipped_version } = await trx
      .selectFrom('term_base')
      .select('shipped_version')
      .where('name', '=', glossary.name)
      .executeTakeFirstOrThrow()
    if (shipped_version === glossary.version) return
    const rule = { missing: 'deprecate', conflicts: 'keep' } as const
    const { outcomes } = await importConcepts(trx, glossary.name, glossary.concepts, rule, 'talmach')
    await trx
      .updateTable('term_base')
      .set({ shipped_version: glossary.version })
      .where('name', '=', glossary.name)
      .execute()
    if (outcomes.some(isWritten)) return
    // A file without concepts is a version, too.
    await publishGlossary(trx, glossary.name, { by: 'talmach', conceptIds: [], fromChange: '0' })
  })
}

/** What readers of the active term bases must notice: their versions, and the settings beside them. */
export async function activeGlossaryVersion(
  db: Database,
): Promise<{ readonly version: string; readonly key: string }> {
  const rows = await db
    .selectFrom('glossary')
    .innerJoin('term_base', 'term_base.name', 'glossary.name')
    .select(['glossary.name', 'glossary.version', 'term_base.settings_version'])
    .where('glossary.active', '=', true)
    .orderBy('glossary.name')
    .execute()
  const version = rows.map((row) => `${row.name}@${row.version}`).join(' ')
  return { version, key: `${version} ${rows.map((row) => row.settings_version).join(' ')}` }
}

export async function loadActiveGlossaries(db: Database): Promise<readonly ActiveGlossary[]> {
  const rows = await db
    .selectFrom('glossary')
    .innerJoin('term_base', 'term_base.name', 'glossary.name')
    .select(['glossary.name', 'glossary.version', 'term_base.settings'])
    .where('glossary.active', '=', true)
    .orderBy('glossary.name')
    .execute()
  const loaded: ActiveGlossary[] = []
  for (const row of rows) loaded.push({ ...row, concepts: await loadConceptsInForce(db, row.name) })
  return loaded
}

export type GlossarySummary = {
  readonly name: string
  readonly version: string
  readonly settings: TermSettings
  readonly counts: Readonly<Record<ConceptState, number>>
  /** Concepts with a proposal that waits. */
  readonly waiting: number
  readonly locales: readonly string[]
}

/** Every term base, by name. */
export async function listGlossaries(db: Database): Promise<readonly GlossarySummary[]> {
  const { rows } = await sql<GlossarySummary>`
    select b.name, coalesce(g.version, '') as version, b.settings,
      (select jsonb_build_object('proposed', count(*) filter (where c.state = 'proposed'),
        'approved', count(*) filter (where c.state = 'approved'),
        'rejected', count(*) filter (where c.state = 'rejected'),
        'deprecated', count(*) filter (where c.state = 'deprecated'),
        'merged', count(*) filter (where c.state = 'merged')) from concept c where c.glossary = b.name) as counts,
      (select count(*) from concept c where c.glossary = b.name and c.draft is not null
        and c.state <> 'rejected')::int as waiting,
      coalesce((select array_agg(distinct t ->> 'locale' order by t ->> 'locale')
        from concept c, jsonb_array_elements(c.content -> 'terms') t
        where c.glossary = b.name and c.state = 'approved'), '{}') as locales
    from term_base b left join glossary g on g.name = b.name and g.active order by b.name`.execute(db)
  return rows
}

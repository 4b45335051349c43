import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { listConceptHistory } from '../../src/store/concepts.ts'
import { activateGlossary, loadActiveGlossaries } from '../../src/store/glossaries.ts'
import { loadGlossaryVersion } from '../../src/store/glossary-versions.ts'
import { createTestDatabase } from '../support/database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../src/store/migrations')
const term = { status: 'preferred', caseMode: 'insensitive', inflecting: true, forms: [] } as const
const concept = (id: string, ...texts: readonly string[]) => ({
  ...{ id, subject: '', definition: '', source: '', enforcement: 'hard' as const },
  terms: texts.map((text, at) => ({ ...term, locale: at === 0 ? 'en' : 'de', text })),
})

describe('term bases of before the term desk', () => {
  it('become concepts with a history, in their order, and follow their files from then on', async () => {
    const database = await createTestDatabase({ migrated: false })
    const { db } = database
    try {
      const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).sort()
      const run = async (file: string) => sql.raw(await readFile(join(MIGRATIONS, file), 'utf8')).execute(db)
      for (const file of files.filter((one) => one < '0006')) await run(file)
      const [old, now] = [[concept('z', 'zed')], [concept('z', 'zed', 'Zett'), concept('a', 'ay', 'A')]]
      for (const [version, concepts, active] of [
        ['old', old, false],
        ['now', now, true],
      ] as const) {
        await sql`insert into glossary (name, version, concepts, active)
          values ('g', ${version}, ${JSON.stringify(concepts)}, ${active})`.execute(db)
      }
      for (const file of files.filter((one) => one >= '0006')) await run(file)

      expect(await loadActiveGlossaries(db)).toEqual([
        { name: 'g', version: 'now', settings: {}, concepts: now },
      ])
      expect((await loadGlossaryVersion(db, 'g', 'old')).concepts).toEqual(old)
      const { lines } = await listConceptHistory(db, 'g', 'z', undefined, 10)
      expect(lines).toMatchObject([{ action: 'import', by: 'talmach', version: 1, content: now[0] }])

      // The same file again does nothing; a newer one is taken over.
      await activateGlossary(db, { name: 'g', version: 'now', concepts: [] })
      expect((await loadActiveGlossaries(db))[0]?.concepts).toEqual(now)
      await activateGlossary(db, { name: 'g', version: 'next', concepts: [concept('a', 'ay', 'Ah')] })
      expect((await loadActiveGlossaries(db))[0]?.concepts).toEqual([concept('a', 'ay', 'Ah')])
      await activateGlossary(db, { name: 'empty', version: 'v', concepts: [] })
      expect((await loadActiveGlossaries(db)).map(({ name }) => name)).toEqual(['empty', 'g'])
    } finally {
      await database.close()
    }
  })
})

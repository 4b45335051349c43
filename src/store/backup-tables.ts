import type { Client } from 'pg'
import { DomainError } from '../domain/errors.ts'
import type { BackupHead } from './backup-archive.ts'

/**
 * The tables of the schema `public`, parents before those that refer to them, and where the sequences stand. The queue's
 * own tables are not among them: it is a to-do list, and what is left to do is read from the rows.
 *
 * @throws DomainError `misconfigured` for a database without our tables
 */
export async function describeTables(
  client: Client,
): Promise<Pick<BackupHead, 'postgres' | 'migrations' | 'tables' | 'sequences'>> {
  const names = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows
  const migrations = await names<{ name: string }>('select name from kysely_migration order by name').catch(
    (cause: unknown) => {
      throw new DomainError('misconfigured', 'the database holds no tables of Talmach: run talmach migrate', {
        cause,
      })
    },
  )
  const [version] = await names<{ version: string }>("select current_setting('server_version') as version")
  const columns = await names<{ table: string; columns: string[] }>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely\\_%'
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     group by c.relname order by c.relname`,
  )
  const references = await names<{ child: string; parent: string }>(
    `select distinct child.relname as child, parent.relname as parent
     from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
     where k.contype = 'f' and child.relnamespace = 'public'::regnamespace and child.oid <> parent.oid`,
  )
  const found = await names<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
     order by c.relname`,
  )
  const sequences: BackupHead['sequences'] = []
  for (const { name } of found) {
    const [row] = await names<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from "${name}"`,
    )
    if (row !== undefined) sequences.push({ name, ...row })
  }
  return {
    postgres: version?.version ?? '',
    migrations: migrations.map(({ name }) => name),
    tables: parentsFirst(columns, references).map(({ table, columns: list }) => ({
      name: table,
      columns: list,
    })),
    sequences,
  }
}

/** @throws DomainError `misconfigured` for tables that refer to each other in a circle */
function parentsFirst<Table extends { readonly table: string }>(
  tables: readonly Table[],
  references: readonly { readonly child: string; readonly parent: string }[],
): readonly Table[] {
  const ordered: Table[] = []
  let left = tables
  while (left.length > 0) {
    const open = new Set(left.map(({ table }) => table))
    const ready = left.filter(
      ({ table }) => !references.some(({ child, parent }) => child === table && open.has(parent)),
    )
    if (ready.length === 0) {
      throw new DomainError(
        'misconfigured',
        `tables refer to each other in a circle: ${[...open].join(', ')}`,
      )
    }
    ordered.push(...ready)
    const done = new Set(ready)
    left = left.filter((table) => !done.has(table))
  }
  return ordered
}

import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PublicationKind } from '../domain/publication.ts'
import { findChanges } from './bundle-changes.ts'
import { type BuiltBundle, keepBundle } from './bundles.ts'
import { announceChange, type Database } from './database.ts'
import type { Revision } from './documents.ts'
import { buildReleaseArchive } from './release-archive.ts'
import type { SecretBox } from './secret-box.ts'
import { loadSigningKey } from './signing-key.ts'

/**
 * Keeps a finished document and, where it was the last language of its edition, the release of all of them; and makes
 * public what may be. All in the caller's transaction: two workers that finish the last two languages at once stand in
 * line here, and the second makes the release. The same again publishes nothing more.
 */
export async function publishBundle(
  trx: Database,
  secrets: SecretBox,
  revision: Revision,
  bundle: BuiltBundle,
): Promise<void> {
  await keepBundle(trx, revision.id, bundle)
  await lockDocument(trx, revision.documentId)
  // A late worker of an older revision must not put the old text in front of the new one.
  if (await hasNewer(trx, revision, bundle.locale)) return
  const blocks = JSON.stringify(bundle.blocks)
  const facts = `${bundle.sha256}\n${JSON.stringify(bundle.manifest)}\n${blocks}`
  const { locale, sha256 } = bundle
  // What has changed is seen against what is public, so it is no part of what makes it the same.
  const fingerprint = createHash('sha256').update(facts).digest('hex')
  const entry = { kind: 'bundle', locale, sha256, fingerprint, blocks } as const
  if (!(await stands(trx, revision, entry))) {
    const changes = await findChanges(trx, revision, locale, bundle.manifest)
    await record(trx, revision, { ...entry, manifest: JSON.stringify({ ...bundle.manifest, changes }) })
  }
  const finished = await listFinished(trx, revision.id)
  if (finished.length === revision.targetLocales.length) await recordRelease(trx, secrets, revision)
  await publishDue(trx)
}

/**
 * Releases what is finished of a revision, although languages are missing.
 * @throws DomainError `not-ready` when nothing is finished, or not all and `partial` is false
 */
export async function releaseNow(
  db: Database,
  secrets: SecretBox,
  revision: Revision,
  partial: boolean,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await lockDocument(trx, revision.documentId)
    const finished = new Set((await listFinished(trx, revision.id)).map(({ locale }) => locale))
    const missing = revision.targetLocales.filter((locale) => !finished.has(locale))
    if (finished.size === 0) throw new DomainError('not-ready', 'no language is approved yet')
    if (missing.length > 0 && !partial) {
      throw new DomainError(
        'not-ready',
        `not approved yet: ${missing.join(', ')}; ask for a partial release`,
        {
          extra: { missing },
        },
      )
    }
    const sha256 = await recordRelease(trx, secrets, revision)
    await publishDue(trx)
    return sha256
  })
}

/**
 * Gives numbers to everything that waits and may be seen now, and opens a delivery to each webhook that wants it.
 * Whoever publishes holds the counter's row until the commit: a number that can be seen has no unseen one below it.
 * @returns how many became public
 */
export async function publishDue(trx: Database): Promise<number> {
  const due = await trx
    .selectFrom('publication')
    .innerJoin('document', 'document.id', 'publication.document_id')
    .select(['publication.id', 'publication.document_id'])
    .where('publication.number', 'is', null)
    .where(
      sql<boolean>`(document.embargo_until is null or document.embargo_until <= clock_timestamp()
        or publication.kind in ('retraction', 'reinstatement'))`,
    )
    .where((where) =>
      where.or([where('document.retracted_at', 'is', null), where('kind', '=', 'retraction')]),
    )
    .orderBy('publication.seq')
    .forUpdate('publication')
    .skipLocked()
    .limit(1000)
    .execute()
  if (due.length === 0) return 0
  const ids = due.map(({ id }) => id)
  const { value } = await trx
    .updateTable('publication_counter')
    .set({ value: sql`value + ${due.length}` })
    .returning('value')
    .executeTakeFirstOrThrow()
  await sql`
    update publication set number = ${value}::bigint - ${due.length} + due.place, published_at = clock_timestamp()
    from unnest(${ids}::uuid[]) with ordinality as due (id, place) where publication.id = due.id`.execute(trx)
  await sql`
    insert into delivery (webhook_id, publication_id, document_id, number)
    select w.id, p.id, p.document_id, p.number from publication p, webhook w
    where p.id = any(${ids}::uuid[]) and (p.locale = '' or w.locales = '{}' or p.locale = any(w.locales))`.execute(
    trx,
  )
  for (const documentId of new Set(due.map(({ document_id }) => document_id))) {
    await announceChange(trx, documentId)
  }
  return due.length
}

/** Publishing of one document happens one after the other. */
export async function lockDocument(trx: Database, documentId: string): Promise<void> {
  await trx.selectFrom('document').select('id').where('id', '=', documentId).forNoKeyUpdate().execute()
}

/** The newest finished document of each locale of a revision, whether or not the world may see it yet. */
async function listFinished(trx: Database, revisionId: string) {
  const rows = await trx
    .selectFrom('publication')
    .innerJoin('bundle', (join) =>
      join
        .onRef('bundle.revision_id', '=', 'publication.revision_id')
        .onRef('bundle.locale', '=', 'publication.locale')
        .onRef('bundle.sha256', '=', 'publication.sha256'),
    )
    .innerJoin('revision_locale', (join) =>
      join
        .onRef('revision_locale.revision_id', '=', 'publication.revision_id')
        .onRef('revision_locale.locale', '=', 'publication.locale'),
    )
    .distinctOn('publication.locale')
    .select([
      'publication.locale',
      'publication.sha256',
      'publication.manifest',
      'bundle.bytes',
      'revision_locale.position',
    ])
    .where('publication.kind', '=', 'bundle')
    .where('publication.revision_id', '=', revisionId)
    .orderBy('publication.locale')
    .orderBy('publication.seq', 'desc')
    .execute()
  return rows.sort((a, b) => a.position - b.position)
}

async function recordRelease(trx: Database, secrets: SecretBox, revision: Revision): Promise<string> {
  const { licence } = await trx
    .selectFrom('document')
    .select('licence')
    .where('id', '=', revision.documentId)
    .executeTakeFirstOrThrow()
  const { documentId, name, sourceLocale, targetLocales } = revision
  const bundles = await listFinished(trx, revision.id)
  const release = buildReleaseArchive(
    { documentId, name, sourceLocale, targetLocales, licence, bundles },
    await loadSigningKey(trx, secrets),
  )
  const { sha256, bytes } = release
  await trx
    .insertInto('release_file')
    .values({ sha256, document_id: documentId, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { files: _, ...manifest } = release.manifest
  const entry = { kind: 'release', locale: '', sha256, fingerprint: sha256, blocks: null } as const
  if (!(await stands(trx, revision, entry))) {
    await record(trx, revision, { ...entry, manifest: JSON.stringify(manifest) })
  }
  return sha256
}

type Entry = {
  readonly kind: PublicationKind
  readonly locale: string
  readonly sha256: string
  readonly fingerprint: string
  readonly manifest: string
  readonly blocks: string | null
}

/** Whether it is what was recorded last. */
async function stands(
  trx: Database,
  revision: Revision,
  { kind, locale, fingerprint }: Omit<Entry, 'manifest'>,
): Promise<boolean> {
  const last = await trx
    .selectFrom('publication')
    .select(['fingerprint', 'revision_id'])
    .where('document_id', '=', revision.documentId)
    .where('kind', '=', kind)
    .where('locale', '=', locale)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.fingerprint === fingerprint && last.revision_id === revision.id
}

/** Adds it; what waits and is overtaken by it goes. */
async function record(trx: Database, revision: Revision, entry: Entry): Promise<void> {
  await trx
    .deleteFrom('publication')
    .where('document_id', '=', revision.documentId)
    .where('kind', '=', entry.kind)
    .where('locale', '=', entry.locale)
    .where('number', 'is', null)
    .execute()
  await trx
    .insertInto('publication')
    .values({ id: randomUUID(), document_id: revision.documentId, revision_id: revision.id, ...entry })
    .execute()
}

async function hasNewer(trx: Database, revision: Revision, locale: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select p.id from publication p join revision r on r.id = p.revision_id
    where p.document_id = ${revision.documentId} and p.kind = 'bundle' and p.locale = ${locale}
      and r.number > (select number from revision where id = ${revision.id}) limit 1`.execute(trx)
  return rows.length > 0
}

import type { Database } from './database.ts'
import type { SecretBox } from './secret-box.ts'
import { placeOf } from './signing-key.ts'

/**
 * Seals what stands in clear from before there was a box, or was sealed with a key of before. Done at every start; where
 * all is as it should be it only reads.
 *
 * @returns how many secrets were sealed
 * @throws DomainError `misconfigured` for a secret that none of the keys opens: nothing is changed then
 */
export async function sealSecrets(db: Database, secrets: SecretBox): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let sealed = 0
    const again = (text: string, place: string): string => {
      const clear = secrets.open(text, place)
      if (secrets.isCurrent(text)) return text
      sealed += 1
      return secrets.seal(clear, place)
    }
    const keys = await trx
      .selectFrom('signing_key')
      .select(['id', 'private_key'])
      .where('private_key', 'is not', null)
      .forUpdate()
      .execute()
    for (const { id, private_key } of keys) {
      const text = again(private_key ?? '', placeOf(id))
      if (text === private_key) continue
      await trx.updateTable('signing_key').set({ private_key: text }).where('id', '=', id).execute()
    }
    const hooks = await trx
      .selectFrom('webhook')
      .select(['id', 'secret', 'old_secret'])
      .orderBy('id')
      .forUpdate()
      .execute()
    for (const { id, secret, old_secret } of hooks) {
      const place = webhookPlace(id)
      const set = {
        secret: again(secret, place),
        old_secret: old_secret === null ? null : again(old_secret, place),
      }
      if (set.secret === secret && set.old_secret === old_secret) continue
      await trx.updateTable('webhook').set(set).where('id', '=', id).execute()
    }
    return sealed
  })
}

/** Where a webhook's secrets are sealed for. */
export function webhookPlace(id: string): string {
  return `webhook:${id}`
}

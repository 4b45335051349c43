import { DomainError } from '../domain/errors.ts'
import { formEncodedLength } from './batch.ts'
import type { GlossaryEntry, TermBaseIdentity } from './engine.ts'
import { versionOfEntries } from './glossary-entries.ts'

/** One language pair of a glossary, in DeepL's language codes. */
export type Dictionary = {
  readonly source: string
  readonly target: string
  readonly entries: readonly GlossaryEntry[]
}

export type AccountGlossary = {
  readonly id: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly dictionaries: readonly {
    readonly source: string
    readonly target: string
    readonly count: number
  }[]
}

/** The glossaries of an account. Every call throws DomainError with an `engine-*` code. */
export type GlossaryAccount = {
  readonly list: (signal: AbortSignal) => Promise<readonly AccountGlossary[]>
  readonly create: (name: string, dictionary: Dictionary, signal: AbortSignal) => Promise<AccountGlossary>
  /** Puts a dictionary into a glossary, in place of the one of the same pair. */
  readonly replace: (id: string, dictionary: Dictionary, signal: AbortSignal) => Promise<void>
  readonly entries: (
    id: string,
    source: string,
    target: string,
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, string>>
  readonly remove: (id: string, signal: AbortSignal) => Promise<void>
}

export type GlossaryWish = {
  readonly termBase: TermBaseIdentity
  /** Locales of the texts: two may share one language code, such as the two Portugueses. */
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly dictionary: Dictionary
  /** The entries that the document at hand needs, for term bases that are too large to send whole. */
  readonly needed: readonly GlossaryEntry[]
}

export type GlossaryKeeper = {
  /** The id of a glossary that has exactly the wished entries for the pair. */
  readonly sync: (wish: GlossaryWish, signal: AbortSignal) => Promise<string>
  /** What was known of the account does not hold any more. */
  readonly forget: () => void
}

/** A glossary may take 10 MiB, and a term 1,024 bytes. Source: DeepL API reference, “Glossaries”. */
const MAX_BYTES = 9 * 1024 * 1024
const MAX_TERM_BYTES = 1024
/** Another process may still be at work with an older version: glossaries younger than this are left to it. */
const GRACE_MS = 3_600_000
/** Old glossaries removed at one time. */
const MOST_REMOVED = 20

/**
 * Keeps an account's glossaries in step with our term bases: one multilingual glossary per term base and version
 * (`talmach <name> <version>`), into which each pair's dictionary is put when it is first needed; a second one
 * (`… <source> <target>`) only where two locales share a language code and want different words. What is there is
 * compared entry by entry once a process. Older versions of the same base are deleted after an hour of grace, at once
 * where the account has no room.
 * @param now milliseconds since the epoch
 */
export function createGlossaryKeeper(account: GlossaryAccount, now: () => number): GlossaryKeeper {
  const known = new Map<string, Promise<string>>()
  const tidied = new Set<string>()
  /** One at a time: five locales of a document want the same glossary at the same moment. */
  let last: Promise<unknown> = Promise.resolve()

  async function find(wish: GlossaryWish, signal: AbortSignal): Promise<string> {
    const { termBase, dictionary } = wish
    const ours = (await account.list(signal)).filter(({ name }) => partsOf(name) !== undefined)
    const primary = nameOf(termBase)
    let id: string | undefined
    for (const name of [primary, `${primary} ${wish.sourceLocale} ${wish.targetLocale}`]) {
      const there = oldest(ours.filter((glossary) => glossary.name === name))
      if (there === undefined) {
        id = await create(name, dictionary, ours, termBase, signal)
        break
      }
      const same = there.dictionaries.find((one) => isSamePair(one, dictionary))
      if (same !== undefined && (await isEqual(there.id, dictionary, same.count, signal))) {
        id = there.id
        break
      }
      // The words of another locale with the same code are left where they are.
      if (same !== undefined && name === primary) continue
      await account.replace(there.id, dictionary, signal)
      id = there.id
      break
    }
    if (!tidied.has(primary)) {
      tidied.add(primary)
      await removeOld(ours, termBase, signal)
    }
    return id ?? ''
  }

  async function isEqual(
    id: string,
    { source, target, entries }: Dictionary,
    count: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (count !== entries.length) return false
    const there = await account.entries(id, source, target, signal)
    return entries.every((entry) => there.get(entry.source) === entry.target)
  }

  async function create(
    name: string,
    dictionary: Dictionary,
    ours: readonly AccountGlossary[],
    termBase: TermBaseIdentity,
    signal: AbortSignal,
  ): Promise<string> {
    try {
      return (await account.create(name, dictionary, signal)).id
    } catch (error) {
      const isFull =
        error instanceof DomainError && (error.code === 'engine-refused' || error.code === 'engine-quota')
      const victim = isFull ? oldest(outdated(ours, termBase)) : undefined
      if (victim === undefined) throw error
      await account.remove(victim.id, signal)
      return (await account.create(name, dictionary, signal)).id
    }
  }

  async function removeOld(
    ours: readonly AccountGlossary[],
    termBase: TermBaseIdentity,
    signal: AbortSignal,
  ): Promise<void> {
    const old = outdated(ours, termBase).filter(({ createdAt }) => createdAt < now() - GRACE_MS)
    for (const { id } of old.slice(0, MOST_REMOVED)) {
      try {
        await account.remove(id, signal)
      } catch {
        signal.throwIfAborted()
        return // tidying must not stop a translation; the next process tries again
      }
    }
  }

  return {
    async sync(wish, signal) {
      const fitting = withinLimits(wish)
      const { termBase, dictionary, sourceLocale, targetLocale } = fitting
      const key = JSON.stringify([
        nameOf(termBase),
        sourceLocale,
        targetLocale,
        versionOfEntries(dictionary.entries),
      ])
      const running = known.get(key)
      if (running !== undefined) return await running
      const turn = last.then(
        () => find(fitting, signal),
        () => find(fitting, signal),
      )
      last = turn
      known.set(key, turn)
      try {
        return await turn
      } catch (error) {
        known.delete(key)
        throw error
      }
    },
    forget() {
      known.clear()
    },
  }
}

/** Leaves out what DeepL does not take, and all but the needed entries where the whole base is too large. */
function withinLimits(wish: GlossaryWish): GlossaryWish {
  const { dictionary, termBase } = wish
  const entries = dictionary.entries.filter(isShort)
  const size = entries.reduce(
    (sum, { source, target }) => sum + formEncodedLength(`${source}\t${target}\n`),
    0,
  )
  if (size <= MAX_BYTES) return { ...wish, dictionary: { ...dictionary, entries } }
  const needed = wish.needed.filter(isShort)
  return {
    ...wish,
    termBase: { name: `${termBase.name} (part)`, version: versionOfEntries(needed) },
    dictionary: { ...dictionary, entries: needed },
  }
}

function isShort({ source, target }: GlossaryEntry): boolean {
  return Buffer.byteLength(source) <= MAX_TERM_BYTES && Buffer.byteLength(target) <= MAX_TERM_BYTES
}

function nameOf({ name, version }: TermBaseIdentity): string {
  return `talmach ${baseOf(name)} ${version.slice(0, 12)}`
}

function baseOf(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N} ._(),-]/gu, '_')
      .slice(0, 80)
      .trim() || 'glossary'
  )
}

/** Base and version of a glossary of ours; undefined for glossaries of other people. */
function partsOf(name: string): { readonly base: string; readonly version: string } | undefined {
  const found = /^talmach (.{1,80}) ([0-9a-f]{12})(?: [\w-]{2,35} [\w-]{2,35})?$/u.exec(name)
  if (found !== null) return { base: found[1] ?? '', version: found[2] ?? '' }
  // As versions of Talmach before multilingual glossaries named them.
  return /^talmach [a-z]{2,3}-[a-z]{2,3} [0-9a-f]{32}$/.test(name) ? { base: '', version: '' } : undefined
}

/** Other versions of the same base. */
function outdated(ours: readonly AccountGlossary[], termBase: TermBaseIdentity): readonly AccountGlossary[] {
  return ours.filter(({ name }) => {
    const parts = partsOf(name)
    if (parts === undefined) return false
    const isSameBase = parts.base === '' || parts.base === baseOf(termBase.name)
    return isSameBase && parts.version !== termBase.version.slice(0, 12)
  })
}

function oldest(glossaries: readonly AccountGlossary[]): AccountGlossary | undefined {
  return [...glossaries].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0]
}

function isSamePair(
  one: { readonly source: string; readonly target: string },
  other: { readonly source: string; readonly target: string },
): boolean {
  return (
    one.source.toLowerCase() === other.source.toLowerCase() &&
    one.target.toLowerCase() === other.target.toLowerCase()
  )
}

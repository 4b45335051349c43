import { Client } from 'pg'
import { releasesFollowApprovals } from './checker-releases.ts'
import type { FaultRecord } from './faults.ts'
import type { Diary } from './people.ts'

/**
 * Proves the promises from the rows, from what the people were told and from what the engine saw. It is written
 * against the tables alone and shares nothing with the product's own rules.
 */
export type Verdict = {
  readonly promise: string
  /** How many things were looked at. */
  readonly looked: number
  /** What breaks it; none: it holds. */
  readonly broken: readonly string[]
}

type Sent = {
  readonly at: number
  readonly until: number | undefined
  readonly texts: readonly string[]
  readonly target: string
  /** The engine was told to fail at it, which it does at the next requests, whenever they come. */
  readonly faulty: boolean
}

export type Evidence = {
  readonly databaseUrl: string
  readonly diary: Diary
  readonly faults: readonly FaultRecord[]
  /** Translate requests to the engine that is billed. */
  readonly sent: readonly Sent[]
  readonly messages: readonly { readonly id: string; readonly document: string; readonly number: number }[]
  readonly webhook: boolean
}

export type History = {
  segment_id: string
  locale: string
  version: number
  text: string
  state: string
  origin: string
  revision_id: string
}

export async function checkPromises(evidence: Evidence): Promise<readonly Verdict[]> {
  const client = new Client({ connectionString: evidence.databaseUrl })
  await client.connect()
  try {
    const ask = async <Row extends object>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows
    const history = await ask<History>(
      `select h.segment_id::text, h.locale, h.version, h.text, h.state, h.origin, s.revision_id
       from target_history h join segment s on s.id = h.segment_id order by h.id`,
    )
    return [
      await everythingEnds(ask, evidence.diary),
      savesAreKept(history, evidence.diary),
      nothingIsOverwritten(history),
      await historyIsWhole(ask, history),
      nothingIsPaidTwice(evidence),
      await releasesFollowApprovals(ask, history),
      await publishedIsCurrent(ask),
      await everybodyIsTold(ask, evidence),
    ]
  } finally {
    await client.end()
  }
}

/** Older versions of an article are closed as they stand: nobody works on them any more. */
const NEWEST = 'select distinct on (document_id) id from revision order by document_id, number desc'

/** Asks the database. */
export type Ask = <Row extends object>(sql: string) => Promise<Row[]>

async function everythingEnds(ask: Ask, diary: Diary): Promise<Verdict> {
  const stages = await ask<{
    revision_id: string
    locale: string
    stage: string
    status: string
    error: string | null
  }>('select revision_id, locale, stage, status, error from stage')
  const stuck = stages
    .filter(({ status, error }) => status !== 'done' && !(status === 'failed' && (error ?? '') !== ''))
    .map(({ revision_id, locale, stage, status }) => `${stage} of ${revision_id} ${locale} is ${status}`)
  const lost = await ask<{ id: string }>('select id::text from document')
  const known = new Set(lost.map(({ id }) => id))
  const open = await ask<{ revision_id: string; locale: string; open: number }>(
    `select l.revision_id, l.locale, count(*)::int as open from revision_locale l
     join segment s on s.revision_id = l.revision_id
     left join target t on t.segment_id = s.id and t.locale = l.locale
     where t.segment_id is null and l.notice is null
       and l.revision_id in (${NEWEST}) group by 1, 2`,
  )
  return {
    promise: 'every document is finished or visibly waits for a person',
    looked: stages.length,
    broken: [
      ...stuck,
      ...diary.documents
        .filter((id) => !known.has(id))
        .map((id) => `document ${id} was taken in and is gone`),
      ...open.map(
        ({ revision_id, locale, open: count }) =>
          `${revision_id} ${locale}: ${count} without a target or a notice`,
      ),
    ],
  }
}

function savesAreKept(history: readonly History[], diary: Diary): Verdict {
  const kept = new Set(history.map((row) => `${row.segment_id} ${row.locale} ${row.version} ${row.text}`))
  return {
    promise: 'no acknowledged save is lost',
    looked: diary.saved.length,
    broken: diary.saved
      .filter(({ segment, locale, version, text }) => !kept.has(`${segment} ${locale} ${version} ${text}`))
      .map(
        ({ segment, locale, version }) =>
          `segment ${segment} ${locale}: version ${version} is not in the history`,
      ),
  }
}

function nothingIsOverwritten(history: readonly History[]): Verdict {
  const human = new Map<string, string>()
  const broken: string[] = []
  for (const { segment_id, locale, origin, version, text } of history) {
    const key = `${segment_id} ${locale}`
    // After a change of the source the person's own words stand as a suggestion: the same text, to be looked at.
    if (origin === 'human') human.set(key, text)
    else if (human.get(key) === text) continue
    else if (human.has(key)) broken.push(`segment ${key}: version ${version} by ${origin} after a person's`)
  }
  return { promise: "no person's text is overwritten", looked: human.size, broken }
}

async function historyIsWhole(ask: Ask, history: readonly History[]): Promise<Verdict> {
  const targets = await ask<{
    segment_id: string
    locale: string
    version: number
    text: string
    state: string
  }>('select segment_id::text, locale, version, text, state from target')
  const versions = new Map<string, History[]>()
  for (const row of history) {
    const key = `${row.segment_id} ${row.locale}`
    versions.set(key, [...(versions.get(key) ?? []), row])
  }
  const broken: string[] = []
  for (const [key, rows] of versions) {
    if (rows.some(({ version }, index) => version !== index + 1)) {
      broken.push(`segment ${key}: versions ${rows.map(({ version }) => version).join(', ')}`)
    }
  }
  for (const { segment_id, locale, version, text, state } of targets) {
    const last = versions.get(`${segment_id} ${locale}`)?.at(-1)
    if (last?.version !== version || last.text !== text || last.state !== state) {
      broken.push(`segment ${segment_id} ${locale}: what stands is not the last of its history`)
    }
  }
  return { promise: 'the history is complete', looked: history.length, broken }
}

/** An answer may need a moment to be stored, and a fault a moment to be noticed. */
const MARGIN_MS = 2000
/** A worker whose lease was ended works on, and is billed, until it asks for more time, which it does every third of one. */
const LEASE_MARGIN_MS = 20_000 / 3 + MARGIN_MS
const marginOf = ({ name }: FaultRecord) => (name.startsWith('leases') ? LEASE_MARGIN_MS : MARGIN_MS)

function nothingIsPaidTwice({ sent, faults }: Evidence): Verdict {
  const asked = new Map<string, Sent[]>()
  for (const request of sent) {
    for (const text of request.texts) {
      const key = `${request.target} ${text}`
      asked.set(key, [...(asked.get(key) ?? []), request])
    }
  }
  const onTheWire = ({ at, until, faulty }: Sent) =>
    faulty ||
    faults.some(
      (fault) =>
        at <= fault.to + marginOf(fault) && (until ?? Number.POSITIVE_INFINITY) >= fault.from - MARGIN_MS,
    )
  // All but the last time it was asked, something must have gone wrong.
  const broken = [...asked].flatMap(([key, requests]) =>
    requests.slice(0, -1).every(onTheWire)
      ? []
      : [
          `${key.slice(0, 60)} was asked ${requests.length} times without need: ${requests.map(({ at, until }) => `${at}–${until ?? '?'}`).join(', ')}`,
        ],
  )
  return { promise: 'nothing is paid twice but what was on the wire in a fault', looked: asked.size, broken }
}

async function publishedIsCurrent(ask: Ask): Promise<Verdict> {
  const rows = await ask<{ revision_id: string; locale: string; text: string; whole: boolean }>(
    `select p.revision_id, p.locale, convert_from(b.bytes, 'UTF8') as text,
       not exists (select 1 from segment s left join target t on t.segment_id = s.id and t.locale = p.locale
         where s.revision_id = p.revision_id and coalesce(t.state, '') not in ('reviewed', 'final')) as whole
     from (select distinct on (revision_id, locale) * from publication where kind = 'bundle' and revision_id in (${NEWEST})
           order by revision_id, locale, seq desc) p
     join bundle b on b.sha256 = p.sha256 and b.revision_id = p.revision_id and b.locale = p.locale`,
  )
  const targets = await ask<{ revision_id: string; locale: string; text: string }>(
    'select s.revision_id, t.locale, t.text from target t join segment s on s.id = t.segment_id',
  )
  const texts = new Map<string, string[]>()
  for (const { revision_id, locale, text } of targets) {
    const key = `${revision_id} ${locale}`
    texts.set(key, [...(texts.get(key) ?? []), text])
  }
  const current = rows.filter(({ whole }) => whole)
  const broken = current.flatMap(({ revision_id, locale, text }) =>
    (texts.get(`${revision_id} ${locale}`) ?? [])
      .filter((target) => !text.includes(target.trim()))
      .map(
        (target) =>
          `${revision_id} ${locale}: “${target.slice(0, 40)}” is approved and not in what is published`,
      ),
  )
  return { promise: 'what is published is what was approved', looked: current.length, broken }
}

async function everybodyIsTold(ask: Ask, { messages, webhook }: Evidence): Promise<Verdict> {
  const promise = 'each event is told, in order for its document'
  if (!webhook) return { promise, looked: 0, broken: [] }
  const events = await ask<{ id: string; document_id: string; number: string }>(
    'select id::text, document_id::text, number::text from publication where number is not null',
  )
  const heard = new Set(messages.map(({ id }) => id))
  const broken = events.filter(({ id }) => !heard.has(id)).map(({ id }) => `event ${id} was never told`)
  const last = new Map<string, number>()
  const before = new Set<string>()
  for (const { id, document, number } of messages) {
    // The same again is allowed; a new one must be newer than what was told before.
    if (before.has(id)) continue
    before.add(id)
    if (number < (last.get(document) ?? 0))
      broken.push(`document ${document}: ${number} after ${last.get(document)}`)
    last.set(document, number)
  }
  return { promise, looked: events.length, broken }
}

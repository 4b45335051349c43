import type { Ask, History, Verdict } from './checker.ts'

/** Whatever was approved as a whole was published, and as often as that, but not what a newer version overtook. */
export async function releasesFollowApprovals(ask: Ask, history: readonly History[]): Promise<Verdict> {
  const sizes = await ask<{ revision_id: string; segments: number }>(
    'select revision_id, count(*)::int as segments from segment group by 1',
  )
  const size = new Map(sizes.map(({ revision_id, segments }) => [revision_id, segments]))
  const approved = new Map<string, Set<string>>()
  const finished = new Map<string, number>()
  for (const { revision_id, locale, segment_id, state } of history) {
    const key = `${revision_id} ${locale}`
    const set = approved.get(key) ?? new Set()
    approved.set(key, set)
    const before = set.size
    if (state === 'reviewed' || state === 'final') set.add(segment_id)
    else set.delete(segment_id)
    if (set.size > before && set.size === size.get(revision_id))
      finished.set(key, (finished.get(key) ?? 0) + 1)
  }
  const published = await ask<{ revision_id: string; locale: string; count: number }>(
    "select revision_id, locale, count(*)::int as count from publication where kind = 'bundle' group by 1, 2",
  )
  const counts = new Map(
    published.map(({ revision_id, locale, count }) => [`${revision_id} ${locale}`, count]),
  )
  // What a newer version of the article overtook before it could go out is closed as it stands.
  const overtaken = await ask<{ revision_id: string; locale: string }>(
    `select s.revision_id, s.locale from stage s join revision old on old.id = s.revision_id
     where s.stage = 'bundle' and s.status = 'done' and exists (select 1 from revision newer
       where newer.document_id = old.document_id and newer.number > old.number and newer.created_at <= s.updated_at)`,
  )
  const late = new Set(overtaken.map(({ revision_id, locale }) => `${revision_id} ${locale}`))
  // Approved as it was, but a term stands against it now, and people see that.
  const held = await ask<{ revision_id: string; locale: string }>(
    `select distinct s.revision_id, t.locale from target t join segment s on s.id = t.segment_id where t.blocked`,
  )
  for (const { revision_id, locale } of held) late.add(`${revision_id} ${locale}`)
  const stages = await ask<{ key: string; facts: string }>(
    `select s.revision_id || ' ' || s.locale as key, string_agg(s.stage || ' ' || s.status || ' ' || s.updated_at, ', ')
       || ', revision ' || min(r.number) || ' of ' || (select max(n.number) from revision n where n.document_id = min(r.document_id::text)::uuid) as facts
     from stage s join revision r on r.id = s.revision_id group by s.revision_id, s.locale`,
  )
  const facts = new Map(stages.map((one) => [one.key, one.facts]))
  const broken: string[] = []
  for (const [key, count] of counts) {
    if (count > (finished.get(key) ?? 0))
      broken.push(`${key}: published ${count} times, finished ${finished.get(key) ?? 0} times`)
  }
  for (const [key, set] of approved) {
    const [revision = ''] = key.split(' ')
    if (set.size === size.get(revision) && (counts.get(key) ?? 0) === 0 && !late.has(key))
      broken.push(`${key}: all approved and never published (${facts.get(key) ?? 'no stages'})`)
  }
  return { promise: 'one release for each approval', looked: finished.size, broken }
}

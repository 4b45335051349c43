import { Client } from 'pg'
import type { CollectedQuery } from './query-collector.ts'

type Plan = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly Plan[]
}

/** What a statement does to large tables. */
export type PlanFacts = {
  /** Tables that are read from end to end. */
  readonly scanned: readonly string[]
  /** Rows that were looked at, by table; empty for a statement that writes, which is only planned. */
  readonly looked: ReadonlyMap<string, number>
}

export type PlanReader = {
  readonly read: (query: CollectedQuery) => Promise<PlanFacts>
  readonly close: () => Promise<void>
}

/** What PostgreSQL plans for a statement, and for one that only reads, what it then did; nothing is changed. */
export async function openPlanReader(url: string, large: ReadonlySet<string>): Promise<PlanReader> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return {
    read: async ({ text, values }) => {
      const writes =
        /\b(?:insert|update|delete|truncate|pg_notify|advisory|set_config|setval|nextval)\b/i.test(text)
      const how = writes ? 'explain (format json)' : 'explain (analyze, timing off, format json)'
      await client.query('begin')
      try {
        const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
          `${how} ${text}`,
          [...values],
        )
        const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
        if (plan === undefined) throw new Error(`no plan for ${text}`)
        const nodes = nodesOf(plan).filter((node) => large.has(node['Relation Name'] ?? ''))
        const looked = new Map<string, number>()
        for (const node of writes ? [] : nodes) {
          const table = node['Relation Name'] ?? ''
          looked.set(table, (looked.get(table) ?? 0) + rowsOf(node))
        }
        const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan')
        return { scanned: scanned.map((node) => node['Relation Name'] ?? ''), looked }
      } finally {
        await client.query('rollback')
      }
    },
    close: () => client.end(),
  }
}

function nodesOf(root: Plan): readonly Plan[] {
  const found: Plan[] = []
  const open = [root]
  for (let plan = open.pop(); plan !== undefined; plan = open.pop()) {
    found.push(plan)
    open.push(...(plan.Plans ?? []))
  }
  return found
}

function rowsOf(plan: Plan): number {
  const each =
    (plan['Actual Rows'] ?? 0) +
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0)
  return each * (plan['Actual Loops'] ?? 1)
}

import { createRoute, z } from '@hono/zod-openapi'
import type { Match } from '../domain/leverage.ts'
import { diffSources } from '../domain/leverage-diff.ts'
import { withoutCodes } from '../domain/leverage-words.ts'
import { findSegmentMatches } from '../store/segment-matches.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { MatchList, type MatchView } from './memory-schemas.ts'
import { errorResponses, json } from './responses.ts'

/** Matches that a translator is shown. */
const MOST = 5

/** What memory has for a segment, with scores, reasons and what differs. */
export function matchRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.openapi(
    createRoute({
      method: 'get',
      path: '/segments/{id}/matches/{locale}',
      summary: 'What memory has for a segment, best first',
      request: {
        params: z.object({ id: z.string().regex(/^\d{1,18}$/, 'not a segment id'), locale: z.string() }),
      },
      responses: { 200: json(MatchList, 'up to five matches'), ...errorResponses },
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      requirePermission(c, 'read', locale)
      const { text, matches } = await findSegmentMatches(deps.db, id, locale, MOST, new Date())
      return c.json({ matches: matches.map((match) => viewMatch(text, match)) }, 200)
    },
  )
  return router
}

function viewMatch(text: string, { pair, kind, score, why, target }: Match): MatchView {
  return {
    id: pair.id,
    ...{ kind, score, target },
    source: withoutCodes(pair.source),
    memory: pair.memory,
    by: pair.by,
    document: pair.document,
    domain: pair.domain,
    reviewed: pair.reviewed,
    changedAt: pair.changedAt.toISOString(),
    why: why.map((reason) => ({ ...reason })),
    diff: diffSources(withoutCodes(pair.source), withoutCodes(text)).map((part) => ({ ...part })),
  }
}

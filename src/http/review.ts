import { createRoute, z } from '@hono/zod-openapi'
import { restoreTarget, unapproveTarget } from '../domain/approval.ts'
import { DomainError } from '../domain/errors.ts'
import { approveTarget, editTarget, rejectTarget } from '../domain/target-change.ts'
import { loadConflict } from '../store/conflicts.ts'
import { changeTarget, waiveTerm } from '../store/review.ts'
import { loadVersion } from '../store/review-history.ts'
import type { SegmentHome, SegmentWithTarget } from '../store/segments.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { readIfMatch } from './if-match.ts'
import { Restore } from './review-schemas.ts'
import { Reject, ResolveConflict, SaveTarget, Waive } from './schemas.ts'
import { loadRemarks, viewSegment } from './segment-view.ts'
import { InSegment, segmentAnswer } from './segments.ts'

const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export function reviewRoutes(deps: HttpDeps) {
  const router = createRouter()
  const view = async (entry: SegmentWithTarget & { readonly home: SegmentHome }, locale: string) => {
    const { rowId } = entry.segment
    const remarks = (await loadRemarks(deps.db, [rowId], locale)).get(rowId) ?? {}
    const pair = { source: entry.home.sourceLocale, target: locale, settings: entry.home.settings }
    return viewSegment(entry, await deps.termBase(), pair, remarks)
  }

  router.openapi(
    createRoute({
      method: 'put',
      path: '/segments/{id}/targets/{locale}',
      summary: 'Save a translation; `If-Match` names the version you saw',
      request: { params: InSegment, body: body(SaveTarget) },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      const who = requirePermission(c, 'translate', locale)
      const { text } = c.req.valid('json')
      const baseVersion = readIfMatch(c)
      const changed = await changeTarget(deps.db, await deps.termBase(), who, {
        segmentRowId: id,
        locale,
        baseVersion,
        change: (current) => editTarget(current, text, who.name),
        action: 'edit',
      }).catch((error) => {
        if (!(error instanceof DomainError && error.code === 'precondition-failed')) throw error
        throw new DomainError(error.code, error.message, { extra: { ...error.extra, yours: text } })
      })
      return c.json(await view(changed, locale), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/targets/{locale}/approve',
      summary: 'Approve the translation; errors and hard terms forbid it',
      request: { params: InSegment },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      const who = requirePermission(c, 'review', locale)
      const changed = await changeTarget(deps.db, await deps.termBase(), who, {
        segmentRowId: id,
        locale,
        baseVersion: readIfMatch(c),
        change: (current) => approveOrSayWhy(current),
        action: 'approve',
        fourEyes: deps.fourEyes,
      })
      if (changed.completed)
        await enqueue(deps, { revisionId: changed.home.revisionId, locale, stage: 'bundle' })
      return c.json(await view(changed, locale), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/targets/{locale}/reject',
      summary: 'Send it back to the translators, with the reason',
      request: { params: InSegment, body: body(Reject) },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      const who = requirePermission(c, 'review', locale)
      const { category, note } = c.req.valid('json')
      const changed = await changeTarget(deps.db, await deps.termBase(), who, {
        segmentRowId: id,
        locale,
        baseVersion: readIfMatch(c),
        change: rejectTarget,
        action: 'reject',
        note: `${category}: ${note}`,
      })
      return c.json(await view(changed, locale), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/targets/{locale}/conflicts/{conflict}/resolve',
      summary: 'Say which text stands where a returned file and the desk disagree; it may be a third one',
      request: { params: InSegment.extend({ conflict: z.uuid() }), body: body(ResolveConflict) },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale, conflict } = c.req.valid('param')
      const who = requirePermission(c, 'review', locale)
      const { text } = c.req.valid('json')
      const { theirs, theirsBy } = await loadConflict(deps.db, conflict, id, locale)
      const changed = await changeTarget(deps.db, await deps.termBase(), who, {
        segmentRowId: id,
        locale,
        baseVersion: readIfMatch(c),
        // What the translator wrote in the file stays the translator's.
        change: (current) =>
          current?.text === text ? current : editTarget(current, text, text === theirs ? theirsBy : who.name),
        action: 'resolve',
        conflictId: conflict,
      })
      return c.json(await view(changed, locale), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/targets/{locale}/waive',
      summary: 'Let a term pass in this segment, with a reason that stays beside it',
      request: { params: InSegment, body: body(Waive) },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      const who = requirePermission(c, 'waive', locale)
      const wish = { segmentRowId: id, locale, ...c.req.valid('json') }
      const waived = await waiveTerm(deps.db, await deps.termBase(), who, wish)
      if (waived.completed)
        await enqueue(deps, { revisionId: waived.home.revisionId, locale, stage: 'bundle' })
      return c.json(await view(waived, locale), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/targets/{locale}/unapprove',
      summary: 'Take an approval back; the text stays',
      request: { params: InSegment },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      const who = requirePermission(c, 'review', locale)
      const changed = await changeTarget(deps.db, await deps.termBase(), who, {
        ...{ segmentRowId: id, locale, baseVersion: readIfMatch(c) },
        ...{ change: unapproveTarget, action: 'unapprove' },
      })
      return c.json(await view(changed, locale), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/targets/{locale}/restore',
      summary: 'Put the text of an earlier version up again, as a new version',
      request: { params: InSegment, body: body(Restore) },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      const who = requirePermission(c, 'translate', locale)
      const { version } = c.req.valid('json')
      const earlier = await loadVersion(deps.db, id, locale, version)
      const changed = await changeTarget(deps.db, await deps.termBase(), who, {
        ...{ segmentRowId: id, locale, baseVersion: readIfMatch(c) },
        change: (current) => restoreTarget(current, earlier),
        ...{ action: 'restore', note: `version ${version}` },
      })
      return c.json(await view(changed, locale), 200)
    },
  )

  return router
}

function approveOrSayWhy(current: Parameters<Parameters<typeof changeTarget>[3]['change']>[0]) {
  try {
    return approveTarget(current, current?.blocked ?? false)
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'blocked')) throw error
    const extra = { findings: current?.findings ?? [], verdicts: current?.verdicts ?? [] }
    throw new DomainError(error.code, error.message, { extra })
  }
}

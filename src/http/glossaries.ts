import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { type ImportOutcome, isWritten } from '../domain/glossary-import.ts'
import { TermSettings } from '../domain/term-settings.ts'
import { listGlossaries } from '../store/glossaries.ts'
import { EXPORT_FORMATS, exportGlossary } from '../store/glossary-export.ts'
import { readGlossaryBytes } from '../store/glossary-files.ts'
import { importConcepts, planGlossaryImport } from '../store/glossary-import.ts'
import { loadGlossaryVersion, lockGlossary } from '../store/glossary-versions.ts'
import { setGlossarySettings } from '../store/term-settings.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { attachment, errorResponses, json } from './responses.ts'
import { GlossaryList, ImportReport, SettingsChanged } from './term-schemas.ts'
import { viewContent } from './term-view.ts'

/** Most outcomes that a report names one by one. */
const MOST_OUTCOMES = 500

export const InGlossary = z.object({
  glossary: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,79}$/u, 'not the name of a term base'),
})
const yesNo = z.enum(['true', 'false']).default('false')

/** Term bases as a whole; their concepts are in `concepts.ts`. */
export function glossaryRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries',
      summary: 'Every term base',
      responses: { 200: json(GlossaryList, 'by name'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const glossaries = await listGlossaries(deps.db)
      return c.json({ glossaries: glossaries.map((one) => ({ ...one, locales: [...one.locales] })) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/glossaries/{glossary}/import',
      summary: 'Take a file over (TBX, CSV or TSV); with `dryRun` only say what would change',
      request: {
        params: InGlossary,
        query: z.object({
          dryRun: yesNo,
          file: z.string().max(200).default('').openapi({ description: 'its name, for messages' }),
          missing: z.enum(['keep', 'deprecate']).default('keep').openapi({
            description: 'what becomes of concepts that the file has not; those changed at the desk stay',
          }),
          conflicts: z.enum(['keep', 'take']).default('keep').openapi({
            description: 'whose side holds where both the file and the desk changed a concept',
          }),
          from: z.string().max(40).optional().openapi({ description: 'of a list without a header' }),
          to: z.string().max(40).optional(),
        }),
        body: { required: true, content: { 'application/octet-stream': { schema: z.string() } } },
      },
      responses: { 200: json(ImportReport, 'what was done, or would be'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'curate')
      const { glossary } = c.req.valid('param')
      const { file, from, to, missing, conflicts, ...query } = c.req.valid('query')
      const dryRun = query.dryRun === 'true'
      const pair =
        from === undefined || to === undefined ? undefined : { sourceLocale: from, targetLocale: to }
      const concepts = await readGlossaryBytes(new Uint8Array(await c.req.arrayBuffer()), file, pair)
      const rule = { missing, conflicts }
      if (dryRun) {
        const outcomes = await planGlossaryImport(deps.db, glossary, concepts, rule)
        return c.json(viewReport(glossary, true, outcomes, null), 200)
      }
      const { outcomes, recheckId } = await deps.db.transaction().execute(async (trx) => {
        await lockGlossary(trx, glossary, { create: true })
        return importConcepts(trx, glossary, concepts, rule, who.name)
      })
      deps.log('info', 'glossary imported', { glossary, concepts: concepts.length })
      return c.json(viewReport(glossary, false, outcomes, recheckId), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/export',
      summary: 'The concepts that hold, as a file',
      request: {
        params: InGlossary,
        query: z.object({
          format: z.enum(EXPORT_FORMATS).default('tbx'),
          from: z.string().max(40).optional().openapi({ description: 'for `deepl` and `omegat`' }),
          to: z.string().max(40).optional(),
          version: z
            .string()
            .regex(/^[\w]{1,100}$/)
            .optional()
            .openapi({ description: 'one that was active once; the active one by default' }),
        }),
      },
      responses: {
        200: { description: 'the file', content: { 'application/octet-stream': { schema: z.string() } } },
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { glossary } = c.req.valid('param')
      const { format, from, to, version } = c.req.valid('query')
      const active = (await listGlossaries(deps.db)).find(({ name }) => name === glossary)
      if (active === undefined) throw new DomainError('not-found', `there is no term base “${glossary}”`)
      const wanted = version ?? active.version
      const concepts = wanted === '' ? [] : (await loadGlossaryVersion(deps.db, glossary, wanted)).concepts
      const pair =
        from === undefined || to === undefined ? undefined : { sourceLocale: from, targetLocale: to }
      const { text, type, extension } = exportGlossary(glossary, concepts, format, pair)
      return c.body(text, 200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Disposition': attachment(`${glossary}.${extension}`),
        ...(wanted === '' ? {} : { ETag: `"${wanted}"` }),
      })
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/glossaries/{glossary}/settings',
      summary: 'How strictly a term base is kept, by locale; segments are judged anew',
      request: {
        params: InGlossary,
        body: { required: true, content: { 'application/json': { schema: TermSettings } } },
      },
      responses: { 200: json(SettingsChanged, 'as they hold now'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'curate')
      const settings = c.req.valid('json')
      const recheck = await setGlossarySettings(deps.db, c.req.valid('param').glossary, settings, who.name)
      return c.json({ settings, recheck }, 200)
    },
  )
  return router
}

function viewReport(
  glossary: string,
  dryRun: boolean,
  outcomes: readonly ImportOutcome[],
  recheck: string | null,
): z.infer<typeof ImportReport> {
  const counts = { new: 0, changed: 0, removed: 0, conflict: 0, kept: 0, same: 0 }
  for (const { kind } of outcomes) counts[kind] += 1
  const told = outcomes.filter(({ kind }) => kind !== 'same' && kind !== 'kept').slice(0, MOST_OUTCOMES)
  return {
    glossary,
    dryRun,
    counts,
    outcomes: told.map((outcome) => ({
      kind: outcome.kind,
      id: outcome.id,
      before: 'before' in outcome && outcome.before !== null ? viewContent(outcome.before) : null,
      after: 'after' in outcome ? viewContent(outcome.after) : null,
      taken: isWritten(outcome),
    })),
    recheck,
  }
}

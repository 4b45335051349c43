import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { CONCEPT_STATES, type ConceptAction } from '../domain/concept-state.ts'
import { parseLocale } from '../domain/locale.ts'
import type { Concept } from '../domain/term.ts'
import { defaultTraits } from '../domain/term-defaults.ts'
import { listConcepts } from '../store/concept-list.ts'
import {
  changeConcept,
  commentConcept,
  createConcept,
  listConceptHistory,
  loadConcept,
  mergeConcept,
} from '../store/concepts.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission } from './context.ts'
import { InGlossary } from './glossaries.ts'
import { readIfMatch } from './if-match.ts'
import { errorResponses, json } from './responses.ts'
import {
  ConceptChanged,
  ConceptComment,
  ConceptCreate,
  ConceptEdit,
  ConceptHistory,
  type ConceptInput,
  ConceptMerge,
  ConceptNote,
  ConceptPage,
  ConceptView,
} from './term-schemas.ts'
import { viewChanged, viewConcept, viewContent } from './term-view.ts'

const PAGE = 50

export const InConcept = InGlossary.extend({ id: z.string().min(1).max(200) })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const changed = { 200: json(ConceptChanged, 'as it stands now'), ...errorResponses }

/** Concepts one by one: proposed, discussed, decided, merged. Nothing is ever deleted. */
export function conceptRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/concepts',
      summary: 'Concepts by their first term',
      request: {
        params: InGlossary,
        query: z.object({
          q: z.string().max(200).default('').openapi({ description: 'words anywhere in it, in any case' }),
          state: z.enum([...CONCEPT_STATES, 'waiting']).optional(),
          locale: z.string().max(40).optional().openapi({ description: 'with a term of this locale' }),
          cursor: z.string().max(600).optional(),
        }),
      },
      responses: { 200: json(ConceptPage, 'one page'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { q, state, locale, cursor } = c.req.valid('query')
      const filter = { search: q, state, locale: locale === undefined ? undefined : parseLocale(locale) }
      const page = await listConcepts(deps.db, c.req.valid('param').glossary, filter, cursor, PAGE)
      return c.json({ concepts: page.concepts.map(viewConcept), nextCursor: page.next }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/glossaries/{glossary}/concepts',
      summary: 'A new concept, or a proposal for one',
      request: { params: InGlossary, body: body(ConceptCreate) },
      responses: { 201: json(ConceptChanged, '`Location` is the concept'), ...errorResponses },
    }),
    async (c) => {
      const { id, propose, note, ...input } = c.req.valid('json')
      const who = requirePermission(c, propose ? 'propose' : 'curate')
      const { glossary } = c.req.valid('param')
      const content = toContent(input)
      const made = await createConcept(deps.db, { glossary, id, content, propose, note, by: who.name })
      const path = [glossary, 'concepts', made.concept.id].map(encodeURIComponent).join('/')
      c.header('Location', `/api/glossaries/${path}`)
      return c.json(viewChanged(made), 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/concepts/{id}',
      summary: 'One concept',
      request: { params: InConcept },
      responses: { 200: json(ConceptView, 'the concept'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { glossary, id } = c.req.valid('param')
      const concept = await loadConcept(deps.db, glossary, id)
      c.header('ETag', `"${concept.version}"`)
      return c.json(viewConcept(concept), 200)
    },
  )

  const act = async (
    c: Context<HttpEnv>,
    where: z.infer<typeof InConcept>,
    step: { readonly action: ConceptAction; readonly note: string; readonly by: string },
  ) => {
    const wish = { ...where, ...step, baseVersion: readIfMatch(c) }
    return c.json(viewChanged(await changeConcept(deps.db, wish)), 200)
  }

  router.openapi(
    createRoute({
      method: 'put',
      path: '/glossaries/{glossary}/concepts/{id}',
      summary: 'Change a concept, or propose a change; `If-Match` names the version you saw',
      request: { params: InConcept, body: body(ConceptEdit) },
      responses: changed,
    }),
    async (c) => {
      const { propose, note, ...input } = c.req.valid('json')
      const { name } = requirePermission(c, propose ? 'propose' : 'curate')
      const where = c.req.valid('param')
      const concept = { ...toContent(input), id: where.id }
      const action = propose
        ? ({ kind: 'propose', concept, by: name } as const)
        : ({ kind: 'edit', concept } as const)
      return act(c, where, { action, note, by: name })
    },
  )

  for (const [kind, summary] of [
    ['approve', 'The proposal holds from now on; of a deprecated concept, it holds again'],
    ['reject', 'The proposal is refused'],
    ['deprecate', 'It holds no more; its history stays'],
  ] as const) {
    router.openapi(
      createRoute({
        method: 'post',
        path: `/glossaries/{glossary}/concepts/{id}/${kind}`,
        summary,
        request: { params: InConcept, body: body(ConceptNote) },
        responses: changed,
      }),
      async (c) => {
        const { name } = requirePermission(c, 'curate')
        const { note } = c.req.valid('json')
        return act(c, c.req.valid('param'), { action: { kind }, note, by: name })
      },
    )
  }

  router.openapi(
    createRoute({
      method: 'post',
      path: '/glossaries/{glossary}/concepts/{id}/merge',
      summary: 'Put its terms into another concept; the answer is that one',
      request: { params: InConcept, body: body(ConceptMerge) },
      responses: changed,
    }),
    async (c) => {
      const { name } = requirePermission(c, 'curate')
      const { into, note } = c.req.valid('json')
      const wish = { ...c.req.valid('param'), into, note, by: name, baseVersion: readIfMatch(c) }
      return c.json(viewChanged(await mergeConcept(deps.db, wish)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/glossaries/{glossary}/concepts/{id}/comments',
      summary: 'Say something about it',
      request: { params: InConcept, body: body(ConceptComment) },
      responses: { 200: json(ConceptView, 'the concept'), ...errorResponses },
    }),
    async (c) => {
      const { name } = requirePermission(c, 'propose')
      const { text } = c.req.valid('json')
      const concept = await commentConcept(deps.db, { ...c.req.valid('param'), note: text, by: name })
      return c.json(viewConcept(concept), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/concepts/{id}/history',
      summary: 'Everything that happened to it and was said of it, newest first',
      request: {
        params: InConcept,
        query: z.object({
          cursor: z
            .string()
            .regex(/^\d{1,18}$/)
            .optional(),
        }),
      },
      responses: { 200: json(ConceptHistory, 'one page'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { glossary, id } = c.req.valid('param')
      await loadConcept(deps.db, glossary, id)
      const page = await listConceptHistory(deps.db, glossary, id, c.req.valid('query').cursor, PAGE)
      const history = page.lines.map(({ content, draft, at, ...line }) => ({
        ...line,
        content: content === null ? null : viewContent(content),
        draft: draft === null ? null : viewContent(draft),
        at: at.toISOString(),
      }))
      return c.json({ history, nextCursor: page.next }, 200)
    },
  )
  return router
}

/** @throws DomainError `unknown-locale` */
function toContent(input: z.output<typeof ConceptInput>): Omit<Concept, 'id'> {
  return {
    ...input,
    terms: input.terms.map(({ locale, text, caseMode, inflecting, note, ...term }) => {
      const traits = defaultTraits(text)
      return {
        ...term,
        text,
        locale: parseLocale(locale),
        caseMode: caseMode ?? traits.caseMode,
        inflecting: inflecting ?? traits.inflecting,
        ...(note === undefined || note === '' ? {} : { note }),
      }
    }),
  }
}

import { z } from '@hono/zod-openapi'
import { CONCEPT_STATES } from '../domain/concept-state.ts'
import { TermSettings } from '../domain/term-settings.ts'

/** The shapes of the term desk's API; like `schemas.ts`, imported as types by the web client. */
export const TermView = z
  .object({
    locale: z.string(),
    text: z.string(),
    status: z.enum(['preferred', 'admitted', 'forbidden']),
    caseMode: z.enum(['sensitive', 'insensitive', 'initial']),
    inflecting: z.boolean(),
    forms: z.array(z.string()),
    note: z.string().optional(),
  })
  .openapi('Term')
export type TermView = z.infer<typeof TermView>

const Words = z
  .string()
  .trim()
  .max(300)
  // What XML cannot hold, and the characters that stand for inline codes.
  .refine(
    (text) => !/[\u0000-\u001f\u007f\ue000-\uf8ff\ufffe\uffff]/.test(text),
    'has characters that no term has',
  )
const Prose = z.string().trim().max(4000)

/** What somebody writes of a concept; `caseMode` and `inflecting` follow from the term where they are left out. */
export const ConceptInput = z
  .object({
    subject: Words.default(''),
    definition: Prose.default(''),
    source: Prose.default(''),
    enforcement: z.enum(['hard', 'advisory']).default('hard'),
    terms: z
      .array(
        z.object({
          locale: z.string().min(2).max(40),
          text: Words.min(1, 'a term needs words'),
          status: z.enum(['preferred', 'admitted', 'forbidden']).default('preferred'),
          caseMode: z.enum(['sensitive', 'insensitive', 'initial']).optional(),
          inflecting: z.boolean().optional(),
          forms: z.array(Words.min(1)).max(100).default([]),
          note: Prose.optional(),
        }),
      )
      .min(1, 'a concept needs at least one term')
      .max(300),
  })
  .openapi('ConceptInput')
export type ConceptInput = z.input<typeof ConceptInput>

const Note = z.string().trim().max(2000).default('')
export const ConceptCreate = ConceptInput.extend({
  id: z
    .string()
    .regex(/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]{0,99}$/u, 'letters, digits, “.”, “_” and “-” only')
    .optional()
    .openapi({ description: 'made from the first term where it is left out' }),
  propose: z.boolean().default(false).openapi({ description: 'suggest it; it does not hold yet' }),
  note: Note,
}).openapi('ConceptCreate')
export const ConceptEdit = ConceptInput.extend({ propose: z.boolean().default(false), note: Note }).openapi(
  'ConceptEdit',
)
export const ConceptNote = z.object({ note: Note }).openapi('ConceptNote')
export const ConceptMerge = z.object({ into: z.string().min(1).max(200), note: Note }).openapi('ConceptMerge')
export const ConceptComment = z.object({ text: z.string().trim().min(1).max(4000) }).openapi('ConceptComment')

export const ConceptContent = z
  .object({
    id: z.string(),
    subject: z.string(),
    definition: z.string(),
    source: z.string(),
    enforcement: z.enum(['hard', 'advisory']),
    terms: z.array(TermView),
  })
  .openapi('ConceptContent')
export type ConceptContent = z.infer<typeof ConceptContent>

export const ConceptView = z
  .object({
    glossary: z.string(),
    id: z.string(),
    /** For `If-Match`. */
    version: z.number().int(),
    state: z.enum(CONCEPT_STATES),
    /** What holds, or held last; null: it never did. */
    content: ConceptContent.nullable(),
    /** A change that waits for a decision. */
    draft: ConceptContent.nullable(),
    draftBy: z.string().nullable(),
    mergedInto: z.string().nullable(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('Concept')
export type ConceptView = z.infer<typeof ConceptView>

export const ConceptChanged = z
  .object({
    concept: ConceptView,
    recheck: z
      .string()
      .nullable()
      .openapi({ description: 'the pass over the segments that it concerns, see /term-rechecks/{id}' }),
  })
  .openapi('ConceptChanged')
export type ConceptChanged = z.infer<typeof ConceptChanged>

export const ConceptPage = z
  .object({ concepts: z.array(ConceptView), nextCursor: z.string().nullable() })
  .openapi('ConceptPage')
export type ConceptPage = z.infer<typeof ConceptPage>

export const ConceptLine = z
  .object({
    id: z.string(),
    version: z.number().int(),
    action: z.string().openapi({
      description: 'import, create, propose, edit, approve, reject, deprecate, merge, comment',
    }),
    state: z.enum(CONCEPT_STATES),
    content: ConceptContent.nullable(),
    draft: ConceptContent.nullable(),
    note: z.string(),
    by: z.string(),
    at: z.iso.datetime(),
  })
  .openapi('ConceptLine')
export type ConceptLine = z.infer<typeof ConceptLine>
export const ConceptHistory = z
  .object({ history: z.array(ConceptLine), nextCursor: z.string().nullable() })
  .openapi('ConceptHistory')
export type ConceptHistory = z.infer<typeof ConceptHistory>

export const GlossaryView = z
  .object({
    name: z.string(),
    version: z.string(),
    settings: TermSettings,
    counts: z.record(z.enum(CONCEPT_STATES), z.number().int()),
    waiting: z.number().int().openapi({ description: 'proposals that wait for a decision' }),
    locales: z.array(z.string()),
  })
  .openapi('Glossary')
export type GlossaryView = z.infer<typeof GlossaryView>
export const GlossaryList = z.object({ glossaries: z.array(GlossaryView) }).openapi('GlossaryList')
export type GlossaryList = z.infer<typeof GlossaryList>

const IMPORT_KINDS = ['new', 'changed', 'removed', 'conflict', 'kept', 'same'] as const
export const ImportReport = z
  .object({
    glossary: z.string(),
    dryRun: z.boolean(),
    counts: z.record(z.enum(IMPORT_KINDS), z.number().int()),
    outcomes: z
      .array(
        z.object({
          kind: z.enum(IMPORT_KINDS),
          id: z.string(),
          before: ConceptContent.nullable(),
          after: ConceptContent.nullable(),
          taken: z.boolean().openapi({ description: 'the file’s side is written' }),
        }),
      )
      .openapi({ description: 'all but `same` and `kept`, at most 500' }),
    recheck: z.string().nullable(),
  })
  .openapi('GlossaryImportReport')
export type ImportReport = z.infer<typeof ImportReport>

export const SettingsChanged = z
  .object({ settings: TermSettings, recheck: z.string() })
  .openapi('TermSettingsChanged')

export const CandidateList = z
  .object({
    candidates: z.array(
      z.object({
        text: z.string(),
        kind: z.enum(['name', 'phrase']),
        count: z.number().int(),
        segments: z.array(z.string()).openapi({ description: 'names of the first segments that have it' }),
      }),
    ),
  })
  .openapi('TermCandidates')
export type CandidateList = z.infer<typeof CandidateList>

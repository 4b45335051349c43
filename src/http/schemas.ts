import { z } from '@hono/zod-openapi'
import { FORMATS } from '../domain/document.ts'
import { SEVERITIES } from '../domain/finding.ts'
import { LOCALE_STATES } from '../domain/progress.ts'
import { TARGET_ORIGINS, TARGET_STATES } from '../domain/target.ts'

/**
 * The shapes of the HTTP API: parsed at the edge, described in `/api/openapi.json`, and imported as types by
 * the web client. Texts with inline codes use the code characters of `domain/document.ts`.
 */
export const LocaleProgress = z
  .object({
    locale: z.string(),
    direction: z.enum(['ltr', 'rtl']),
    state: z.enum(LOCALE_STATES),
    segments: z.number().int(),
    translated: z.number().int().openapi({ description: 'segments that have a target, whatever its state' }),
    approved: z.number().int(),
    blocked: z
      .number()
      .int()
      .openapi({ description: 'segments that findings or hard terms keep from approval' }),
    conflicts: z
      .number()
      .int()
      .openapi({ description: 'segments for which a returned file and the desk have different texts' }),
    fromMemory: z.number().int(),
    fromMachine: z.number().int(),
    fromPeople: z.number().int(),
    engines: z.array(z.string()),
    billedCharacters: z.number().int(),
    terms: z.object({ ok: z.number().int(), flagged: z.number().int() }),
    /** One plain sentence: an engine paused, no engine for this pair, … */
    notice: z.string().nullable(),
    error: z.string().nullable(),
    bundle: z.boolean().openapi({ description: 'the finished document can be fetched' }),
  })
  .openapi('LocaleProgress')
export type LocaleProgress = z.infer<typeof LocaleProgress>

export const DocumentSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    title: z.string().openapi({ description: 'text of the first headline, else the name' }),
    format: z.enum(FORMATS),
    sourceLocale: z.string(),
    domain: z.string().openapi({ description: 'what it is about; empty: not said' }),
    createdAt: z.iso.datetime(),
    revision: z.number().int().openapi({ description: 'how many versions of the source there have been' }),
    words: z.number().int(),
    segments: z.number().int(),
    /** Set when the source itself could not be read. */
    error: z.string().nullable(),
    locales: z.array(LocaleProgress),
  })
  .openapi('DocumentSummary')
export type DocumentSummary = z.infer<typeof DocumentSummary>

export const DocumentPage = z
  .object({ documents: z.array(DocumentSummary), nextCursor: z.string().nullable() })
  .openapi('DocumentPage')
export type DocumentPage = z.infer<typeof DocumentPage>

export const CodeView = z
  .object({
    kind: z.enum(['open', 'close', 'single']),
    pair: z.number().int().nullable(),
    type: z.string(),
    label: z.string(),
    data: z.string(),
    /** A translation may leave it out. */
    deletable: z.literal(true).optional(),
    /** It must keep its order among the others that say so. */
    reorderable: z.literal(false).optional(),
  })
  .openapi('InlineCode')
export type CodeView = z.infer<typeof CodeView>

export const TargetView = z
  .object({
    text: z.string(),
    state: z.enum(TARGET_STATES),
    origin: z.enum(TARGET_ORIGINS),
    by: z.string(),
    version: z.number().int(),
    changedAt: z.iso
      .datetime()
      .optional()
      .openapi({ description: 'when the text or its state last changed' }),
  })
  .openapi('Target')
export type TargetView = z.infer<typeof TargetView>

export const TemplateView = z
  .object({
    text: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])),
  })
  .openapi('Template', {
    description:
      'How an English sentence was made, for saying it in another language: names in braces stand for the values. Absent where it holds none, and in findings that an older version stored',
  })

export const FindingView = z
  .object({
    check: z.string(),
    severity: z.enum(SEVERITIES),
    message: z.string().openapi({ description: 'one sentence, in English' }),
    template: TemplateView.optional(),
    start: z.number().int().optional(),
    end: z.number().int().optional(),
    /** What mends it: `text` in place of what stands between the offsets of the target. */
    fix: z.object({ start: z.number().int(), end: z.number().int(), text: z.string() }).optional(),
  })
  .openapi('Finding')
export type FindingView = z.infer<typeof FindingView>

export const VerdictView = z
  .object({
    conceptId: z.string(),
    status: z.enum(['ok', 'variant', 'missing', 'forbidden', 'waived']),
    hard: z.boolean(),
    sourceStart: z.number().int(),
    sourceEnd: z.number().int(),
    targetStart: z.number().int().optional(),
    targetEnd: z.number().int().optional(),
    expected: z.array(z.string()),
    definition: z.string(),
    reason: z.string().optional(),
    waivedBy: z.string().optional(),
  })
  .openapi('Verdict')
export type VerdictView = z.infer<typeof VerdictView>

export const SegmentView = z
  .object({
    /** For the `/api/segments/{id}` routes. */
    id: z.string(),
    /** `u3-s2`, as in the XLIFF. */
    name: z.string(),
    unitKind: z.string(),
    source: z.string(),
    codes: z.array(CodeView),
    /** null: untranslated. Its version is then 0 in `If-Match`. */
    target: TargetView.nullable(),
    verdicts: z.array(VerdictView),
    findings: z.array(FindingView),
    /** An error finding or a hard term stands against approval. */
    blocked: z.boolean(),
    /** The last rejection since the last change, if any. */
    rejection: z.object({ category: z.string(), note: z.string(), by: z.string() }).nullable(),
    /** What it was before the source changed; null: the same, or there was nothing. */
    revised: z
      .object({
        fate: z.enum(['edited', 'split', 'merged']),
        /** How similar the sources are, 0 to 100. */
        score: z.number().int(),
        revision: z.number().int(),
        source: z.string(),
        target: z.string().nullable(),
        by: z.string(),
        /** What changed in the source, word by word. */
        diff: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
      })
      .nullable(),
    /** Texts that came back in files while somebody else changed this one, oldest first. */
    conflicts: z.array(
      z.object({
        id: z.string(),
        /** What the file's export contained; null: nothing. */
        base: z.string().nullable(),
        text: z.string(),
        by: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  })
  .openapi('Segment')
export type SegmentView = z.infer<typeof SegmentView>

export const SegmentPage = z
  .object({ segments: z.array(SegmentView), nextCursor: z.string().nullable() })
  .openapi('SegmentPage')
export type SegmentPage = z.infer<typeof SegmentPage>

export const HistoryEntry = z
  .object({
    version: z.number().int(),
    text: z.string(),
    state: z.enum(TARGET_STATES),
    origin: z.enum(TARGET_ORIGINS),
    by: z.string(),
    action: z.string().openapi({ description: 'translate, edit, approve, reject, return, waive …' }),
    note: z.string(),
    at: z.iso.datetime(),
  })
  .openapi('HistoryEntry')
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const REJECTION_CATEGORIES = ['accuracy', 'terminology', 'style', 'grammar', 'locale'] as const
export const ResolveConflict = z
  .object({ text: z.string().min(1).max(100_000).openapi({ description: 'what is to stand' }) })
  .openapi('ResolveConflict')
export const SaveTarget = z.object({ text: z.string().max(100_000) }).openapi('SaveTarget')
export const Reject = z
  .object({ category: z.enum(REJECTION_CATEGORIES), note: z.string().max(2000).default('') })
  .openapi('Reject')
export const Waive = z
  .object({ conceptId: z.string().min(1).max(200), reason: z.string().trim().min(3).max(2000) })
  .openapi('Waive')

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    place: z
      .object({
        file: z.string().optional(),
        line: z.number().int().optional(),
        column: z.number().int().optional(),
        segment: z.string().optional(),
      })
      .optional(),
  })
  .loose()
  .openapi('Problem')
export type Problem = z.infer<typeof Problem>

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
    createdAt: z.iso.datetime(),
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
  })
  .openapi('Target')
export type TargetView = z.infer<typeof TargetView>

export const FindingView = z
  .object({
    check: z.string(),
    severity: z.enum(SEVERITIES),
    message: z.string(),
    start: z.number().int().optional(),
    end: z.number().int().optional(),
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

export const MergeOutcome = z
  .object({
    /** `u3-s2`. */
    segment: z.string(),
    outcome: z.string().openapi({ description: 'taken, unchanged, same, keep-current, conflict, skipped' }),
    reason: z.string().optional(),
    base: z.string().optional(),
    current: z.string().optional(),
    returned: z.string().optional(),
  })
  .openapi('MergeOutcome')

export const MergeReportView = z
  .object({
    documentId: z.string(),
    locale: z.string(),
    dryRun: z.boolean(),
    counts: z.record(z.string(), z.number().int()),
    outcomes: z.array(MergeOutcome),
    /** Set when this very file came back before: nothing of it is done again. */
    before: z.object({ at: z.iso.datetime(), by: z.string() }).nullable(),
    /** What was passed over in the file. */
    warnings: z.array(z.object({ message: z.string(), line: z.number().int(), column: z.number().int() })),
  })
  .openapi('MergeReport')
export type MergeReportView = z.infer<typeof MergeReportView>

export const ArticlePreview = z
  .object({
    title: z.string(),
    byline: z.string().nullable(),
    publishedAt: z.string().nullable(),
    language: z.string().nullable(),
    words: z.number().int(),
    /** The article as it would be queued: the page's own mark-up, to be shown as text, not as a page. */
    html: z.string(),
    leftOut: z.array(z.object({ what: z.string(), text: z.string() })),
    wholePage: z.boolean().openapi({
      description: 'it looks like a page of the web, with menus and the like, not like an article by itself',
    }),
  })
  .openapi('ArticlePreview')
export type ArticlePreview = z.infer<typeof ArticlePreview>

export const SessionView = z
  .object({
    name: z.string(),
    role: z.string(),
    /** Empty: every locale. */
    locales: z.array(z.string()),
    edition: z.array(z.string()).openapi({ description: 'the default source and target locales' }),
    /** Engines in use, for people: `["deepl"]`; empty with the plain sentence in `engineNotice`. */
    engines: z.array(z.string()),
    engineNotice: z.string().nullable(),
    permissions: z.array(z.string()),
    /** Formats that can be sent. */
    formats: z.array(
      z.object({ format: z.enum(FORMATS), label: z.string(), extensions: z.array(z.string()) }),
    ),
  })
  .openapi('Session')
export type SessionView = z.infer<typeof SessionView>

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

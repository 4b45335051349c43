import { z } from '@hono/zod-openapi'
import { FORMATS } from '../domain/document.ts'

/** Who is signed in, and what this server can do for them. */
export const SessionView = z
  .object({
    name: z.string(),
    /** The widest of the roles. */
    role: z.string(),
    /** Where that role holds. Empty: every locale. */
    locales: z.array(z.string()),
    /** Null: a token that belongs to no person. */
    personId: z.string().nullable(),
    /** What is allowed where: a permission holds where one of these has it. */
    grants: z.array(
      z.object({
        role: z.string(),
        permissions: z.array(z.string()),
        locales: z.array(z.string()).openapi({ description: 'empty: every locale' }),
        documentId: z.string().nullable().openapi({ description: 'null: every document' }),
      }),
    ),
    edition: z.array(z.string()).openapi({ description: 'the default source and target locales' }),
    /** Engines in use, for people: `["deepl"]`; empty with the plain sentence in `engineNotice`. */
    engines: z.array(z.string()),
    engineNotice: z.string().nullable(),
    /** Whatever is allowed somewhere. */
    permissions: z.array(z.string()),
    /** Formats that can be sent. */
    formats: z.array(
      z.object({ format: z.enum(FORMATS), label: z.string(), extensions: z.array(z.string()) }),
    ),
  })
  .openapi('Session')
export type SessionView = z.infer<typeof SessionView>

import { z } from '@hono/zod-openapi'
import { FORMATS } from '../domain/document.ts'

/** Who is signed in, and what this server can do for them. */
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

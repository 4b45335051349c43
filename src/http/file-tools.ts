import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { CONVERT_FORMS, convert } from '../exchange/convert/convert.ts'
import { countLosses } from '../exchange/convert/losses.ts'
import { validateXliff } from '../exchange/validate/validate-xliff.ts'
import { XLIFF_PROFILES } from '../exchange/xliff-profile.ts'
import { decodeXml } from '../xml/encoding.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { ConvertedFile, ValidationView } from './file-schemas.ts'
import { errorResponses, json } from './responses.ts'

const Upload = z.custom<File>((value) => value instanceof File, 'send the file in the field “file”')
const ValidateForm = z.object({ file: Upload.openapi({ type: 'string', format: 'binary' }) })
const ConvertForm = ValidateForm.extend({
  form: z.enum(CONVERT_FORMS),
  /** For files that do not name their languages or have several. */
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  profile: z.enum(XLIFF_PROFILES).default('default'),
})

/** What can be asked about an exchange file without giving it to a document. Nothing of it is kept. */
export function fileToolRoutes(_: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'post',
      path: '/validate',
      summary: 'Every violation of the XLIFF specification in a file',
      request: { body: { required: true, content: { 'multipart/form-data': { schema: ValidateForm } } } },
      responses: { 200: json(ValidationView, 'what was found'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { file } = c.req.valid('form')
      const { text } = decodeXml(new Uint8Array(await file.arrayBuffer()), file.name)
      const { version, conformance, violations } = validateXliff(text)
      return c.json(
        {
          file: file.name,
          valid: violations.length === 0,
          version: version ?? null,
          conformance: conformance ?? null,
          violations: [...violations],
        },
        200,
      )
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/convert',
      summary: 'XLIFF, TMX, TBX and glossary lists into each other; says what got lost',
      request: { body: { required: true, content: { 'multipart/form-data': { schema: ConvertForm } } } },
      responses: { 200: json(ConvertedFile, 'the new file'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { file, form, from, to, profile } = c.req.valid('form')
      const losses = countLosses()
      const wish = {
        file: file.name,
        form,
        profile,
        ...(from === undefined ? {} : { sourceLocale: parseLocale(from) }),
        ...(to === undefined ? {} : { targetLocale: parseLocale(to) }),
      }
      const pieces: string[] = []
      let length = 0
      for await (const piece of convert(() => file.stream(), wish, losses)) {
        length += piece.length
        if (length > MOST_CHARACTERS) {
          throw new DomainError(
            'too-large',
            'the new file would be too large for an answer: use talmach convert',
          )
        }
        pieces.push(piece)
      }
      return c.json({ form, losses: [...losses.sentences()], content: pieces.join('') }, 200)
    },
  )
  return router
}

const MOST_CHARACTERS = 64 * 1024 * 1024

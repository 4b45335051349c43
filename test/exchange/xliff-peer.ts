import { createRequire } from 'node:module'
import { z } from 'zod'
import type { InlineCode } from '../../src/domain/document.ts'
import { layOutInline } from '../../src/exchange/xliff-inline-write.ts'
import type { ExchangeFile } from '../../src/exchange/xliff-model.ts'

/**
 * npm `xliff` as an independent reader of what we write. It is no validator, drops white space between codes
 * and everything of a segment but its texts, so it is asked for those alone.
 */
const read = z.custom<(text: string) => Promise<unknown>>((value) => typeof value === 'function')
const { xliff12ToJs, xliff2js } = z
  .object({ xliff12ToJs: read, xliff2js: read })
  .parse(createRequire(import.meta.url)('xliff'))

const parsed = z.object({
  resources: z.record(
    z.string(),
    z.record(z.string(), z.object({ source: z.unknown(), target: z.unknown().optional() }).loose()),
  ),
})

export type PlainTexts = Readonly<Record<string, { source: string; target: string | undefined }>>

/** Texts of all units by id, codes as `⟦1⟧…⟦/1⟧` and `⟦2/⟧`, as npm xliff reads them. */
export async function peerTexts(text: string, version: '1.2' | '2.0' | '2.1'): Promise<PlainTexts> {
  const { resources } = parsed.parse(await (version === '1.2' ? xliff12ToJs : xliff2js)(text))
  const units = Object.entries(Object.values(resources)[0] ?? {}).filter(([id]) => !id.startsWith('_'))
  return Object.fromEntries(
    units.map(([id, { source, target }]) => [
      id,
      { source: flat(source), target: target === undefined ? undefined : flat(target) },
    ]),
  )
}

const attributes = z.object({
  id: z.string().optional(),
  startRef: z.string().optional(),
  contents: z.unknown().optional(),
})

function flat(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(flat).join('')
  const [type = '', element] = Object.entries(z.record(z.string(), z.unknown()).parse(value))[0] ?? []
  const { id, startRef, contents } = attributes.parse(element)
  if (type === 'GenericSpan' || type === 'Span') return `⟦${id}⟧${flat(contents)}⟦/${id}⟧`
  // Half a pair has an id of its own in a target: `1_t` for 1.
  return `⟦${id?.replace(/_t$/, '') ?? startRef}/⟧`
}

/** The same of the file that was written. */
export function ourTexts(file: ExchangeFile, version: '1.2' | '2.0' | '2.1'): PlainTexts {
  return Object.fromEntries(
    file.segments.map(({ segment, target }) => {
      const source = ours(segment.text, segment.codes, version)
      const copy = version === '1.2' ? source : undefined
      const translation = target === undefined ? copy : ours(target.text, segment.codes, version)
      return [segment.id, { source, target: translation }]
    }),
  )
}

function ours(text: string, codes: readonly InlineCode[], version: '1.2' | '2.0' | '2.1'): string {
  return layOutInline(text, codes)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text
      if (piece.kind === 'start') return `⟦${piece.id}⟧`
      if (piece.kind === 'end') return `⟦/${piece.id}⟧`
      const id = piece.kind === 'span-end' && version !== '1.2' ? piece.startId : piece.id
      return `⟦${id}/⟧`
    })
    .join('')
}

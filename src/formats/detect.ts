import { type Format, parseFormat } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { ADAPTERS } from './adapters.ts'

/** What `detectFormat` may look at; the more is given the surer the answer. */
export type FormatHints = {
  readonly name?: string
  readonly contentType?: string
  readonly bytes?: Uint8Array
}

const ALL = Object.entries(ADAPTERS).map(([format, adapter]) => ({ ...adapter, format: parseFormat(format) }))

/** For messages: what the formats are called and how their files end. */
export const READABLE_FORMATS = ALL.map(
  ({ label, extensions }) => `${label} (${extensions.map((extension) => `.${extension}`).join(', ')})`,
).join(', ')

const BY_EXTENSION: ReadonlyMap<string, Format> = new Map(
  ALL.flatMap(({ format, extensions }) => extensions.map((extension) => [extension, format] as const)),
)

const BY_MEDIA_TYPE: ReadonlyMap<string, Format> = new Map(
  ALL.flatMap(({ format, mediaTypes }) => mediaTypes.map((mediaType) => [mediaType, format] as const)).filter(
    ([mediaType]) => mediaType !== 'text/plain',
  ),
)

/** Media types that say nothing about the format: the content decides. */
const UNTELLING = new Set(['', 'text/plain', 'application/octet-stream', 'binary/octet-stream'])

/**
 * The format of a document: by the extension of its name, else by its media type, else by the first 4 KiB of
 * its content (HTML that starts with mark-up, Markdown with front matter or a heading, otherwise plain text).
 *
 * @param input `name` may be a path or a URL's last part; `contentType` may carry parameters
 * @throws DomainError `unsupported-format`, with the formats that can be read
 */
export function detectFormat(input: FormatHints): Format {
  const extension = extensionOf(input.name ?? '')
  const named = BY_EXTENSION.get(extension)
  if (named !== undefined) return named
  const mediaType = (input.contentType ?? '').split(';', 1).join('').trim().toLowerCase()
  const declared = BY_MEDIA_TYPE.get(mediaType)
  if (declared !== undefined) return declared
  if (extension !== '' && mediaType !== 'text/plain') throw unsupported(`“.${extension}” files`, input)
  if (!UNTELLING.has(mediaType)) throw unsupported(mediaType, input)
  if (input.bytes === undefined) {
    if (mediaType === 'text/plain') return 'text'
    throw unsupported('a document without a name or a media type', input)
  }
  return sniffFormat(input.bytes, input)
}

function sniffFormat(bytes: Uint8Array, input: FormatHints): Format {
  // Latin-1 never fails, and every sign that is looked for is ASCII in all encodings but UTF-16.
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  if (!utf16 && (head.includes('\0') || head.startsWith('%PDF') || head.startsWith('PK\u0003\u0004'))) {
    throw unsupported('binary content', input)
  }
  const text = (utf16 ? head.replaceAll('\0', '').slice(2) : head).replace(/^(?:ï»¿)?\s*/, '')
  if (
    /^(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,500}-->\s{0,200})?<(?:[a-z0-9]{1,20}:)?xliff[\s>]/i.test(
      text,
    )
  )
    return 'xliff'
  if (/^<(?:!doctype|!--|\?xml|[a-z][a-z0-9-]*[\s/>])/i.test(text)) return 'html'
  if (/^(?:---[ \t]*\r?\n|#{1,6} )/.test(text) || /\]\([^)\s]{1,200}\)/.test(text)) return 'markdown'
  return 'text'
}

/** Lower case, without the dot; empty for no extension, a hidden file, or an ending that is no file type. */
function extensionOf(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const dot = base.lastIndexOf('.')
  const extension = dot <= 0 ? '' : base.slice(dot + 1).toLowerCase()
  return /^[a-z0-9]{1,10}$/.test(extension) ? extension : ''
}

function unsupported(what: string, input: FormatHints): DomainError {
  const place = input.name === undefined ? {} : { place: { file: input.name } }
  return new DomainError('unsupported-format', `cannot read ${what}; give ${READABLE_FORMATS}`, place)
}

import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'

/** Shorter answers gain nothing. */
const WORTH_IT = 1024
/** Longer ones are sent as they are: a level that helps would hold a thread for too long. */
const TOO_LONG = 16 * 1024 * 1024
/** Everything else (ZIP, DOCX, ODT) is compressed already. */
const COMPRESSIBLE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b)/

/**
 * How an answer is encoded (RFC 9110, 12.5.3): Brotli or gzip, whichever is wanted more, Brotli of equals; undefined: not
 * at all.
 */
export function chooseEncoding(
  accept: string | undefined,
  type: string,
  length: number,
): Encoding | undefined {
  if (accept === undefined || length < WORTH_IT || length > TOO_LONG || !COMPRESSIBLE.test(type)) {
    return undefined
  }
  const wishes = new Map(
    accept
      .slice(0, 1000)
      .toLowerCase()
      .split(',')
      .map((wish) => {
        const [name = '', parameter = ''] = wish.split(';').map((part) => part.trim())
        return [name, parameter.startsWith('q=') ? Number(parameter.slice(2)) : 1] as const
      }),
  )
  const wish = (name: string) => wishes.get(name) ?? wishes.get('*') ?? 0
  const [br, zipped] = [wish('br'), Math.max(wish('gzip'), wishes.get('x-gzip') ?? 0)]
  if (br > 0 && br >= zipped) return 'br'
  return zipped > 0 ? 'gzip' : undefined
}

const packBrotli = promisify(brotliCompress)
const packGzip = promisify(gzip)

/** The same bytes give the same bytes: neither writes a time into them. */
export async function encode(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'gzip') return packGzip(bytes, { level: 6 })
  return packBrotli(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
}

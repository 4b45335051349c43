/** How full a request may get. */
export type PackingLimits = {
  readonly maxTexts: number
  readonly maxBytes: number
  /** Bytes at which a request counts as full, so that something else finds room beside the texts. */
  readonly fillBytes?: number
}

export type Packing = {
  /** Indexes of the texts, in order, request by request. */
  readonly batches: readonly (readonly number[])[]
  /** Indexes of texts that no request can hold. */
  readonly tooLarge: readonly number[]
}

/**
 * Packs texts into requests, in order: a request is full when the next text would pass either limit.
 * A text between `fillBytes` and `maxBytes` gets a request of its own.
 * @param sizes bytes of each text as the engine's wire format encodes it
 */
export function packTexts(sizes: readonly number[], limits: PackingLimits): Packing {
  const batches: number[][] = []
  const tooLarge: number[] = []
  let batch: number[] = []
  let bytes = 0
  const fill = limits.fillBytes ?? limits.maxBytes
  for (const [index, size] of sizes.entries()) {
    if (size > limits.maxBytes) {
      tooLarge.push(index)
      continue
    }
    if (batch.length > 0 && (batch.length >= limits.maxTexts || bytes + size > fill)) {
      batches.push(batch)
      batch = []
      bytes = 0
    }
    batch.push(index)
    bytes += size
  }
  if (batch.length > 0) batches.push(batch)
  return { batches, tooLarge }
}

/**
 * The neighbouring texts of one request, joined by line feeds, each once, as many from the front as fit.
 * @param maxBytes what the joined text may take, measured by `sizeOf`
 * @returns undefined when nothing fits or there is nothing
 */
export function joinContexts(
  contexts: readonly (string | undefined)[],
  maxBytes: number,
  sizeOf: (text: string) => number,
): string | undefined {
  const kept: string[] = []
  let bytes = 0
  for (const context of new Set(contexts)) {
    if (context === undefined || context === '') continue
    const size = sizeOf(`${context}\n`)
    if (bytes + size > maxBytes) break
    kept.push(context)
    bytes += size
  }
  return kept.length === 0 ? undefined : kept.join('\n')
}

/**
 * Length of `text` as a value in an `application/x-www-form-urlencoded` body, in bytes. A Cyrillic letter
 * (two UTF-8 bytes) takes six. Source: WHATWG URL §5.2, application/x-www-form-urlencoded serializing.
 */
export function formEncodedLength(text: string): number {
  return new URLSearchParams([['', text]]).toString().length - 1
}

/** One breach of the XLIFF specification (or of XML itself). */
export type Violation = {
  /** 1-based, of the element or of the attribute's value. */
  readonly line: number
  readonly column: number
  /** Where the specification says it: `XLIFF 2.1 §4.3.1.21`, `XLIFF 1.2 §3.2.3`, `XML 1.0`. */
  readonly rule: string
  /** One sentence for a translator. */
  readonly message: string
}

/** Takes a breach found at an offset (UTF-16 code units of the text). */
export type Report = (at: { readonly start: number }, rule: string, message: string) => void

/** Longest piece of a file that is repeated in a message. */
const QUOTED = 60
/** Longest message. */
const SHOWN = 500

/** A value from the file, as messages show it: between quotation marks, cut when long. */
export function quoted(value: string): string {
  return `“${cut(value, QUOTED)}”`
}

/** Names in a file have no end either. */
function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/**
 * Gathers breaches and gives them lines and columns.
 * @param text the whole decoded file
 */
export function collectViolations(text: string): {
  readonly report: Report
  /** In the order of the file; the same breach at the same place once. */
  readonly violations: () => readonly Violation[]
} {
  const found: { readonly at: number; readonly rule: string; readonly message: string }[] = []
  return {
    report: ({ start }, rule, message) => {
      found.push({ at: start, rule, message: cut(message, SHOWN) })
    },
    violations: () => {
      const ordered = found.toSorted((one, other) => one.at - other.at)
      const result: Violation[] = []
      const seen = new Set<string>()
      let line = 1
      let lineStart = 0
      let at = 0
      for (const { at: offset, rule, message } of ordered) {
        for (; at < offset; at++) {
          const code = text.charCodeAt(at)
          if (code !== 0x0a && !(code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) continue
          line++
          lineStart = at + 1
        }
        const key = `${offset}\n${message}`
        if (seen.has(key)) continue
        seen.add(key)
        result.push({ line, column: offset - lineStart + 1, rule, message })
      }
      return result
    },
  }
}

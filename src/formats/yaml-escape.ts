import { parse } from 'yaml'
import type { Surroundings } from './render.ts'
import { decodeFlow } from './yaml-scalars.ts'

/**
 * Plain text as it must stand in a YAML scalar of a given style. A line break is an escape in double quotes, an
 * empty line where lines are folded, and a line with its indentation in a literal block.
 *
 * @param mode `yaml-plain`, `yaml-plain-flow`, `yaml-double`, and with the indentation of further lines
 * `yaml-single 4`, `yaml-literal 4`, `yaml-folded 4`; ` crlf` behind it for escaped line ends of two characters
 */
export function escapeYaml(text: string, mode: string, around: Surroundings): string {
  const [style = '', argument = ''] = mode.split(' ')
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
  const lines = text.replace(/\r\n?/g, '\n')
  const indent = ' '.repeat(Number(argument) || 0)
  switch (style) {
    case 'yaml-double':
      return quoteDouble(mode.endsWith(' crlf') ? lines.replaceAll('\n', '\r\n') : lines)
    case 'yaml-single': {
      const quoted = lines.replaceAll("'", "''")
      return argument === '' ? quoted.replace(/\n+/g, ' ') : foldLines(quoted, newline, indent)
    }
    case 'yaml-literal':
      return writeLines(around.lineStart ? trimStart(lines) : lines, newline, indent)
    case 'yaml-folded':
      return foldLines(around.lineStart ? trimStart(lines) : lines, newline, indent)
    default:
      return lines.replace(/\n+/g, (breaks) => `\n${breaks}`)
  }
}

/** See `Flavour.finish`: a plain scalar gets quotes when its translation needs them. */
export function finishYaml(mode: string): ((rendered: string) => string) | undefined {
  const [style] = mode.split(' ')
  if (style === 'yaml-plain') return (rendered) => quoteScalar(rendered, false)
  return style === 'yaml-plain-flow' ? (rendered) => quoteScalar(rendered, true) : undefined
}

/**
 * A plain scalar as it stands, or in double quotes where it would else be read as something else, by YAML 1.1
 * (`no`, `on`, dates) as well.
 *
 * @param rendered the scalar as it would be written, on one line or with the line breaks that it had
 * @param flow it stands in `[…]` or `{…}`
 */
export function quoteScalar(rendered: string, flow = false): string {
  if (SURELY_PLAIN.test(rendered) && !OTHER_TYPES.test(rendered)) return rendered
  const { text } = decodeFlow(rendered, 0, rendered.length, 'scalar')
  if (!OTHER_TYPES.test(text) && !/\n(?![ \t\r\n])/.test(rendered) && readsAs(rendered, text, flow)) {
    return rendered
  }
  return `"${quoteDouble(text)}"`
}

/** What YAML 1.1 takes for no string. Digits first: dates, times, numbers in base 60. */
const OTHER_TYPES = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+.]?\d[\d_:., T+-]{0,40}Z?|---.*|\.\.\..*)$/i

/** Words that are a string in every place and version; spares a parser run for most texts. */
const SURELY_PLAIN = /^\p{L}(?:[\p{L}\p{M}\p{N} .!?…“”„«»’'()%/–—-]*[\p{L}\p{M}\p{N}.!?…”»)%])?$/u

function readsAs(rendered: string, text: string, flow: boolean): boolean {
  try {
    const read: unknown = parse(flow ? `[${rendered}]` : `key: ${rendered}`, { logLevel: 'silent' })
    if (flow) return Array.isArray(read) && read.length === 1 && read[0] === text
    const entries = typeof read === 'object' && read !== null ? Object.entries(read) : []
    return entries.length === 1 && entries[0]?.[0] === 'key' && entries[0][1] === text
  } catch {
    return false
  }
}

/** JSON's escapes are YAML's too; what is not printable (YAML 1.2.2, 5.1) or breaks lines is added. */
function quoteDouble(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(
      /[\x7f-\x9f\u2028\u2029\ufeff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}

function writeLines(text: string, newline: string, indent: string): string {
  const lines = text.split('\n')
  const last = lines.length - 1
  return lines
    .map((line, index) => (index === 0 ? line : `${line === '' && index < last ? '' : indent}${line}`))
    .join(newline)
}

/** One more line break than is meant, and no white space that would say something else around it. */
function foldLines(text: string, newline: string, indent: string): string {
  const lines = text.split('\n')
  if (lines.length === 1) return text
  let folded = lines[0] ?? ''
  let breaks = 0
  for (const line of lines.slice(1)) {
    breaks++
    const words = trimStart(line)
    if (words === '') continue
    folded += newline.repeat(breaks + 1) + indent + words
    breaks = 0
  }
  return breaks === 0 ? folded : folded + newline.repeat(breaks + 1) + indent
}

function trimStart(text: string): string {
  return text.replace(/^[ \t]+/, '')
}

import { DomainError } from '../domain/errors.ts'
import { BLOCK_ELEMENTS } from './html-elements.ts'

const DEEPEST_NESTING = 100
const LONGEST_RULE = 1000
/** Sum over all paragraphs of (lines and characters that may be mark-up) squared; some seconds of parsing. */
const MOST_WORK = 200_000_000

/**
 * Refuses what micromark needs quadratic (or worse) time for: a line that opens more than 100 quotations or
 * lists, and paragraphs of many thousand lines, emphasis marks and brackets. Linear in the size of the document.
 *
 * @throws DomainError `invalid-input` with the line
 */
export function refuseExcess(source: string, file?: string): void {
  let work = 0
  let marks = 0
  let counted = true
  let fence = ''
  let itemIndent = 0
  let line = 0
  const finishBlock = (): void => {
    if (counted) work += marks * marks
    marks = 0
    if (work > MOST_WORK) {
      throw new DomainError('invalid-input', 'a paragraph here has too many mark-up characters; split it', {
        place: { ...(file && { file }), line, column: 1 },
      })
    }
  }
  let start = 0
  while (start < source.length) {
    const end = endOfLine(source, start)
    line++
    const head = readHead(source, start, end)
    if (head.containers > DEEPEST_NESTING) {
      throw new DomainError(
        'invalid-input',
        `more than ${DEEPEST_NESTING} quotations or lists in one another`,
        {
          place: { ...(file && { file }), line, column: 1 },
        },
      )
    }
    const opensFence = source.startsWith('```', head.end) || source.startsWith('~~~', head.end)
    if (opensFence && (fence === '' || source.startsWith(fence, head.end))) {
      finishBlock()
      fence = fence === '' ? source.slice(head.end, head.end + 3) : ''
    } else if (head.end === end) {
      finishBlock()
      itemIndent = head.indent
    } else if (fence === '') {
      const item = head.listItem && head.indent <= itemIndent + 3
      if (item) itemIndent = head.contentIndent
      if (item || marks === 0) {
        finishBlock()
        counted = !startsHtmlBlock(source, head.end)
      }
      marks += 1 + countMarks(source, head.end, end)
    }
    start = end + 1
  }
  finishBlock()
}

type Head = {
  /** Offset of the first character behind indentation and container marks. */
  readonly end: number
  readonly containers: number
  readonly indent: number
  readonly contentIndent: number
  readonly listItem: boolean
}

function readHead(source: string, start: number, end: number): Head {
  let at = start
  let containers = 0
  let indent = -1
  let listItem = false
  let rule = true // `* * *` nests nothing
  let sign = ''
  for (; at < end; at++) {
    const character = source.charAt(at)
    if (character === ' ' || character === '\t' || character === '\r') continue
    const next = source.charAt(at + 1)
    const spaced = next === ' ' || next === '\t' || at + 1 >= end
    if (character === '>') rule = false
    else if ((character === '-' || character === '+' || character === '*') && spaced) {
      if (indent === -1) indent = at - start
      listItem = true
    } else if (character >= '0' && character <= '9') {
      let digits = at
      while (digits < end && digits - at < 9 && /[0-9]/.test(source.charAt(digits))) digits++
      if (!/[.)]/.test(source.charAt(digits)) || !/[ \t]?/.test(source.charAt(digits + 1))) break
      if (indent === -1) indent = at - start
      listItem = true
      rule = false
      at = digits
    } else break
    if (sign !== '' && sign !== character) rule = false
    sign = character
    containers++
  }
  if (at >= end && rule && containers < LONGEST_RULE) containers = 1
  return { end: at, containers, indent: Math.max(indent, 0), contentIndent: at - start, listItem }
}

function endOfLine(source: string, start: number): number {
  const lf = source.indexOf('\n', start)
  return lf === -1 ? source.length : lf
}

function countMarks(source: string, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if (MARKS.has(source.charCodeAt(at))) count++
  return count
}

const MARKS = new Set([...'*_~[]`!<&\\'].map((character) => character.charCodeAt(0)))

/** HTML blocks (CommonMark 4.6, kind 6) hold no Markdown. */
function startsHtmlBlock(source: string, at: number): boolean {
  if (source.charAt(at) !== '<') return false
  const name = /^<\/?([a-z][a-z0-9]*|!--)/i.exec(source.slice(at, at + 20))?.[1]?.toLowerCase()
  return (
    name === '!--' ||
    name === 'script' ||
    name === 'style' ||
    (name !== undefined && BLOCK_ELEMENTS.has(name))
  )
}

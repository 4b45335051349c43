import type { Block, Span } from '../domain/block.ts'
import { type BlockTable, gatherTables } from './block-table.ts'
import { escapeLineStart, escapeMarkdown } from './block-text.ts'

const MARKS = {
  headline: ['# ', '  '],
  subheading: ['## ', '   '],
  standfirst: ['', ''],
  paragraph: ['', ''],
  'list-item': ['- ', '  '],
  quotation: ['> ', '> '],
  'table-cell': ['', ''],
  caption: ['', ''],
  image: ['', ''],
} as const

/** Blocks as CommonMark with the tables of GFM. */
export function renderMarkdown(blocks: readonly Block[]): string {
  let text = ''
  let last: Block | undefined
  for (const block of gatherTables(blocks)) {
    if ('rows' in block) {
      text += `${text === '' ? '' : '\n'}${tableMarkdown(block)}`
      last = block.rows.at(-1)?.at(-1)
      continue
    }
    const tight = last?.kind === 'list-item' && block.kind === 'list-item'
    if (last !== undefined) text += tight ? '' : '\n'
    const [first, next] = MARKS[block.kind]
    const heading = block.kind === 'headline' || block.kind === 'subheading'
    const written = spansMarkdown(block.spans).split('\n')
    const lines = written.filter((line) => line.trim() !== '').map(escapeLineStart)
    if (block.kind === 'image') lines.splice(0, lines.length, `\\[${lines.join(' ')}\\]`)
    // A heading is one line; elsewhere a backslash at the end breaks it.
    text += `${first}${lines.join(heading ? ' ' : `\\\n${next}`)}\n`
    last = block
  }
  return text
}

/** GFM 0.29, 4.10: the first row is the head, and no row may have more cells than it. */
function tableMarkdown({ rows }: BlockTable): string {
  const width = Math.max(...rows.map((row) => row.length))
  const lines = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, at) =>
      spansMarkdown(row[at]?.spans ?? [])
        .replace(/\s+/g, ' ')
        .trim(),
    )
    return `| ${cells.join(' | ')} |\n`
  })
  const [head = '', ...body] = lines
  return `${head}|${' --- |'.repeat(width)}\n${body.join('')}`
}

/** Spans in a row; a later one depends on what it stands behind. */
function spansMarkdown(spans: readonly Span[]): string {
  let text = ''
  for (const [index, span] of spans.entries()) {
    const after = spans[index + 1]?.text.charAt(0) ?? ''
    text += spanMarkdown(span, text.slice(-1), after)
  }
  return text
}

/**
 * Emphasis must touch its words: the spaces at its ends go outside. Where it would not be read as emphasis (CommonMark
 * 0.31, 6.2, flanking) it is left out, for the words matter more.
 */
function spanMarkdown(span: Span, before: string, after: string): string {
  const inner = span.text.trim()
  if (inner === '') return span.text
  const lead = span.text.slice(0, span.text.length - span.text.trimStart().length)
  const trail = span.text.slice(span.text.trimEnd().length)
  const opens = WORD_START.test(inner) || lead !== '' || before === '' || /\s/.test(before)
  const closes = WORD_END.test(inner) || trail !== '' || after === '' || /\s/.test(after)
  const marked = opens && closes && !(lead === '' && before === '*')
  const code = span.code === true && !inner.includes('`')
  let text = code ? `\`${inner.replaceAll('\n', ' ')}\`` : escapeMarkdown(inner)
  if (span.em && marked) text = `*${text}*`
  if (span.strong && marked) text = `**${text}**`
  if (span.href !== undefined) text = `[${text}](<${escapeAddress(span.href)}>)`
  return lead + text + trail
}

const WORD_START = /^[\p{L}\p{N}]/u
const WORD_END = /[\p{L}\p{N}]$/u

function escapeAddress(href: string): string {
  return href.replace(/[<>\n\\]/g, encodeURIComponent).replace(/&(?=#?\w{1,32};)/g, '&amp;')
}

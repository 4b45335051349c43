/**
 * A finished article without its format: blocks in their order, for sites that want only the content. Kept with what
 * is published, so that a rendering never shows more than the document itself.
 */
export const BLOCK_KINDS = [
  'headline', // of the article: the first
  'subheading',
  'standfirst',
  'paragraph',
  'list-item',
  'quotation',
  'table-cell',
  'caption',
  'image', // its description: the picture itself stays in the document
] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/** A run of text with one look. A `\n` in it is a line break. */
export type Span = {
  readonly text: string
  readonly strong?: true
  readonly em?: true
  readonly code?: true
  /** Where it leads: an absolute http, https or mailto address. */
  readonly href?: string
}

export type Block = {
  readonly kind: BlockKind
  readonly spans: readonly Span[]
  /** Of a table cell: the first of its table or of its row. */
  readonly starts?: 'table' | 'row'
}

/** The words of a block. */
export function blockText(block: Block): string {
  return block.spans
    .map(({ text }) => text)
    .join('')
    .trim()
}

/** The article's title: its headline, or else the beginning of its first block; undefined when it has no words. */
export function titleOf(blocks: readonly Block[]): string | undefined {
  const headline = blocks.find(({ kind }) => kind === 'headline') ?? blocks[0]
  const text = headline === undefined ? '' : blockText(headline).replaceAll('\n', ' ')
  if (text === '') return undefined
  const characters = [...text]
  return characters.length <= MAX_TITLE ? text : `${characters.slice(0, MAX_TITLE - 1).join('')}…`
}

const MAX_TITLE = 200

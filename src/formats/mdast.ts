import type { fromMarkdown } from 'mdast-util-from-markdown'

/** The nodes of a Markdown tree, as the parser's own types name them. */
export type Root = ReturnType<typeof fromMarkdown>
type Content = Root['children'][number]
/** As `yaml` of the same package, which has no type for it. */
type Toml = Omit<Extract<Content, { type: 'yaml' }>, 'type'> & { readonly type: 'toml' }
export type Node = Root | Content | Toml
export type Parent = Extract<Node, { children: unknown }>
export type Paragraph = Extract<Content, { type: 'paragraph' }>
export type Heading = Extract<Content, { type: 'heading' }>
export type TableCell = Extract<Content, { type: 'tableCell' }>
export type Html = Extract<Content, { type: 'html' }>
export type Phrasing = Paragraph['children'][number]

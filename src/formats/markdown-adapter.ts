import type { Adapter } from './adapter.ts'
import { readMarkdown } from './markdown.ts'
import { escapeMarkdown, finishMarkdown, rewriteReference } from './markdown-escape.ts'

/** Markdown and MDX. What is and is not translated is said in docs/formats/markdown.md. */
export const markdownAdapter: Adapter = {
  label: 'Markdown',
  extensions: ['md', 'markdown', 'mdown', 'mkd', 'mdx'],
  mediaTypes: ['text/markdown', 'text/x-markdown', 'text/mdx'],
  read: (source, { file, settings }) => readMarkdown(source, file, settings),
  flavour: { escape: escapeMarkdown, finish: finishMarkdown, rewriteCode: rewriteReference },
}

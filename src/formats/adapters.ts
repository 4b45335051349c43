import type { Format } from '../domain/document.ts'
import type { Adapter } from './adapter.ts'
import { readHtml } from './html.ts'
import { escapeHtml } from './html-text.ts'
import { readMarkdown } from './markdown.ts'
import { escapeMarkdown, finishMarkdown, rewriteReference } from './markdown-escape.ts'
import { escapeText, readText } from './text.ts'

const html: Adapter = {
  label: 'HTML',
  extensions: ['html', 'htm', 'xhtml'],
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  read: (source, { file }) => readHtml(source, file),
  flavour: { escape: escapeHtml },
}

const markdown: Adapter = {
  label: 'Markdown',
  extensions: ['md', 'markdown', 'mdown', 'mkd'],
  mediaTypes: ['text/markdown', 'text/x-markdown'],
  read: (source, { file }) => readMarkdown(source, file),
  flavour: { escape: escapeMarkdown, finish: finishMarkdown, rewriteCode: rewriteReference },
}

const text: Adapter = {
  label: 'plain text',
  extensions: ['txt', 'text'],
  mediaTypes: ['text/plain'],
  read: (source, { file }) => readText(source, file),
  flavour: { escape: escapeText },
}

/** Every format that can be read and written. */
export const ADAPTERS: Readonly<Record<Format, Adapter>> = { html, markdown, text }

/** Formats that are archives: their bytes are not text. */
export function isContainer(format: Format): boolean {
  return ADAPTERS[format].container !== undefined
}

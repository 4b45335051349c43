import type { Format } from '../domain/document.ts'
import type { Adapter } from './adapter.ts'
import { csvAdapter } from './csv.ts'
import { docxAdapter } from './docx.ts'
import { readHtml } from './html.ts'
import { htmlLocalise } from './html-localise.ts'
import { escapeHtml } from './html-text.ts'
import { jsonAdapter } from './json.ts'
import { markdownAdapter } from './markdown-adapter.ts'
import { odtAdapter } from './odt.ts'
import { poAdapter } from './po.ts'
import { srtAdapter, vttAdapter } from './subtitles.ts'
import { escapeText, readText } from './text.ts'
import { xliffAdapter } from './xliff.ts'
import { yamlAdapter } from './yaml.ts'

const html: Adapter = {
  label: 'HTML',
  extensions: ['html', 'htm', 'xhtml'],
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  read: (source, { file }) => readHtml(source, file),
  flavour: { escape: escapeHtml },
  localise: htmlLocalise,
}

const text: Adapter = {
  label: 'plain text',
  extensions: ['txt', 'text'],
  mediaTypes: ['text/plain'],
  read: (source, { file }) => readText(source, file),
  flavour: { escape: escapeText },
}

/** Every format that can be read and written. */
export const ADAPTERS: Readonly<Record<Format, Adapter>> = {
  html,
  markdown: markdownAdapter,
  text,
  docx: docxAdapter,
  odt: odtAdapter,
  srt: srtAdapter,
  vtt: vttAdapter,
  json: jsonAdapter,
  yaml: yamlAdapter,
  po: poAdapter,
  csv: csvAdapter,
  xliff: xliffAdapter,
}

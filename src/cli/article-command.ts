import { basename } from 'node:path'
import type { Command } from 'commander'
import type { Article } from '../formats/article.ts'
import { readBytes, writeWhole } from './files.ts'
import { jsonOption, type Output } from './program.ts'

export type ArticleCommandDeps = {
  /** The article of a page of the web or of a saved one. `bytes`: the article as an HTML document in UTF-8. */
  readonly takeArticle: (
    page: { readonly url: string } | { readonly name: string; readonly bytes: Uint8Array },
  ) => Promise<{ readonly bytes: Uint8Array; readonly article: Article }>
}

/** `talmach article`: a page becomes a document for `run`, without a server. */
export function addArticleCommand(program: Command, deps: ArticleCommandDeps, output: Output): void {
  program
    .command('article')
    .description('take the article of a web page, without menus, donation boxes and the like')
    .argument('<page>', 'an address, or a page that was saved as HTML')
    .requiredOption('--out <file>', 'where the article goes, as HTML')
    .addOption(jsonOption())
    .action(async (page: string, options: { out: string; json?: true }) => {
      const source = isAddress(page) ? { url: page } : { name: basename(page), bytes: await readBytes(page) }
      const { bytes, article } = await deps.takeArticle(source)
      await writeWhole(options.out, bytes)
      const { html: _, ...facts } = article
      output.print(
        options.json === true
          ? JSON.stringify({ file: options.out, ...facts })
          : describe(options.out, article),
      )
    })
}

/** Whether an argument is an address rather than a file. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

function describe(file: string, { title, byline, publishedAt, language, words, leftOut }: Article): string {
  const facts = [byline, publishedAt, language, `${words} words`].filter((fact) => fact !== null)
  return [
    `${file}: ${title}`,
    `  ${facts.join(', ')}`,
    ...leftOut.map(({ what, text }) => `  left out: ${what}: ${text}`),
  ]
    .map(harmless)
    .join('\n')
}

/** Without the characters by which a page could steer the terminal. */
function harmless(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
}

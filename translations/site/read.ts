import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** One article in one language, as `talmach bundle --dir … --as html` wrote it. */
export type Page = {
  readonly slug: string
  readonly locale: string
  readonly title: string
  /** The language's own name. */
  readonly language: string
  readonly direction: string
  readonly approvedAt: string | null
  readonly credits: string
  readonly licence: string | null
  /** HTML between `<article>` and `</article>`: escaped by the server. */
  readonly html: string
  /** As it came, for readers who want to look. */
  readonly manifest: string
}

export type Withdrawn = {
  readonly slug: string
  readonly notice: string
  readonly notices: Readonly<Record<string, string>>
}

const State = z.object({
  languages: z.record(z.string(), z.object({ files: z.array(z.string()) })),
  retracted: z.object({ notice: z.string(), notices: z.record(z.string(), z.string()) }).nullable(),
})
const Manifest = z.object({
  title: z.string(),
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  approvedAt: z.string().nullable(),
  licence: z.string().nullable(),
  credits: z.object({ line: z.string() }),
})

/**
 * Everything in a folder that `talmach bundle --dir DIR --as html` filled.
 *
 * @throws Error that names the file, for a folder that was filled without `--as html`
 */
export async function readFolder(
  dir: string,
): Promise<{ readonly pages: readonly Page[]; readonly withdrawn: readonly Withdrawn[] }> {
  const pages: Page[] = []
  const withdrawn: Withdrawn[] = []
  const entries = await readdir(dir, { withFileTypes: true })
  for (const slug of entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()) {
    const text = await readFile(join(dir, slug, 'talmach.json'), 'utf8').catch(() => undefined)
    // Somebody else's folder.
    if (text === undefined) continue
    const state = State.parse(JSON.parse(text))
    if (state.retracted !== null) withdrawn.push({ slug, ...state.retracted })
    for (const locale of Object.keys(state.languages).sort()) {
      const at = join(dir, slug, locale)
      const manifest = await readFile(join(at, 'manifest.json'), 'utf8')
      const html = await readFile(join(at, 'content.html'), 'utf8').catch(() => {
        throw new Error(`${join(at, 'content.html')} is missing: run talmach bundle with --as html`)
      })
      const { credits, ...facts } = Manifest.parse(JSON.parse(manifest))
      pages.push({ slug, locale, ...facts, credits: credits.line, html: articleOf(html), manifest })
    }
  }
  return { pages, withdrawn }
}

function articleOf(html: string): string {
  const start = html.indexOf('<article>')
  const end = html.lastIndexOf('</article>')
  return start === -1 || end === -1 ? '' : html.slice(start + '<article>'.length, end)
}

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Feed } from 'feed'
import { articlePage, firstPage, listPage, newest, type Site, withdrawnPage } from './pages.ts'
import { type Page, readFolder } from './read.ts'

/** Which files a build wrote, so that the next one takes away what is no longer there: a withdrawn text, too. */
const LIST = 'site-files.json'

/**
 * A small news site of static pages, from what `talmach bundle --dir DIR --all --as html` wrote. No scripts, no server.
 *
 * @param wish.from the folder; `wish.out` where the pages go; `wish.base` where the site will stand; `wish.locales`
 *   languages that the site has whether or not there is an article in them now
 * @returns paths of the files that were written, from `out`
 */
export async function buildSite(wish: {
  readonly from: string
  readonly out: string
  readonly name: string
  readonly base: string
  readonly locales?: readonly string[]
}): Promise<readonly string[]> {
  const { pages, withdrawn } = await readFolder(wish.from)
  const locales = [...new Set([...(wish.locales ?? []), ...pages.map(({ locale }) => locale)])].sort()
  const site: Site = { name: wish.name, base: wish.base.replace(/\/$/, ''), locales, pages }
  const files = new Map<string, string>([['index.html', firstPage(site)]])
  for (const locale of locales) {
    files.set(`${locale}/index.html`, listPage(site, locale))
    files.set(`${locale}/feed.atom`, feedOf(site, locale))
    for (const notice of withdrawn) {
      files.set(`${locale}/${notice.slug}.html`, withdrawnPage(site, locale, notice))
    }
  }
  for (const page of pages) {
    files.set(`${page.locale}/${page.slug}.html`, articlePage(site, page))
    files.set(`${page.locale}/${page.slug}.json`, page.manifest)
  }
  for (const path of await listBefore(wish.out)) {
    if (!files.has(path)) await rm(join(wish.out, path), { force: true })
  }
  files.set(LIST, `${JSON.stringify([...files.keys()], null, 2)}\n`)
  for (const locale of ['', ...locales]) await mkdir(join(wish.out, locale), { recursive: true })
  for (const [path, text] of files) await writeFile(join(wish.out, path), text)
  await copyFile(join(import.meta.dirname, 'style.css'), join(wish.out, 'style.css'))
  return [...files.keys(), 'style.css']
}

async function listBefore(out: string): Promise<readonly string[]> {
  const text = await readFile(join(out, LIST), 'utf8').catch(() => '[]')
  const paths: unknown = JSON.parse(text)
  return Array.isArray(paths) ? paths.map(String).filter((path) => !path.split('/').includes('..')) : []
}

function feedOf({ name, base, pages }: Site, locale: string): string {
  const shown = newest(pages.filter((page) => page.locale === locale)).slice(0, 50)
  const self = `${base}/${locale}/feed.atom`
  const updated = new Date(shown[0]?.approvedAt ?? 0)
  const feed = new Feed({ id: self, title: name, updated, feedLinks: { atom: self }, language: locale })
  for (const page of shown) feed.addItem(itemOf(base, page))
  return feed.atom1()
}

function itemOf(base: string, { slug, locale, title, html, approvedAt }: Page) {
  const link = `${base}/${locale}/${encodeURIComponent(slug)}.html`
  return { id: link, link, title, content: html, date: new Date(approvedAt ?? 0) }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: 'translations/published' },
      out: { type: 'string', default: 'dist/site' },
      name: { type: 'string', default: 'The Sample Dispatch' },
      base: { type: 'string', default: 'http://localhost:8080' },
      locales: { type: 'string', default: '' },
    },
  })
  const locales = values.locales.split(',').filter((locale) => locale !== '')
  const files = await buildSite({ ...values, locales })
  process.stdout.write(`${files.length} files in ${values.out}\n`)
}

import { Feed } from 'feed'
import type { Context } from 'hono'
import { z } from 'zod'
import { directionOf, parseLocale } from '../domain/locale.ts'
import { endonymOf, noticeIn } from '../domain/publication.ts'
import { renderBody, renderCorrections } from '../formats/block-render.ts'
import { escapeHtml } from '../formats/block-text.ts'
import { type FeedEntry, listFeed } from '../store/feed.ts'
import { listPublicKeys } from '../store/signing-key.ts'
import { articleOf } from './article.ts'
import { answerWith } from './conditional.ts'
import { createRouter, type HttpDeps, type HttpEnv } from './context.ts'
import { baseUrl, requireReader } from './reader.ts'
import { PublicKeyList } from './release-schemas.ts'

const ITEMS = 50
const Credits = z.object({ translators: z.array(z.string()) })

/** What is published, for feed readers; and the key that releases are signed with. */
export function feedRoutes(deps: HttpDeps) {
  const router = createRouter()

  const load = async (c: Context<HttpEnv>) => {
    const query = c.req.query('locale')
    const locale = query === undefined ? undefined : parseLocale(query)
    const allowed = requireReader(c, deps, locale)
    const entries = await listFeed(deps.db, locale === undefined ? allowed : [locale], ITEMS)
    const base = baseUrl(c, deps)
    const items = entries.map((entry) => itemOf(entry, base))
    const changed = Math.max(0, ...items.map(({ changedAt }) => changedAt.getTime()))
    const search = locale === undefined ? '' : `?locale=${locale}`
    const title = locale === undefined ? 'Talmach' : `Talmach: ${endonymOf(locale)}`
    return { base, search, title, locale, items, changedAt: new Date(changed) }
  }

  router.get('/feed.json', async (c) => {
    const { base, search, title, locale, items, changedAt } = await load(c)
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title,
      home_page_url: base,
      feed_url: `${base}/feed.json${search}`,
      ...(locale === undefined ? {} : { language: locale }),
      items: items.map((item) => ({
        id: item.id,
        url: item.url,
        title: item.title,
        language: item.locale,
        content_html: item.html,
        date_published: item.firstAt.toISOString(),
        date_modified: item.changedAt.toISOString(),
        ...(item.authors.length === 0 ? {} : { authors: item.authors.map((name) => ({ name })) }),
        _talmach: {
          ...{ document: item.documentId, sha256: item.sha256, retracted: item.retracted },
          corrections: item.corrections,
        },
      })),
    }
    return answerWith(c, {
      bytes: `${JSON.stringify(feed, null, 2)}\n`,
      lastModified: changedAt,
      type: 'application/feed+json; charset=utf-8',
      isPublic: deps.publicRead,
    })
  })

  router.get('/feed.atom', async (c) => {
    const { base, search, title, items, changedAt } = await load(c)
    const self = `${base}/feed.atom${search}`
    const feed = new Feed({
      id: self,
      title,
      link: base,
      updated: changedAt,
      generator: 'Talmach',
      feedLinks: { atom: self },
    })
    for (const item of items) {
      feed.addItem({
        id: item.id,
        title: item.title,
        link: item.url,
        date: item.changedAt,
        published: item.firstAt,
        content: item.html,
        author: item.authors.map((name) => ({ name })),
      })
    }
    return answerWith(c, {
      bytes: feed.atom1(),
      lastModified: changedAt,
      type: 'application/atom+xml; charset=utf-8',
      isPublic: deps.publicRead,
    })
  })

  // Whoever checks a release needs no token for the public half of the key. Retired ones follow the one that signs.
  router.get('/.well-known/talmach-release-key', async (c) => {
    const keys = await listPublicKeys(deps.db, deps.secrets)
    c.header('Talmach-Key-Id', keys[0]?.id)
    c.header('Cache-Control', 'public, max-age=3600')
    const pem = keys.map(({ publicKey }) => publicKey).join('')
    return c.body(pem, 200, { 'Content-Type': 'application/x-pem-file' })
  })

  router.get('/.well-known/talmach-release-keys', async (c) => {
    const keys = (await listPublicKeys(deps.db, deps.secrets)).map(
      ({ id, publicKey, createdAt, retiredAt }) => ({
        ...{ id, algorithm: 'Ed25519' as const, publicKey, createdAt: createdAt.toISOString() },
        retiredAt: retiredAt?.toISOString() ?? null,
      }),
    )
    c.header('Cache-Control', 'public, max-age=3600')
    return c.json(PublicKeyList.parse({ keys }))
  })
  return router
}

/** One language of one document; a correction changes it, a withdrawal leaves only the notice. */
function itemOf(entry: FeedEntry, base: string) {
  const { documentId, locale, sha256, firstAt, changedAt, retraction } = entry
  const common = { id: `urn:talmach:${documentId}:${locale}`, documentId, locale, firstAt, changedAt }
  const page = `${base}/api/documents/${documentId}/bundle/${locale}`
  if (retraction !== null) {
    const html = `<p>${escapeHtml(noticeIn(retraction, locale))}</p>`
    return {
      ...common,
      url: page,
      title: 'Withdrawn',
      html,
      sha256: null,
      authors: [],
      retracted: true,
      corrections: [],
    }
  }
  // No rendering from before there were any: the entry says where the document is.
  const article = entry.blocks === null ? undefined : articleOf(entry, base)
  return {
    ...common,
    url: article === undefined ? page : `${page}?as=html`,
    title: article?.title ?? titleIn(entry),
    html:
      article === undefined ? '' : dirBody(locale, renderBody(article.blocks) + renderCorrections(article)),
    sha256,
    authors: translatorsIn(entry),
    retracted: false,
    corrections: (article?.corrections ?? []).map(({ lead, note }) => lead + note),
  }
}

function dirBody(locale: string, html: string): string {
  return `<div lang="${escapeHtml(locale)}" dir="${directionOf(locale)}">\n${html}</div>\n`
}

function titleIn({ manifest, locale }: FeedEntry): string {
  return typeof manifest.name === 'string' ? manifest.name : locale
}

function translatorsIn({ manifest }: FeedEntry): readonly string[] {
  const parsed = Credits.safeParse(manifest.credits)
  return parsed.success ? parsed.data.translators : []
}

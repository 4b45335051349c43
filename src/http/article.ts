import { z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { type Article, articleTitle } from '../formats/block-render.ts'
import { correctionsIn } from '../store/corrections.ts'
import type { PublishedBundle } from '../store/published.ts'

/** What renderings need of a manifest; manifests of older versions have less. */
const Facts = z.object({
  title: z.string().optional(),
  licence: z.string().nullish(),
  credits: z.object({ line: z.string() }).optional(),
  languages: z.array(z.object({ hreflang: z.string(), href: z.string().optional() })).optional(),
})

/**
 * A published bundle as an article, its links absolute.
 * @throws DomainError `not-ready` for what was published before there were renderings
 */
export function articleOf(
  bundle: Pick<PublishedBundle, 'locale' | 'manifest' | 'blocks'> & { readonly name?: string },
  base: string,
): Article {
  const { locale, manifest, blocks } = bundle
  if (blocks === null) {
    throw new DomainError(
      'not-ready',
      'it was published by an older version: approve it again for this rendering',
    )
  }
  const facts = Facts.parse(manifest)
  return {
    locale,
    title: facts.title ?? articleTitle(blocks, bundle.name ?? locale),
    blocks,
    credits: facts.credits?.line ?? '',
    licence: facts.licence ?? null,
    corrections: correctionsIn(manifest.corrections),
    languages: (facts.languages ?? []).flatMap(({ hreflang, href }) =>
      href === undefined ? [] : [{ hreflang, href: `${base}${href}?as=html` }],
    ),
  }
}

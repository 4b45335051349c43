import type { Context } from 'hono'
import { localesAllowed } from '../domain/permission.ts'
import { RENDERING_TYPES, RENDERINGS, type Rendering } from '../formats/block-render.ts'
import { type HttpDeps, type HttpEnv, requirePermission } from './context.ts'

/**
 * Whoever fetches what is published: anybody where that was configured, else a token with `publish`.
 * @returns the locales they may read; empty: all
 * @throws DomainError `unauthorized`, `forbidden`
 */
export function requireReader(c: Context<HttpEnv>, deps: HttpDeps, locale?: string): readonly string[] {
  return deps.publicRead
    ? []
    : localesAllowed(requirePermission(c, 'publish', locale), 'publish', c.get('documentId'))
}

/** The address of this server as its readers see it, without a slash at the end. */
export function baseUrl(c: Context<HttpEnv>, deps: HttpDeps): string {
  return (deps.publicUrl ?? new URL(c.req.url).origin).replace(/\/$/, '')
}

/**
 * Which rendering is asked for by `Accept`; undefined: the document in its own format. So it is too for a reader that
 * takes anything, as browsers do: a link to a DOCX must go on giving the DOCX.
 */
export function negotiate(accept: string | undefined): Rendering | undefined {
  const wishes = wishesOf(accept)
  if (wishes.some(({ type, q }) => type === '*/*' && q > 0)) return undefined
  return bestRendering(wishes)
}

/** The same at an address where a ZIP stands: whoever takes a ZIP gets it. */
export function negotiateBesideZip(accept: string | undefined): Rendering | undefined {
  const takesZip = wishesOf(accept).some(({ type, q }) => /^application\/(?:zip|\*)$/.test(type) && q > 0)
  return takesZip ? undefined : negotiate(accept)
}

/** The same where only renderings stand: a reader who takes anything gets HTML, unless it would rather have another. */
export function negotiateContent(accept: string | undefined): Rendering {
  const wishes = wishesOf(accept)
  const anything = wishes.filter(({ type, q }) => (type === '*/*' || type === 'text/*') && q > 0)
  const html = { type: 'text/html', q: Math.max(0, ...anything.map(({ q }) => q)) }
  return bestRendering([...wishes, html]) ?? 'html'
}

type Wish = { readonly type: string; readonly q: number }

function wishesOf(accept: string | undefined): readonly Wish[] {
  return (accept ?? '*/*')
    .slice(0, 1000)
    .split(',')
    .map((wish) => {
      const [type = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase())
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return { type, q: q === undefined ? 1 : Number(q.slice(2)) }
    })
}

function bestRendering(wishes: readonly Wish[]): Rendering | undefined {
  const [best] = wishes
    .flatMap(({ type, q }) => {
      const as = RENDERINGS.find((rendering) => RENDERING_TYPES[rendering].split(';')[0] === type)
      return as === undefined || !(q > 0) ? [] : [{ as, q }]
    })
    .sort((a, b) => b.q - a.q)
  return best?.as
}

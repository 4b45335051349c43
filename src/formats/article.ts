import { DomainError } from '../domain/errors.ts'
import { directionOf } from '../domain/locale.ts'
import { ancestorsOf, type Block, divideIntoSteps, placeBlocks } from './article-blocks.ts'
import { type CutPlan, cutArticle, cutTitle, type LeftOut } from './article-cut.ts'
import { countWords, findLanguage, findTime, linkShare, parsePublished } from './article-facts.ts'
import { escapeText, findArticle } from './article-find.ts'
import { findFurniture, reasonOf } from './article-furniture.ts'
import { attribute, type Element, isElement, parsePage, textOf, walk } from './article-tree.ts'

/** What a page of the web holds for a translation desk. */
export type Article = {
  /** Plain text; empty when the page has none. */
  readonly title: string
  /** Who wrote it, as the page says it: `By Ales Novak`. */
  readonly byline: string | null
  /** ISO 8601, as exact as the page says it. */
  readonly publishedAt: string | null
  /** BCP 47. */
  readonly language: string | null
  /** `<article lang="en"><h1>…</h1>…</article>`: the document to translate. Not sanitised: show it as text. */
  readonly html: string
  /** What was not taken, in the order of the page, with the first 200 characters of its text. */
  readonly leftOut: readonly LeftOut[]
  /** Of the title and the text. */
  readonly words: number
}

export type ArticleOptions = {
  /**
   * Where the page was found: makes relative links and images complete, and is named in errors. Without it they
   * are completed where the page names its canonical address.
   */
  readonly url?: string
  /** Named in errors, where there is no address. */
  readonly file?: string
}

const FEWEST_WORDS = 25
/** Fronts and lists of search results are above three quarters, articles below one quarter. */
const MOST_LINKED = 0.5

/**
 * The article of a web page, without navigation, donation boxes, related links and cookie notes. What is kept
 * is found by Mozilla's Readability and by lists of our own (`article-furniture.ts`); the result is cut from
 * the page's source, block by block, so that inline mark-up stays as its author wrote it.
 *
 * @param html decoded page, at most 5 Mi characters
 * @throws DomainError `invalid-input` for a page without an article, one that is a list of links, and for
 * hostile nesting; `too-large`
 */
export function extractArticle(html: string, options: ArticleOptions = {}): Article {
  const root = parsePage(html, options.url ?? options.file)
  const furniture = findFurniture(root)
  const isFurniture = furniture.has.bind(furniture)
  const steps = divideIntoSteps(root, isFurniture)
  const blocks = steps.flatMap((step) => (step.kind === 'block' ? [step.block] : []))
  const found = findArticle(root, steps)
  const chosen = blocks.filter(({ index }) => found?.kept.has(index))
  const [first] = chosen
  if (found === undefined || first === undefined) throw noArticle('the page has no article', options)
  const heading = findHeading(blocks, found.title, first)
  const kept = new Set(chosen.filter((block) => block !== heading))
  const nodes = [...kept].flatMap((block) => block.nodes)
  const text = [...kept].map((block) => textOf(block.nodes)).join('\n')
  if (countWords(text) < FEWEST_WORDS) throw noArticle('the page has no article, only a few words', options)
  if (linkShare(nodes) > MOST_LINKED) {
    throw noArticle('the page is a list of links, not an article; give the address of one article', options)
  }
  const title = heading === undefined ? found.title : textOf(heading.nodes)
  const declared = [...ancestorsOf(first)].flatMap((element) => attribute(element, 'lang') ?? [])
  const language = findLanguage(declared, `${title}\n${text}`)
  const plan: CutPlan = {
    source: html,
    steps,
    keeps: (block) => kept.has(block),
    places: placeBlocks(blocks),
    title: heading,
    isFurniture,
    reasonOf: (element) => furniture.get(element) ?? reasonOf(element),
    base: baseOf(root, options.url),
    language,
  }
  const { html: body, leftOut } = cutArticle(plan)
  const titleHtml = (heading === undefined ? undefined : cutTitle(heading, plan)) ?? escapeText(title)
  const direction = language !== null && directionOf(language) === 'rtl' ? ' dir="rtl"' : ''
  const start = `<article${language === null ? '' : ` lang="${language}"`}${direction}>`
  return {
    title,
    byline: found.byline,
    publishedAt: parsePublished(found.published) ?? findTime(root, isFurniture),
    language,
    html: [start, ...(title === '' ? [] : [`<h1>${titleHtml}</h1>`]), body, '</article>', ''].join('\n'),
    leftOut,
    words: countWords(`${title}\n${text}`),
  }
}

/** The heading that holds the title, so that the title too is what the author wrote. */
function findHeading(blocks: readonly Block[], title: string, first: Block): Block | undefined {
  const headings = blocks.filter(({ element }) => element !== undefined && /^h[1-3]$/.test(element.tagName))
  const wanted = comparable(title)
  const said = headings.map((block) => ({ block, text: comparable(textOf(block.nodes, 1000)) }))
  const same = said.find(({ text }) => text !== '' && text === wanted)
  // The name of the site stands at the end of a title and is often a heading too.
  const begins = said.find(({ text }) => text.length >= 10 && wanted.startsWith(text))
  const alike = begins ?? said.find(({ text }) => text.length >= 10 && text.includes(wanted))
  const main = said.filter(({ block }) => block.element?.tagName === 'h1')
  const above = main.length === 1 && (main[0]?.block.index ?? 0) <= first.index + 2 ? main[0] : undefined
  const answer = same ?? (wanted === '' ? undefined : alike) ?? above
  return answer?.block
}

function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * What relative addresses in the page are relative to (HTML, 4.2.3); undefined when that is not known. A page
 * that was saved stands where it says itself that it belongs (RFC 6596, `canonical`).
 */
function baseOf(root: Element, url: string | undefined): string | undefined {
  let declared: string | undefined
  let canonical: string | undefined
  for (const node of walk([root])) {
    if (!isElement(node)) continue
    if (node.tagName === 'base') declared ??= attribute(node, 'href')
    const rel = node.tagName === 'link' ? attribute(node, 'rel') : undefined
    if (rel?.trim().toLowerCase() === 'canonical') canonical ??= attribute(node, 'href')
  }
  const page = url ?? URL.parse(canonical ?? '')?.href
  const base = URL.parse(declared ?? '', page)
  return base !== null && /^https?:$/.test(base.protocol) ? base.href : undefined
}

function noArticle(why: string, options: ArticleOptions): DomainError {
  const message = `${why}; open the article itself, or take the whole page`
  const file = options.url ?? options.file
  return new DomainError('invalid-input', message, file === undefined ? {} : { place: { file } })
}

import { attribute, type Element, isElement, isText, isUnread, walk } from './article-tree.ts'
import { BLOCK_ELEMENTS } from './html-elements.ts'

/** Why something was left out; for the desk to show. */
export type LeftOutReason =
  | 'navigation'
  | 'header'
  | 'footer'
  | 'side column'
  | 'form'
  | 'cookie notice'
  | 'donation box'
  | 'newsletter box'
  | 'related links'
  | 'share buttons'
  | 'comments'
  | 'advertisement'
  | 'dialog'
  | 'hidden text'
  | 'byline'
  | 'title'
  | 'embedded page'
  | 'other'

const BY_ELEMENT: ReadonlyMap<string, LeftOutReason> = new Map([
  ['nav', 'navigation'],
  ['menu', 'navigation'],
  ['form', 'form'],
  ['dialog', 'dialog'],
  ['aside', 'side column'],
  ['footer', 'footer'],
  ['header', 'header'],
])

const BY_ROLE: ReadonlyMap<string, LeftOutReason> = new Map([
  ['navigation', 'navigation'],
  ['menu', 'navigation'],
  ['menubar', 'navigation'],
  ['search', 'form'],
  ['dialog', 'dialog'],
  ['alertdialog', 'dialog'],
  ['complementary', 'side column'],
  ['contentinfo', 'footer'],
  ['banner', 'header'],
])

/** Words of class names and ids. Source: the pages of newsrooms and the themes of common systems. */
const BY_WORD: readonly (readonly [RegExp, LeftOutReason])[] = [
  [/^(?:cookies?|cookiebar|consent|gdpr|ccpa|onetrust)$/, 'cookie notice'],
  [
    /^(?:donate|donation|donations|donationbox|supportus|crowdfunding|patreon|paywall|spenden)$/,
    'donation box',
  ],
  [/^(?:newsletter|newsletters|subscribe|subscription|signup|mailchimp|mc4wp)$/, 'newsletter box'],
  [
    /^(?:related|relatedposts|recommended|recommendations|readmore|readnext|outbrain|taboola|yarpp)$/,
    'related links',
  ],
  [/^(?:share|sharing|sharedaddy|sharebar|addtoany|addthis|socials?|socialshare)$/, 'share buttons'],
  [/^(?:comments?|respond|disqus|replies)$/, 'comments'],
  [/^(?:ad|ads|adsbygoogle|advert|advertisement)$/, 'advertisement'],
  [/^(?:nav|navbar|navigation|breadcrumbs?|pagination)$/, 'navigation'],
  [/^(?:byline|author)$/, 'byline'],
]

/** What always goes, unless it holds most of the page. */
const ALWAYS: ReadonlySet<LeftOutReason> = new Set<LeftOutReason>([
  'navigation',
  'form',
  'dialog',
  'cookie notice',
  'donation box',
  'newsletter box',
  'related links',
  'share buttons',
  'comments',
  'advertisement',
  'hidden text',
])

/** What an element is called on a page, by its name, role, class and id. */
export function reasonOf(element: Element): LeftOutReason | undefined {
  if (isHidden(element)) return 'hidden text'
  const role = attribute(element, 'role')?.toLowerCase() ?? ''
  const words = `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`
    .slice(0, 500)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const byWord = BY_WORD.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1]
  return byWord ?? BY_ROLE.get(role) ?? BY_ELEMENT.get(element.tagName)
}

/**
 * The elements that are no part of any article, however much like one they read. One that holds more than
 * three tenths of the page's text stays: whole pages stand in a `form`, or in a `div` called `post-share`.
 */
export function findFurniture(root: Element): ReadonlyMap<Element, LeftOutReason> {
  const lengths = textLengths(root)
  const most = (lengths.get(root) ?? 0) * 0.3
  const furniture = new Map<Element, LeftOutReason>()
  const stays = /^(?:html|body|main|article|figure|h[1-6])$/
  for (const node of walk([root], (element) => !furniture.has(element) && !isUnread(element))) {
    if (!isElement(node)) continue
    const reason = reasonOf(node)
    if (reason === undefined || !ALWAYS.has(reason)) continue
    // What stands inside a sentence is part of it, whatever it is called.
    if (reason !== 'hidden text' && (stays.test(node.tagName) || !isBox(node))) continue
    if ((lengths.get(node) ?? 0) <= most) furniture.set(node, reason)
  }
  return furniture
}

function isBox(element: Element): boolean {
  return BLOCK_ELEMENTS.has(element.tagName) || element.tagName.includes('-')
}

/** Text inside a sentence that only screen readers skip is seen by everybody else. */
function isHidden(element: Element): boolean {
  if (attribute(element, 'hidden') !== undefined) return true
  if (attribute(element, 'aria-hidden') === 'true' && isBox(element)) return true
  const style = attribute(element, 'style')
  return style !== undefined && /(?:display: ?none|visibility: ?hidden)/i.test(style.slice(0, 2000))
}

function textLengths(root: Element): ReadonlyMap<Element, number> {
  const lengths = new Map<Element, number>()
  const order: Element[] = []
  for (const node of walk([root], (element) => !isUnread(element))) {
    if (isElement(node)) order.push(node)
    else if (isText(node) && node.parentNode !== null && isElement(node.parentNode)) {
      const parent = node.parentNode
      lengths.set(parent, (lengths.get(parent) ?? 0) + node.value.trim().length)
    }
  }
  // Children come after their parents: backwards, every sum is complete when it is passed on.
  for (let at = order.length - 1; at >= 0; at--) {
    const element = order[at]
    const parent = element?.parentNode
    if (element === undefined || parent === undefined || parent === null || !isElement(parent)) continue
    lengths.set(parent, (lengths.get(parent) ?? 0) + (lengths.get(element) ?? 0))
  }
  return lengths
}

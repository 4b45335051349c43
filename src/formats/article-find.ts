import { Readability } from '@mozilla/readability'
import { JSDOM } from 'jsdom'
import type { Block, Step } from './article-blocks.ts'
import { attribute, type Element, isElement, isText, isUnread, type Node, walk } from './article-tree.ts'

/** What the finder of articles says about a page. */
export type Found = {
  /** Indexes of the blocks that make the article. */
  readonly kept: ReadonlySet<number>
  readonly title: string
  readonly byline: string | null
  /** As the page says it. */
  readonly published: string | null
}

/**
 * Finds the article with Readability, the reader mode of Firefox. It works on a poor copy of the page: the
 * blocks by number, their text, and the few attributes that it judges by. So no script, style or frame of the
 * page ever reaches the document it runs on, and what it does to that document does not matter: only the
 * numbers that are still there in the end do.
 *
 * @returns undefined when it finds nothing
 */
export function findArticle(root: Element, steps: readonly Step[]): Found | undefined {
  const dom = new JSDOM(copyPage(root, steps))
  try {
    const result = new Readability(dom.window.document, { serializer: (node) => node }).parse()
    const content = result?.content
    if (result === null || content === null || content === undefined) return undefined
    const kept = new Set<number>()
    // Readability types its document as the browser's: the node has all that an element has.
    if ('querySelectorAll' in content && typeof content.querySelectorAll === 'function') {
      for (const element of content.querySelectorAll(`[${MARK}]`)) {
        kept.add(Number(element.getAttribute(MARK)))
      }
    }
    return {
      kept,
      title: fold(result.title),
      byline: fold(result.byline).slice(0, 200) || null,
      published: fold(result.publishedTime) || null,
    }
  } finally {
    dom.window.close()
  }
}

/** The attribute that carries a block's number through Readability. */
const MARK = 'data-block'

function copyPage(root: Element, steps: readonly Step[]): string {
  const out: string[] = ['<!doctype html><html><head>', ...copyHead(root), '</head><body>']
  for (const step of steps) {
    if (step.kind === 'block') copyBlock(step.block, out)
    else if (step.kind !== 'furniture' && !/^(?:html|body)$/.test(step.element.tagName)) {
      const name = nameInCopy(step.element)
      out.push(step.kind === 'open' ? `<${name}${copyAttributes(step.element)}>` : `</${name}>`)
    }
  }
  out.push('</body></html>')
  return out.join('')
}

/** A container that a paragraph inside would close is a `div` in the copy. */
function nameInCopy(element: Element): string {
  const name = element.tagName
  if (isAttribution(element)) return 'section' // a short `div` would be taken for clutter
  return name === 'p' || !/^[a-z][a-z0-9-]*$/.test(name) ? 'div' : name
}

/** The footer of a quotation says whose words it is; Readability would take it for that of a page. */
function isAttribution({ tagName, parentNode }: Element): boolean {
  return (
    tagName === 'footer' &&
    parentNode !== null &&
    isElement(parentNode) &&
    parentNode.tagName === 'blockquote'
  )
}

function copyBlock({ index, nodes, element }: Block, out: string[]): void {
  if (element === undefined) {
    out.push(`<p ${MARK}="${index}">`)
    copyInline(nodes, out)
    out.push('</p>')
    return
  }
  const plain = /^[a-z][a-z0-9-]*$/.test(element.tagName)
  const name = isAttribution(element) ? 'section' : plain ? element.tagName : 'div'
  out.push(`<${name} ${MARK}="${index}"${copyAttributes(element)}>`)
  copyInline(element.childNodes, out)
  out.push(`</${name}>`)
}

const COPIED_INLINE = /^(?:a|br|code|img)$/

function copyInline(nodes: readonly Node[], out: string[]): void {
  type Todo = Node | string
  const stack: Todo[] = [...nodes].reverse()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') out.push(next)
    else if (isText(next)) out.push(escapeText(next.value))
    else if (isElement(next) && !isUnread(next)) {
      const name = COPIED_INLINE.test(next.tagName) ? next.tagName : 'span'
      const attributes = copyAttributes(next)
      // An element that says nothing to the finder only costs it time.
      if (name !== 'span' || attributes !== '') {
        out.push(`<${name}${attributes}>`)
        if (name !== 'br' && name !== 'img') stack.push(`</${name}>`)
      }
      for (let at = next.childNodes.length - 1; at >= 0; at--) {
        const child = next.childNodes[at]
        if (child !== undefined) stack.push(child)
      }
    }
  }
}

/** What Readability judges elements by. Addresses are cut to what matters: whether they stay on the page. */
function copyAttributes(element: Element): string {
  let text = ''
  for (const name of ['class', 'id', 'role', 'rel', 'itemprop', 'itemtype', 'dir']) {
    const value = attribute(element, name)
    if (value !== undefined) text += ` ${name}="${escapeText(value.slice(0, 200))}"`
  }
  const href = element.tagName === 'a' ? attribute(element, 'href') : undefined
  if (href !== undefined) text += href.startsWith('#') ? ' href="#a"' : ' href="/a"'
  if (element.tagName === 'img') text += ' src="/a.jpg"'
  return text
}

function* copyHead(root: Element): Generator<string> {
  let titled = false
  for (const node of walk(root.childNodes)) {
    if (!isElement(node)) continue
    if (node.tagName === 'title' && !titled && node.namespaceURI.endsWith('xhtml')) {
      titled = true
      yield `<title>${escapeText(textInside(node).slice(0, 1000))}</title>`
    } else if (node.tagName === 'meta') {
      const said = ['name', 'property', 'itemprop', 'content'].flatMap((name) => {
        const value = attribute(node, name)
        return value === undefined ? [] : [`${name}="${escapeText(value.slice(0, 1000))}"`]
      })
      yield `<meta ${said.join(' ')}>`
    } else if (node.tagName === 'script' && attribute(node, 'type') === 'application/ld+json') {
      yield `<script type="application/ld+json">${textInside(node)}</script>`
    }
  }
}

function textInside(element: Element): string {
  return element.childNodes.map((child) => (isText(child) ? child.value : '')).join('')
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function fold(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse } from 'parse5'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

export type Element = DefaultTreeAdapterTypes.Element
export type Node = DefaultTreeAdapterTypes.ChildNode

/** Of a page, in UTF-16 code units and so never more than this many bytes of UTF-8 need. */
export const MAX_PAGE_LENGTH = 5 * 1024 * 1024
/** News pages have 500 to 5,000. */
const MAX_ELEMENTS = 20_000
/** Pages made by site builders reach 40. */
const MAX_DEPTH = 150
const MAX_ATTRIBUTES = 300
/**
 * The finder of articles looks at each text and each element once for every element around it: the work is
 * the number of characters, or elements, times their depth. A page of 5,000 elements has 100,000.
 */
const MAX_TEXT_WORK = 20_000_000
const MAX_ELEMENT_WORK = 400_000

/**
 * The tree of a page, each element with its place in the source. Built in linear time: what is larger or
 * nested deeper than people's pages are is refused while it is being built.
 *
 * @throws DomainError `too-large`; `invalid-input` with line and column for hostile nesting
 */
export function parsePage(page: string, file: string | undefined): Element {
  if (page.length > MAX_PAGE_LENGTH) {
    throw new DomainError('too-large', 'the page has more than 5 MB; give the article alone', {
      place: file === undefined ? {} : { file },
    })
  }
  const refuse = (why: string, at: number | undefined): never => {
    const place = at === undefined ? {} : lineAndColumn(page, at)
    throw new DomainError('invalid-input', `${why}; give the article alone`, {
      place: { ...(file === undefined ? {} : { file }), ...place },
    })
  }
  let elements = 0
  let depth = 0
  const document = parse(page, {
    sourceCodeLocationInfo: true,
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(name, namespace, attributes) {
        elements++
        if (elements > MAX_ELEMENTS) refuse(`the page has more than ${MAX_ELEMENTS} elements`, undefined)
        if (attributes.length > MAX_ATTRIBUTES) {
          refuse(`an element <${name.slice(0, 20)}> has more than ${MAX_ATTRIBUTES} attributes`, undefined)
        }
        return defaultTreeAdapter.createElement(name, namespace, attributes)
      },
      onItemPush(item) {
        depth++
        if (depth > MAX_DEPTH) {
          const at = 'sourceCodeLocation' in item ? item.sourceCodeLocation?.startOffset : undefined
          refuse(`elements stand nested more than ${MAX_DEPTH} deep`, at)
        }
      },
      onItemPop() {
        depth--
      },
    },
  })
  const root = document.childNodes.find((node) => isElement(node) && node.tagName === 'html')
  if (root === undefined || !isElement(root)) return refuse('the page has no content', undefined)
  const work = workOf(root)
  if (work.text > MAX_TEXT_WORK || work.elements > MAX_ELEMENT_WORK) {
    refuse('the page has too much in too many nested elements', undefined)
  }
  return root
}

export function isElement(node: DefaultTreeAdapterTypes.Node): node is Element {
  return 'tagName' in node
}

export function isText(node: DefaultTreeAdapterTypes.Node): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text'
}

/** The value of an attribute; empty for one without a value, undefined for none. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((candidate) => candidate.name === name)?.value
}

/** Elements that are no prose, or do something: left out of every article. */
const REMOVED = new Set(
  (
    'base button canvas datalist embed frame frameset head iframe input link meta noscript object script ' +
    'select style template textarea title'
  ).split(' '),
)

export function isRemoved(element: Element): boolean {
  return REMOVED.has(element.tagName) && element.namespaceURI === html.NS.HTML
}

/** Elements whose text is no part of what a reader of the page sees as prose. */
export function isUnread(element: Element): boolean {
  return isRemoved(element) || UNREAD.has(element.tagName)
}

const UNREAD = new Set(['audio', 'math', 'svg', 'video'])

/**
 * All nodes below some, themselves included, in document order, without recursion.
 * @param enter whether to go into an element
 */
export function* walk(
  nodes: readonly Node[],
  enter: (element: Element) => boolean = () => true,
): Generator<Node> {
  const stack = [...nodes].reverse()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node
    if (!isElement(node) || !enter(node)) continue
    for (let at = node.childNodes.length - 1; at >= 0; at--) {
      const child = node.childNodes[at]
      if (child !== undefined) stack.push(child)
    }
  }
}

const INLINE = /^(?:a|abbr|b|bdi|cite|code|em|font|i|mark|q|s|small|span|strong|su[bp]|time|u)$/

/** The text of some nodes as a reader sees it, white space folded. @param limit in UTF-16 code units */
export function textOf(nodes: readonly Node[], limit = Number.POSITIVE_INFINITY): string {
  let text = ''
  for (const node of walk(nodes, (element) => !isUnread(element))) {
    let more = ''
    if (isText(node)) more = node.value.replace(/\s+/g, ' ')
    else if (isElement(node) && !INLINE.test(node.tagName)) more = ' '
    if (text === '' || text.endsWith(' ')) more = more.trimStart()
    text += more
    if (text.length > limit) break
  }
  return text.slice(0, limit).trim()
}

function workOf(root: Element): { text: number; elements: number } {
  const work = { text: 0, elements: 0 }
  const stack: { node: Node; depth: number }[] = [{ node: root, depth: 1 }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, depth } = top
    if (isText(node)) work.text += node.value.length * depth
    else if (isElement(node) && !isUnread(node)) {
      work.elements += depth
      for (const child of node.childNodes) stack.push({ node: child, depth: depth + 1 })
    }
  }
  return work
}

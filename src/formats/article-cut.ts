import type { Block, BlockPlace, Step } from './article-blocks.ts'
import { escapeText } from './article-find.ts'
import type { LeftOutReason } from './article-furniture.ts'
import { attribute, type Element, isElement, isRemoved, type Node, textOf, walk } from './article-tree.ts'

export type LeftOut = { readonly what: LeftOutReason; readonly text: string }

export type Cut = { readonly html: string; readonly leftOut: readonly LeftOut[] }

export type CutPlan = {
  readonly source: string
  readonly steps: readonly Step[]
  readonly keeps: (block: Block) => boolean
  readonly places: ReadonlyMap<Block, BlockPlace>
  /** Left out without being told: it stands above the article. */
  readonly title: Block | undefined
  readonly isFurniture: (element: Element) => boolean
  readonly reasonOf: (element: Element) => LeftOutReason | undefined
  /** What relative addresses are relative to. */
  readonly base: string | undefined
  /** Of the article: an element that only says it again needs no tags. */
  readonly language: string | null
}

const EXCERPT = 200
const MOST_LEFT_OUT = 200

/**
 * Cuts the kept blocks out of the source, in document order, each as its author wrote it, and lists the rest.
 * Lists, tables, quotations, figures and links around kept blocks keep their tags; mere boxes lose them.
 */
export function cutArticle(plan: CutPlan): Cut {
  const keptIn = countKept(plan)
  const total = [...keptIn.values()].reduce((most, count) => Math.max(most, count), 0)
  const pieces: string[] = []
  const leftOut: LeftOut[] = []
  const around: boolean[] = []
  let gone: Element | undefined
  const leave = (what: LeftOutReason | undefined, nodes: readonly Node[]): void => {
    const text = textOf(nodes, EXCERPT)
    if (text !== '' && leftOut.length < MOST_LEFT_OUT) leftOut.push({ what: what ?? 'other', text })
  }
  for (const step of plan.steps) {
    if (gone !== undefined) {
      if (step.kind === 'close' && step.element === gone) gone = undefined
      continue
    }
    if (step.kind === 'furniture') leaveFurniture(step.element, plan, leave, leftOut)
    else if (step.kind === 'block') {
      const { block } = step
      if (block === plan.title) continue
      if (plan.keeps(block)) pieces.push(writeBlock(block, plan, around.at(-1) ?? false))
      else leave(block.element && plan.reasonOf(block.element), block.nodes)
    } else if (step.kind === 'open') {
      const { element } = step
      const kept = keptIn.get(element) ?? 0
      // The title's own surroundings are told piece by piece: the title itself is taken.
      const titled = plan.title !== undefined && kept === 0 && holds(element, plan.title)
      if (kept === 0 && !titled) {
        gone = element
        leave(plan.reasonOf(element), [element])
        continue
      }
      const tagged = !titled && keepsTags(element, plan, keptIn, total)
      around.push(tagged)
      if (tagged) pieces.push(startTag(element, plan))
    } else if (around.pop() === true) pieces.push(`</${step.element.tagName}>`)
  }
  return { html: pieces.join('\n'), leftOut }
}

function leaveFurniture(
  element: Element,
  plan: CutPlan,
  leave: (what: LeftOutReason | undefined, nodes: readonly Node[]) => void,
  leftOut: LeftOut[],
): void {
  const source = attribute(element, 'src') ?? ''
  if (element.tagName === 'iframe' || element.tagName === 'embed') {
    if (source !== '') leftOut.push({ what: 'embedded page', text: source.slice(0, EXCERPT) })
  } else if (!isRemoved(element)) leave(plan.reasonOf(element), [element])
}

/** How many kept blocks stand in each container. */
function countKept({ steps, keeps, title }: CutPlan): ReadonlyMap<Element, number> {
  const counts = new Map<Element, number>()
  const open: { element: Element; count: number }[] = []
  for (const step of steps) {
    const top = open.at(-1)
    if (step.kind === 'open') open.push({ element: step.element, count: 0 })
    else if (step.kind === 'block' && top !== undefined && step.block !== title && keeps(step.block))
      top.count++
    else if (step.kind === 'close' && top !== undefined) {
      open.pop()
      counts.set(top.element, top.count)
      const outer = open.at(-1)
      if (outer !== undefined) outer.count += top.count
    }
  }
  return counts
}

/** Elements that only group; custom elements do too. */
const BOXES =
  /^(?:html|body|div|section|article|main|header|footer|aside|nav|form|fieldset|center|span|font|hgroup|address)$/
const TABLE_PARTS = /^(?:table|thead|tbody|tfoot|tr|td|th)$/

function keepsTags(
  element: Element,
  plan: CutPlan,
  keptIn: ReadonlyMap<Element, number>,
  total: number,
): boolean {
  const name = element.tagName
  if (name === 'html' || name === 'body') return false
  if (BOXES.test(name) || name.includes('-')) {
    const language = attribute(element, 'lang')
    if (language !== undefined && language.toLowerCase() !== plan.language?.toLowerCase()) return true
    if (attribute(element, 'translate') !== undefined) return true
    if (/(?:^|\s)notranslate(?:\s|$)/.test(attribute(element, 'class') ?? '')) return true
    const direction = attribute(element, 'dir')
    return direction !== undefined && (keptIn.get(element) ?? 0) < total
  }
  if (!TABLE_PARTS.test(name)) return true
  // A table around the whole article only makes the columns of the page.
  for (let table: Element['parentNode'] | Element = element; table !== null; table = table.parentNode) {
    if (!isElement(table)) return true
    if (table.tagName === 'table') return (keptIn.get(table) ?? 0) < total
  }
  return true
}

function writeBlock(block: Block, plan: CutPlan, insideTags: boolean): string {
  const place = plan.places.get(block)
  const { element } = block
  if (place === undefined) {
    const name = element?.tagName ?? 'p'
    return `<${name}>${escapeText(textOf(block.nodes))}</${name}>`
  }
  const raw = sliceWithout(place, block.nodes, plan)
  if (element === undefined) return insideTags ? raw.trim() : `<p>${raw.trim()}</p>`
  const closed = element.sourceCodeLocation?.endTag !== undefined || element.tagName === 'hr'
  return closed ? raw : `${raw.trimEnd()}</${element.tagName}>`
}

/** A title as the heading it stood in, under the tags of a first heading. */
export function cutTitle(block: Block, plan: CutPlan): string | undefined {
  const location = block.element?.sourceCodeLocation
  if (!location?.startTag || !location.endTag || !plan.places.has(block)) return undefined
  const place = { start: location.startTag.endOffset, end: location.endTag.startOffset }
  if (place.end < place.start) return undefined
  return sliceWithout(place, block.element?.childNodes ?? [], plan).trim()
}

/** A stretch of the source, without scripts and furniture inside it and with complete addresses. */
function sliceWithout(place: BlockPlace, nodes: readonly Node[], plan: CutPlan): string {
  const goes = (element: Element): boolean => isRemoved(element) || plan.isFurniture(element)
  let text = ''
  let cursor = place.start
  const replace = (start: number, end: number, by: string): void => {
    if (start < cursor || end > place.end) return
    text += plan.source.slice(cursor, start) + by
    cursor = end
  }
  for (const node of walk(nodes, (element) => !goes(element))) {
    const location = node.sourceCodeLocation
    if (!isElement(node) || location === null || location === undefined) continue
    if (goes(node)) replace(location.startOffset, location.endOffset, '')
    else for (const edit of addressEdits(node, plan.base)) replace(edit.start, edit.end, edit.text)
  }
  return text + plan.source.slice(cursor, place.end)
}

function startTag(element: Element, plan: CutPlan): string {
  const tag = element.sourceCodeLocation?.startTag
  if (tag === undefined) return `<${element.tagName}>`
  let text = ''
  let cursor = tag.startOffset
  for (const edit of addressEdits(element, plan.base)) {
    text += plan.source.slice(cursor, edit.start) + edit.text
    cursor = edit.end
  }
  return text + plan.source.slice(cursor, tag.endOffset)
}

/** What a browser saved beside the page: `./A flood_files/bridge.jpg`. It is nowhere else. */
const SAVED_BESIDE = /^(?:\.\/)?[^/]{1,200}_files\//

/** Relative addresses made complete: the article will stand elsewhere. Links within the page stay. */
function addressEdits(
  element: Element,
  base: string | undefined,
): { start: number; end: number; text: string }[] {
  if (base === undefined || !/^(?:a|img|source|video|audio|track)$/.test(element.tagName)) return []
  const edits = element.attrs.flatMap(({ name, value }) => {
    const place = element.sourceCodeLocation?.attrs?.[name]
    if (place === undefined || !/^(?:href|src|poster)$/.test(name)) return []
    const address = value.trim()
    if (address === '' || address.startsWith('#') || /^[a-z][a-z0-9+.-]{0,20}:/i.test(address)) return []
    if (SAVED_BESIDE.test(address)) return []
    const full = URL.parse(address, base)?.href
    if (full === undefined) return []
    return [{ start: place.startOffset, end: place.endOffset, text: `${name}="${escapeText(full)}"` }]
  })
  return edits.sort((one, other) => one.start - other.start)
}

function holds(element: Element, block: Block): boolean {
  for (const node of walk([element])) if (node === block.nodes[0]) return true
  return false
}

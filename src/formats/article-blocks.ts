import { type Element, isElement, isRemoved, isText, type Node, textOf, walk } from './article-tree.ts'
import { BLOCK_ELEMENTS } from './html-elements.ts'

/**
 * A piece of the page that is kept or left out as a whole: a block element that holds no other block, or a
 * run of text and inline elements between blocks, which has no tags of its own.
 */
export type Block = {
  /** Position among all blocks of the page, from 0. */
  readonly index: number
  readonly nodes: readonly Node[]
  /** The block element itself; undefined for a run. */
  readonly element: Element | undefined
}

/** A page in document order: blocks, the containers around them, and what is no part of any article. */
export type Step =
  | { readonly kind: 'open'; readonly element: Element }
  | { readonly kind: 'close'; readonly element: Element }
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'furniture'; readonly element: Element }

/** @param isFurniture whether an element is left out with all that it holds */
export function divideIntoSteps(root: Element, isFurniture: (element: Element) => boolean): readonly Step[] {
  const containers = findContainers(root)
  const steps: Step[] = []
  let blocks = 0
  const stack: Step[] = [{ kind: 'open', element: root }]
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if (step.kind === 'block') steps.push({ kind: 'block', block: { ...step.block, index: blocks++ } })
    else steps.push(step)
    if (step.kind !== 'open') continue
    stack.push({ kind: 'close', element: step.element })
    const inside = piecesOf(step.element, containers, isFurniture)
    for (let at = inside.length - 1; at >= 0; at--) {
      const piece = inside[at]
      if (piece !== undefined) stack.push(piece)
    }
  }
  return steps
}

function piecesOf(
  parent: Element,
  containers: ReadonlySet<Element>,
  isFurniture: (element: Element) => boolean,
): readonly Step[] {
  const pieces: Step[] = []
  let run: Node[] = []
  const flush = (): void => {
    while (run.length > 0 && !shows(run.at(-1))) run.pop()
    if (run.length > 0) pieces.push({ kind: 'block', block: { index: 0, nodes: run, element: undefined } })
    run = []
  }
  for (const node of parent.childNodes) {
    if (isText(node)) {
      if (run.length > 0 || node.value.trim() !== '') run.push(node)
    } else if (!isElement(node)) continue
    else if (isRemoved(node) || isFurniture(node)) {
      flush()
      pieces.push({ kind: 'furniture', element: node })
    } else if (containers.has(node)) {
      flush()
      pieces.push({ kind: 'open', element: node })
    } else if (BLOCK_ELEMENTS.has(node.tagName)) {
      flush()
      pieces.push({ kind: 'block', block: { index: 0, nodes: [node], element: node } })
    } else if (run.length > 0 || shows(node)) run.push(node)
  }
  flush()
  return pieces
}

/** Elements that hold a block somewhere inside, and the root. */
function findContainers(root: Element): ReadonlySet<Element> {
  const containers = new Set<Element>([root])
  for (const node of walk(root.childNodes, (element) => !isRemoved(element))) {
    if (!isElement(node) || !BLOCK_ELEMENTS.has(node.tagName) || isRemoved(node)) continue
    for (let above = node.parentNode; above !== null && isElement(above); above = above.parentNode) {
      if (containers.has(above)) break
      containers.add(above)
    }
  }
  return containers
}

const SHOWN = new Set(['img', 'picture', 'svg', 'math'])

function shows(node: Node | undefined): boolean {
  if (node === undefined) return false
  if (isText(node)) return node.value.trim() !== ''
  if (!isElement(node)) return false
  return (
    textOf([node], 1) !== '' ||
    [...walk([node])].some((inner) => isElement(inner) && SHOWN.has(inner.tagName))
  )
}

/** Where a block stands in the source. */
export type BlockPlace = { readonly start: number; readonly end: number }

/**
 * The places of blocks. A block without one was made up by the parser, or its tags are so wrongly nested that
 * its place overlaps another one's: of such only the text can be taken.
 */
export function placeBlocks(blocks: readonly Block[]): ReadonlyMap<Block, BlockPlace> {
  const found = blocks.flatMap((block) => {
    const first = block.nodes[0]?.sourceCodeLocation
    const last = block.nodes.at(-1)?.sourceCodeLocation
    if (first === undefined || first === null || last === undefined || last === null) return []
    return [{ block, start: first.startOffset, end: last.endOffset }]
  })
  found.sort((one, other) => one.start - other.start || one.end - other.end)
  const places = new Map<Block, BlockPlace>()
  let behind = 0
  let last: Block | undefined
  for (const { block, start, end } of found) {
    if (start >= behind && end >= start) places.set(block, { start, end })
    else if (last !== undefined) places.delete(last)
    if (end < behind) continue
    behind = end
    last = block
  }
  return places
}

/** The nearest elements around a block, the innermost first. */
export function* ancestorsOf(block: Block): Generator<Element> {
  if (block.element !== undefined) yield block.element
  let above = block.nodes[0]?.parentNode
  while (above !== null && above !== undefined && isElement(above)) {
    yield above
    above = above.parentNode
  }
}

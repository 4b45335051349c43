import { attributeOf } from './html-blocks.ts'
import { BLOCK_ELEMENTS, OPAQUE_ELEMENTS, VOID_ELEMENTS } from './html-elements.ts'
import type { Markup } from './html-tokens.ts'

/**
 * Which elements end the text before them: those of HTML, unless the document says otherwise with
 * `its-within-text` (ITS 2.0, 8.8: `yes` makes an element part of the text, `no` sets it apart; a `nested` one
 * stays what HTML makes of it), and a `template` that browsers turn into a visible shadow tree.
 */
export class HtmlLevels {
  /** For names of which some element differs: what each open element is. */
  readonly #open = new Map<string, boolean[]>()

  /** @returns true when this start tag begins a block */
  opens(markup: Markup): boolean {
    const { name } = markup
    const usual = BLOCK_ELEMENTS.has(name)
    if (markup.attributes.length === 0 && this.#open.size === 0) return usual
    const block = said(markup) ?? usual
    const open = this.#open.get(name)
    if (VOID_ELEMENTS.has(name) || (block === usual && open === undefined)) return block
    if (open === undefined) this.#open.set(name, [block])
    else open.push(block)
    return block
  }

  /** @returns true when this end tag ends a block */
  closes(name: string): boolean {
    const block = this.#open.get(name)?.pop()
    return block ?? BLOCK_ELEMENTS.has(name)
  }
}

/** Whether an element's content is no prose: left alone wherever it stands. */
export function isOpaque(markup: Markup): boolean {
  return OPAQUE_ELEMENTS.has(markup.name) && !isShadowRoot(markup)
}

function said(markup: Markup): boolean | undefined {
  if (isShadowRoot(markup)) return true
  const within = attributeOf(markup, 'its-within-text')?.toLowerCase()
  if (within === 'yes') return false
  return within === 'no' ? true : undefined
}

/** A declarative shadow tree (HTML, 4.12.3) is shown; any other template is material for scripts. */
function isShadowRoot(markup: Markup): boolean {
  return markup.name === 'template' && attributeOf(markup, 'shadowrootmode') !== undefined
}

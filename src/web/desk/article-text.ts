export type Paragraph = { readonly kind: 'heading' | 'item' | 'text'; readonly text: string }

const BLOCKS = 'h1,h2,h3,h4,h5,h6,p,li,dt,dd,td,th,figcaption,pre'

/** The paragraphs of an article as plain text, without its title. Nothing of the mark-up runs or is loaded. */
export function paragraphsOf(html: string): readonly Paragraph[] {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  return [...parsed.querySelectorAll(BLOCKS)]
    .filter((block) => block.querySelector(BLOCKS) === null)
    .filter((block, index) => index > 0 || block.tagName !== 'H1')
    .map((block) => ({ kind: kindOf(block), text: (block.textContent ?? '').replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '')
}

function kindOf(block: Element): Paragraph['kind'] {
  if (/^H[1-6]$/.test(block.tagName)) return 'heading'
  return block.closest('li') === null ? 'text' : 'item'
}

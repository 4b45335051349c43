import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import type { Unit, UnitKind } from '../domain/document.ts'
import { draftFrontMatter } from './front-matter.ts'
import { draftHtmlUnits } from './html.ts'
import { MarkdownInlines } from './markdown-inlines.ts'
import { refuseExcess } from './markdown-limits.ts'
import { TextAtoms } from './markdown-text.ts'
import type { Node, Parent, Root } from './mdast.ts'
import { numberUnits, type UnitDraft } from './unit-builder.ts'

/**
 * The translatable units of a Markdown document (CommonMark with GitHub's extensions and front matter). The
 * structure comes from micromark; where each character of a text stands comes from its tokens. What is and is
 * not translated is said in docs/formats/markdown.md.
 *
 * @param source decoded document without byte order mark
 * @throws DomainError `invalid-input` for nesting or mark-up so dense that parsers take quadratic time for it
 */
export function readMarkdown(source: string, file?: string): readonly Unit[] {
  refuseExcess(source, file)
  const atoms = new TextAtoms()
  const tree = parse(source, atoms)
  const drafts: UnitDraft[] = []
  const inlines = new MarkdownInlines(source, file, atoms, drafts)
  const waiting: { readonly node: Node; readonly kind: UnitKind }[] = [{ node: tree, kind: 'paragraph' }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, kind } = next
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? start
    switch (node.type) {
      case 'paragraph':
        inlines.draft(node, kind, 'text')
        break
      case 'heading':
        inlines.draft(node, 'headline', source.charAt(start) === '#' ? 'heading' : 'text')
        break
      case 'tableCell':
        inlines.draft(node, 'table-cell', 'cell')
        break
      case 'definition':
        inlines.draftTitle(start, end)
        break
      case 'yaml':
        drafts.push(...draftFrontMatter(source, start, end, file))
        break
      case 'html':
        // Inside a quotation or a list its lines carry marks that are not HTML's: left alone there.
        if (source.slice(start, end) === node.value) drafts.push(...htmlUnits(node.value, start, file))
        break
      default:
        if (isParent(node)) {
          const childKind = kindInside(node, kind)
          for (const child of node.children) waiting.push({ node: child, kind: childKind })
        }
    }
  }
  return numberUnits(drafts)
}

function parse(source: string, atoms: TextAtoms): Root {
  // The transforms find more e-mail addresses, but make nodes that do not know where they stand.
  const gfmNodes = gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension)
  return fromMarkdown(source, {
    extensions: [gfm(), frontmatter(['yaml', 'toml'])],
    mdastExtensions: [
      ...gfmNodes,
      frontmatterFromMarkdown(['yaml', 'toml']),
      { beforeEnter: (token) => atoms.add(token.type, token.start.offset, token.end.offset) },
    ],
  })
}

function kindInside(node: Parent, kind: UnitKind): UnitKind {
  if (node.type === 'listItem') return 'list-item'
  if (node.type === 'blockquote') return 'quotation'
  return node.type === 'footnoteDefinition' ? 'paragraph' : kind
}

function htmlUnits(html: string, start: number, file: string | undefined): readonly UnitDraft[] {
  return draftHtmlUnits(html, file).map((draft) => ({
    ...draft,
    offsets: draft.offsets.map((offset) => offset + start),
    escape: `html:${draft.escape}`,
  }))
}

function isParent(node: Node): node is Parent {
  return 'children' in node
}

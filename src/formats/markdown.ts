import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import type { Unit, UnitKind } from '../domain/document.ts'
import type { FormatSettings } from './adapter.ts'
import { draftFrontMatter } from './front-matter.ts'
import { draftNestedHtml } from './markdown-html.ts'
import { MarkdownInlines } from './markdown-inlines.ts'
import { refuseExcess } from './markdown-limits.ts'
import { endOfFrontMatter, maskMdx } from './markdown-mdx.ts'
import { TextAtoms } from './markdown-text.ts'
import type { Node, Parent, Root } from './mdast.ts'
import { numberUnits, type UnitDraft } from './unit-builder.ts'

/**
 * The translatable units of a Markdown document (CommonMark with GitHub's extensions and front matter). The
 * structure comes from micromark; where each character of a text stands comes from its tokens. What is and is
 * not translated is said in docs/formats/markdown.md.
 *
 * @param source decoded document without byte order mark
 * @param file its name; `.mdx` is MDX
 * @param settings `paths` choose values of the front matter
 * @throws DomainError `invalid-input` for nesting or mark-up so dense that parsers take quadratic time for it,
 * for MDX that never closes what it opens, and for paths that are none
 */
export function readMarkdown(source: string, file?: string, settings: FormatSettings = {}): readonly Unit[] {
  const mdx = file?.toLowerCase().endsWith('.mdx') === true
  const masked = mdx ? maskMdx(source, endOfFrontMatter(source), file) : undefined
  const parsed = masked?.source ?? source
  refuseExcess(parsed, file)
  const atoms = new TextAtoms(masked?.spans)
  const tree = parse(parsed, atoms)
  const drafts: UnitDraft[] = []
  const inlines = new MarkdownInlines({ source, parsed, mdx, file }, atoms, drafts)
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
      case 'toml':
        for (const draft of draftFrontMatter(source, start, end, {
          language: node.type,
          paths: settings.paths,
          file,
        })) {
          drafts.push(draft)
        }
        break
      case 'html':
        if (mdx) break
        for (const draft of draftNestedHtml(source, start, end, node.value, file)) drafts.push(draft)
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

function isParent(node: Node): node is Parent {
  return 'children' in node
}

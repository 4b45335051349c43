/** Which codes a translation may leave out, and which must keep their order: see docs/formats/inline-codes.md. */

/** What `CodeDraft` and `InlineCode` say about a code's freedom. */
export type CodeFlags = { readonly deletable?: true; readonly reorderable?: false }

/**
 * An element's flags: emphasis and annotations of words may be left out, as long as no attribute makes a program
 * or a link look for the element. What changes the meaning (`del`, `s`, `sub`, `sup`, `q`) may not.
 *
 * @param name lower case
 * @param tag the start tag as it stands in the document
 */
export function flagsOfTag(name: string, tag: string): CodeFlags {
  return (BREAKS.has(name) || EMPHASIS.has(name)) && !hasHook(tag) ? DELETABLE : NONE
}

/**
 * A placeholder's flags: `%%` is a percent sign that another wording may not need; `%s %d` without numbers, `{}`
 * without a name and the ends of Mustache sections are told apart by their order alone.
 *
 * @param placeholder as it stands in the text
 */
export function flagsOfPlaceholder(placeholder: string): CodeFlags {
  if (placeholder === '%%') return DELETABLE
  return ORDERED.test(placeholder) ? FIXED : NONE
}

/** A reference to a character (`&nbsp;`, `&rsquo;`) is text, which a translation spells in its own way. */
export const DELETABLE: CodeFlags = { deletable: true }
/** Must keep its place among the others of its kind. */
export const FIXED: CodeFlags = { reorderable: false }
export const NONE: CodeFlags = {}

const BREAKS: ReadonlySet<string> = new Set(['br', 'wbr'])
const EMPHASIS: ReadonlySet<string> = new Set(
  'abbr acronym b bdi big c cite dfn em font i lang mark rt ruby small span strong time tt u'.split(' '),
)

/** Attributes that only say how the words look or what they mean. */
const PLAIN_ATTRIBUTES: ReadonlySet<string> = new Set(
  'class style lang xml:lang dir title color face size datetime'.split(' '),
)

/** True when an attribute is more than a look: an anchor, a script's or a framework's hook. */
function hasHook(tag: string): boolean {
  const names = tag.slice(0, LONGEST_TAG).replace(VALUES, '')
  const attributes = names
    .slice(0, -1)
    .split(/[\s/]+/)
    .slice(1)
  return (
    tag.length > LONGEST_TAG ||
    attributes.some((name) => name !== '' && !PLAIN_ATTRIBUTES.has(name.toLowerCase()))
  )
}

const LONGEST_TAG = 2000
const VALUES = /\s{0,20}=\s{0,20}(?:"[^"]*"|'[^']*'|[^\s"'>]+)/g
const ORDERED =
  /^(?:%(?!\d{1,2}\$|L?\d{1,2}$|[%{(<])|\{ {0,4}(?:[!:][^{}]*)?\}$|\{\{\{? {0,4}(?:[#^/]|else(?![\w.])))/

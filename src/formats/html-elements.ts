import type { CodeType, UnitKind } from '../domain/document.ts'

/** Elements that end the text before them. Everything else, custom elements too, is an inline code. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'address article aside audio blockquote body canvas caption center col colgroup datalist dd details dialog ' +
    'dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup ' +
    'hr html legend li listing main map menu nav noscript object ol optgroup option p plaintext pre search ' +
    'section select summary table tbody td tfoot th thead title tr ul video xmp'
  ).split(' '),
)

/** Elements without content (HTML, 13.1.2) and the old ones that parsers treat so. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr'.split(
    ' ',
  ),
)

/** Elements whose content is no prose: left alone wherever they stand. */
export const OPAQUE_ELEMENTS: ReadonlySet<string> = new Set(
  'code iframe kbd listing math noembed noframes plaintext samp script style svg template textarea xmp'.split(
    ' ',
  ),
)

/** Opaque elements that are not even part of the sentence: left outside at the ends of a unit. */
export const SILENT_ELEMENTS: ReadonlySet<string> = new Set(
  'base bgsound iframe link meta noembed noframes param script source style template track'.split(' '),
)

const KINDS: ReadonlyMap<string, UnitKind> = new Map([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, 'headline'] as const),
  ...['li', 'dd', 'dt', 'option'].map((name) => [name, 'list-item'] as const),
  ...['td', 'th'].map((name) => [name, 'table-cell'] as const),
  ...['caption', 'figcaption', 'legend'].map((name) => [name, 'caption'] as const),
  ['blockquote', 'quotation'],
  ['title', 'metadata'],
  ['body', 'paragraph'],
])

/** The kind of unit that a block makes of its text; undefined for blocks that keep that of their parent. */
export function kindOfBlock(name: string): UnitKind | undefined {
  return KINDS.get(name)
}

/** Class names by which newsrooms mark the standfirst. */
export const STANDFIRST_CLASSES: ReadonlySet<string> = new Set(
  'standfirst lead lede dek deck intro subtitle subheadline article-summary entry-summary'.split(' '),
)

/** Class names that say that a `pre` holds code. */
export const CODE_CLASSES: ReadonlySet<string> = new Set(
  (
    'code codehilite example highlight literal-block literallayout prettyprint programlisting screen ' +
    'source sourcecode src synopsis verbatim'
  ).split(' '),
)

const FORMAT_ELEMENTS = new Set(
  'abbr acronym b bdi bdo big cite del dfn em font i ins mark q s small span strike strong sub sup time tt u'.split(
    ' ',
  ),
)

/** What an inline element is to a translator. */
export function codeTypeOf(name: string): CodeType {
  if (name === 'a') return 'link'
  if (name === 'br' || name === 'wbr') return 'break'
  if (name === 'img' || name === 'picture' || name === 'image' || name === 'svg') return 'image'
  if (name === 'code' || name === 'kbd' || name === 'samp') return 'code'
  return FORMAT_ELEMENTS.has(name) ? 'format' : 'other'
}

/** Attributes whose value is prose, on any element. */
export const PROSE_ATTRIBUTES: ReadonlySet<string> = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'placeholder',
  'title',
])

/** `name` or `property` of the `meta` elements whose `content` is prose. */
export const PROSE_META: ReadonlySet<string> = new Set([
  'description',
  'og:description',
  'og:title',
  'twitter:description',
  'twitter:title',
])

/**
 * Elements whose end tag may be left out and that a new one of these closes when it is the innermost block
 * (HTML, 13.1.2.4, as far as it changes what a unit inherits).
 */
export function closesBlock(opening: string, innermost: string): boolean {
  if (innermost === 'p') return !STAYS_IN_P.has(opening)
  if (innermost === 'li') return opening === 'li'
  if (innermost === 'dt' || innermost === 'dd') return opening === 'dt' || opening === 'dd'
  if (innermost === 'option') return opening === 'option' || opening === 'optgroup'
  if (innermost === 'td' || innermost === 'th') return CELLS_AND_ROWS.has(opening)
  return innermost === 'tr' && ROWS.has(opening)
}

const STAYS_IN_P = new Set(
  'audio canvas datalist legend map noscript object optgroup option select title video'.split(' '),
)
const ROWS = new Set(['tr', 'tbody', 'tfoot', 'thead'])
const CELLS_AND_ROWS = new Set(['td', 'th', ...ROWS])

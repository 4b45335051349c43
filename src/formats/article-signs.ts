/** Signs of a page around an article, each counted once. None has an unbounded repetition. */
const SIGNS: readonly RegExp[] = [
  /<nav[\s>]|\srole=["']?navigation/i,
  /<(?:header|footer)[\s>]|\srole=["']?(?:banner|contentinfo)/i,
  /<aside[\s>]|\srole=["']?complementary/i,
  /<form[\s>]/i,
  /<link\s[^>]{0,300}?stylesheet/i,
  /<script[\s>]/i,
  /<meta\s[^>]{0,300}?(?:og:|twitter:|viewport)/i,
  /(?:class|id)=["'][^"'>]{0,100}?(?:cookie|consent|newsletter|menu|sidebar|share|related)/i,
  /<iframe[\s>]/i,
]

const ENOUGH = 4

/**
 * Whether an HTML document is a whole page saved from the web rather than an article by itself, so that the
 * desk can offer to take the article only. Nothing is parsed; pages are told by their furniture: menus,
 * headers, forms, scripts, style sheets.
 *
 * @param html decoded document or fragment; the first and last 200,000 characters are looked at
 */
export function looksLikeWebPage(html: string): boolean {
  const text = html.length <= 2 * SEEN ? html : html.slice(0, SEEN) + html.slice(-SEEN)
  if (!/<(?:!doctype|html|head|body)[\s>]/i.test(text)) return false
  return SIGNS.filter((sign) => sign.test(text)).length >= ENOUGH
}

const SEEN = 200_000

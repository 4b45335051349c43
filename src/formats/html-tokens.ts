import { type Token, Tokenizer, TokenizerMode } from 'parse5'
import { VOID_ELEMENTS } from './html-elements.ts'
import { NameStack } from './name-stack.ts'

/** One piece of mark-up of the source; what lies between two of them is text. */
export type Markup = {
  readonly type: 'start' | 'end' | 'comment' | 'doctype'
  /** Lower case; empty for comments. */
  readonly name: string
  readonly attributes: readonly Token.Attribute[]
  /** Where each attribute stands, from its name to the end of its value. */
  readonly attributePlaces: Readonly<Record<string, Token.Location>>
  /** Part of SVG or MathML, its own start and end tags included. */
  readonly foreign: boolean
  /** The SVG or MathML ends with it. */
  readonly foreignEnds: boolean
  readonly start: number
  readonly end: number
}

const RCDATA = new Set(['title', 'textarea'])
const RAWTEXT = new Set(['style', 'xmp', 'iframe', 'noembed', 'noframes'])
const INTEGRATION = new Set('foreignobject desc title mi mo mn ms mtext annotation-xml'.split(' '))
const BREAKOUT = new Set(
  (
    'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing ' +
    'menu meta nobr ol p pre ruby s small span strike strong sub sup table tt u ul var'
  ).split(' '),
)

const NO_ATTRIBUTES: readonly Token.Attribute[] = []
const NO_PLACES: Readonly<Record<string, Token.Location>> = {}

/**
 * Runs parse5's tokenizer (the WHATWG one) over a document and hands over each tag, comment and doctype in
 * order. There is no tree: tags come as they stand in the source, however wrongly nested.
 *
 * @param see is called for every piece of mark-up, in document order, until it returns `false`
 */
export function scanHtml(source: string, see: (markup: Markup) => unknown): void {
  const foreign = new NameStack<boolean>() // value: HTML content may stand inside
  const inForeign = (): boolean => foreign.top !== undefined && foreign.top.value === false
  const give = (
    type: Markup['type'],
    name: string,
    token: Token.TagToken | Token.Token,
    isForeign: boolean,
  ) => {
    const { location } = token
    if (location === null) return
    const tag = 'attrs' in token && token.attrs.length > 0
    const answer = see({
      type,
      name,
      attributes: tag ? token.attrs : NO_ATTRIBUTES,
      attributePlaces: tag ? (token.location?.attrs ?? NO_PLACES) : NO_PLACES,
      foreign: isForeign,
      foreignEnds: isForeign && foreign.top === undefined,
      start: location.startOffset,
      end: location.endOffset,
    })
    if (answer === false) tokenizer.pause()
  }
  const nothing = (): void => {}
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        const name = token.tagName
        if (inForeign() && BREAKOUT.has(name)) foreign.clear()
        const isForeignElement = inForeign()
        const opensForeign = name === 'svg' || name === 'math'
        if ((opensForeign || foreign.top !== undefined) && !token.selfClosing && !VOID_ELEMENTS.has(name)) {
          foreign.push(name, !opensForeign && INTEGRATION.has(name))
          give('start', name, token, true)
        } else give('start', name, token, opensForeign || foreign.top !== undefined)
        tokenizer.inForeignNode = inForeign()
        if (!isForeignElement) tokenizer.state = modeAfter(name) ?? tokenizer.state
      },
      onEndTag(token) {
        const isForeign = foreign.top !== undefined
        if (isForeign) foreign.popTo(token.tagName)
        give('end', token.tagName, token, isForeign)
        tokenizer.inForeignNode = inForeign()
      },
      onComment: (token) => give('comment', '', token, foreign.top !== undefined),
      onDoctype: (token) => give('doctype', '', token, false),
      onCharacter: nothing,
      onNullCharacter: nothing,
      onWhitespaceCharacter: nothing,
      onEof: nothing,
    },
  )
  tokenizer.write(source, true)
}

function modeAfter(name: string) {
  if (RCDATA.has(name)) return TokenizerMode.RCDATA
  if (RAWTEXT.has(name)) return TokenizerMode.RAWTEXT
  if (name === 'script') return TokenizerMode.SCRIPT_DATA
  return name === 'plaintext' ? TokenizerMode.PLAINTEXT : undefined
}

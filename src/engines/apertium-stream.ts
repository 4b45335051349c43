import { codeCharacter, codeIndexAt } from '../domain/document.ts'

/** Texts on their way through an Apertium pipeline, and what must be put back afterwards. */
export type ApertiumStream = {
  /** Apertium stream format: texts ended by `.[]`, separated by superblanks. */
  readonly stream: string
  /** What the superblanks `[<a…/>]` of each text stand for: addresses and characters with a meaning in the stream. */
  readonly asides: readonly (readonly string[])[]
}

export type ApertiumText = { readonly text: string; readonly unknownWords: readonly string[] }

/**
 * Writes texts in Apertium's stream format, where `[…]` is a superblank that passes through untouched.
 * Codes become superblanks and stay between the words where they stood; web and mail addresses, and the
 * characters that Apertium uses as marks (`*`, `#`, `@`, `~`), hide in superblanks as well. Each text ends with
 * a full stop of ours, so that no sentence reaches into the next one.
 * Source: Apertium wiki, “Apertium stream format”; `.[]` as apertium-destxt writes it.
 */
export function writeStream(texts: readonly string[]): ApertiumStream {
  const asides: (readonly string[])[] = []
  let stream = ''
  for (const [number, text] of texts.entries()) {
    const hidden: string[] = []
    let from = 0
    for (const { 0: piece, index } of text.matchAll(PIECES)) {
      stream += text.slice(from, index)
      from = index + piece.length
      const code = codeIndexAt(piece, 0)
      if (code !== -1) stream += `[<c${code}/>]`
      else if (piece === '’')
        stream += "'" // the dictionaries know `don't`, not `don’t`
      else if (piece.length === 1 && RESERVED.has(piece)) stream += `\\${piece}`
      else if (piece.length === 1 && piece < ' ') stream += ' '
      else stream += `[<a${hidden.push(piece) - 1}/>]`
    }
    stream += `${text.slice(from)}.[][<end${number}/>]`
    asides.push(hidden)
  }
  return { stream, asides }
}

/**
 * Reads a pipeline's output back, text by text. Marks of unknown words (`*`), of words without a translation
 * (`@`) and without a form (`#`) are taken off; the words themselves are reported.
 * @returns undefined when texts were lost or joined
 */
export function readStream(
  output: string,
  asides: ApertiumStream['asides'],
): readonly ApertiumText[] | undefined {
  const texts: ApertiumText[] = []
  let from = 0
  for (const [number, hidden] of asides.entries()) {
    const separator = `[<end${number}/>]`
    const end = output.indexOf(separator, from)
    if (end === -1) return undefined
    const text = readText(output.slice(from, end), hidden)
    if (text === undefined) return undefined
    texts.push(text)
    from = end + separator.length
  }
  return texts
}

function readText(output: string, hidden: readonly string[]): ApertiumText | undefined {
  const stop = output.lastIndexOf('.[]')
  if (stop === -1 || output.slice(stop + 3).trim() !== '') return undefined
  const unknownWords = new Set<string>()
  let text = ''
  let from = 0
  const body = output.slice(0, stop)
  for (const found of body.matchAll(TOKENS)) {
    text += body.slice(from, found.index)
    from = found.index + found[0].length
    const [whole, escaped, code, aside, marks] = found
    if (escaped !== undefined) text += escaped
    else if (code !== undefined) text += codeCharacter(Number(code))
    else if (aside !== undefined) text += hidden[Number(aside)] ?? ''
    else if (marks !== undefined) {
      const word = WORD.exec(body.slice(from, from + 80))?.[0]
      if (word === undefined) text += marks
      else if (word.length > 1 && !/^[TC]\d+$/.test(word)) unknownWords.add(word)
    } else text += whole === '[]' ? '' : ' '
  }
  text += body.slice(from)
  return { text: text.trim(), unknownWords: [...unknownWords] }
}

const RESERVED = new Set(['^', '$', '/', '<', '>', '{', '}', '\\', '[', ']'])
/** Addresses, code characters, and single characters that the stream cannot have as they are. */
const PIECES =
  /https?:\/\/[^\s\ue000-\uf8ff]+|[\w.+-]{1,64}@[\w.-]{1,255}|[\ue000-\uf8ff]|[\u0000-\u001f’^$/<>{}\\[\]*#@~]/g
/** `\x`, `[<c1/>]`, `[<a1/>]`, marks of unknown words, other superblanks (bounded, so that time stays linear). */
const TOKENS = /\\(.)|\[<c(\d{1,4})\/>\]|\[<a(\d{1,9})\/>\]|([*@#]+)|\[[^[\]]{0,80}\]/gsu
const WORD = /^[\p{L}\p{M}\p{N}'’-]+/u

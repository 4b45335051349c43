/** Comments of people on segments: mentions in them, and how they travel as notes of an XLIFF. Pure. */

/** The longest comment, in UTF-16 code units. */
export const LONGEST_COMMENT = 5_000
const MOST_MENTIONS = 50

/** `@name` in a text; offsets in UTF-16 code units, the `@` included. */
export type Mention = { readonly start: number; readonly end: number; readonly name: string }

/** A comment's text as people see it. */
export type CommentText = { readonly text: string; readonly mentions: readonly Mention[] }

/** A stored mention is its number between these: no text that people write has them. */
const [OPEN, CLOSE] = ['\u0002', '\u0003']

/** Without control characters (line feeds stay) and without space around it. */
export function cleanComment(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x09\x0b-\x1f\x7f]/g, ' ')
    .trim()
}

/**
 * The people that a text mentions: `@` and a name that is known, whatever its case, the longest where several fit.
 * @param names public names
 */
export function findMentions(text: string, names: readonly string[]): readonly Mention[] {
  const known = names
    .filter((name) => name !== '')
    .map((name) => ({ name, folded: name.toLowerCase() }))
    .sort((a, b) => b.folded.length - a.folded.length)
  const folded = text.toLowerCase()
  const mentions: Mention[] = []
  // A few letters change their length with their case: then offsets would not fit, and nobody is mentioned.
  if (folded.length !== text.length) return mentions
  let from = 0
  while (mentions.length < MOST_MENTIONS) {
    const start = folded.indexOf('@', from)
    if (start === -1) break
    from = start + 1
    if (start > 0 && isWord(text.charAt(start - 1))) continue
    const found = known.find(
      (one) =>
        folded.startsWith(one.folded, start + 1) && !isWord(text.charAt(start + 1 + one.folded.length)),
    )
    if (found === undefined) continue
    from = start + 1 + found.folded.length
    mentions.push({ start, end: from, name: found.name })
  }
  return mentions
}

/** As it is stored: mentions as numbers, so that the names can be changed and erased where names are kept. */
export function packMentions(text: string, mentions: readonly Mention[]): string {
  let packed = ''
  let from = 0
  for (const [number, { start, end }] of mentions.entries()) {
    packed += `${text.slice(from, start)}${OPEN}${number}${CLOSE}`
    from = end
  }
  return packed + text.slice(from)
}

/** The reverse of `packMentions`. @param names of the mentions, by number */
export function unpackMentions(stored: string, names: readonly string[]): CommentText {
  const mentions: Mention[] = []
  let text = ''
  for (const piece of stored.split(OPEN)) {
    const close = piece.indexOf(CLOSE)
    const number = close === -1 ? '' : piece.slice(0, close)
    if (!/^\d{1,3}$/.test(number)) {
      text += piece
      continue
    }
    const name = names[Number(number)] ?? '?'
    mentions.push({ start: text.length, end: text.length + name.length + 1, name })
    text += `@${name}${piece.slice(close + 1)}`
  }
  return { text, mentions }
}

const NOTE = 'Comment ('
/** How lines begin that exports write into notes: never a comment when they come back. */
const OUR_LINES = [NOTE, 'Terms: ', 'Check (', 'Exception: ', 'Subtitle: ']

/** A comment as one line of a note in an XLIFF. */
export function commentNote(by: string, text: string): string {
  return `${NOTE}${by}): ${text.replace(/\s+/g, (gap) => (gap.includes('\n') ? ' ' : gap))}`
}

/**
 * What a translator wrote into the notes of a returned file: their lines less those that went out.
 * @param notes texts of the notes of one segment
 * @param sent lines that the notes of its export had
 * @returns one text for each note that says something new
 */
export function newsInNotes(notes: readonly string[], sent: ReadonlySet<string>): readonly string[] {
  return notes.flatMap((note) => {
    const lines = cleanComment(note.slice(0, 10 * LONGEST_COMMENT))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !sent.has(line) && !OUR_LINES.some((start) => line.startsWith(start)))
    const text = lines.join('\n').slice(0, LONGEST_COMMENT)
    return text === '' ? [] : [text]
  })
}

function isWord(character: string): boolean {
  return /^[\p{L}\p{N}_]$/u.test(character)
}

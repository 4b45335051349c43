import { codeCharacter, codeIndexAt } from './document.ts'
import { languageOf } from './locale.ts'
import type { Target } from './target.ts'

/** Text, state and author of a target that has no version yet. */
export type CutTarget = Omit<Target, 'version'>

/**
 * What becomes of a translation when its source is split in two. Where the translation has two sentences of its own, and
 * every inline code stands in the one that its source has it in, each part gets its sentence. Else nobody knows where it
 * is to be cut: all of it stays with the first part, as a draft, without the codes of the second.
 *
 * An approval does not outlast a cut: states go back by one at most.
 *
 * @param sentences where the translation's sentences end (`segmentText`), the last at its length
 * @param codes how many inline codes are in the first part of the source
 * @param sure the source was cut between two sentences
 * @returns the second is null where it has no translation
 */
export function splitTarget(
  target: CutTarget,
  sentences: readonly number[],
  codes: number,
  sure: boolean,
): readonly [CutTarget, CutTarget | null] {
  const parts = sure ? partText(target.text, sentences, [codes, Number.POSITIVE_INFINITY]) : undefined
  const [first, second] = parts ?? []
  if (first !== undefined && second !== undefined) {
    const state = stepBack(target.state, 'translated')
    return [
      { ...target, text: first, state },
      { ...target, text: second, state },
    ]
  }
  return [
    { ...target, text: wholeInFirst(target.text, codes), state: stepBack(target.state, 'initial') },
    null,
  ]
}

/**
 * A translation parted as its source is: one sentence for each part. Undefined where it has another number of sentences,
 * or an inline code stands in another sentence than in the source.
 *
 * @param sentences where the translation's sentences end, the last at its length
 * @param codes how many inline codes each part of the source has, one after the other
 */
export function partText(
  text: string,
  sentences: readonly number[],
  codes: readonly number[],
): readonly string[] | undefined {
  if (sentences.length !== codes.length) return undefined
  let before = 0
  const parts: string[] = []
  for (const [at, count] of codes.entries()) {
    const part = text.slice(sentences[at - 1] ?? 0, sentences[at]).trim()
    const first = before
    before += count
    if (part === '' || !everyCode(part, (code) => code >= first && code < first + count)) return undefined
    parts.push(moveCodes(part, (code) => code - first))
  }
  return parts
}

/** All of a translation for the first part, without the codes of the others. @param codes of the first part */
export function wholeInFirst(text: string, codes: number): string {
  return moveCodes(text, (code) => (code < codes ? code : null))
}

/** Whether a part of a source ends where a sentence does. */
export function endsSentence(source: string): boolean {
  return SENTENCE_END.test(source.slice(-MOST_CLOSERS))
}

const SENTENCE_END = /[.!?…。！？؟।][\p{Pe}\p{Pf}"'\ue000-\uf8ff]*$/u
const MOST_CLOSERS = 10

/**
 * What becomes of two translations whose sources are joined. One that has none leaves the other as a draft.
 *
 * @param codes how many inline codes the first source has, and how many stand between the two
 */
export function joinTargets(
  first: CutTarget | null,
  second: CutTarget | null,
  codes: { readonly first: number; readonly between: number },
  locale: string,
): CutTarget | null {
  const shift = (text: string) => moveCodes(text, (code) => code + codes.first + codes.between)
  if (first === null || second === null) {
    const only = first ?? (second === null ? null : { ...second, text: shift(second.text) })
    return only === null ? null : { ...only, state: stepBack(only.state, 'initial') }
  }
  const between = Array.from({ length: codes.between }, (_, place) =>
    codeCharacter(codes.first + place),
  ).join('')
  const gap = SPACELESS.has(languageOf(locale)) ? '' : ' '
  // What a person wrote is not called a machine's, nor the other way round: the person's name stands for both.
  const author = first.origin === 'human' || second.origin !== 'human' ? first : second
  const parts = [first.text, shift(second.text)].filter((text) => text !== '')
  const draft = first.state === 'initial' || second.state === 'initial'
  return {
    ...{ origin: author.origin, by: author.by },
    text: parts.join(between + gap),
    state: draft ? 'initial' : 'translated',
  }
}

/** One step back at most, and not below `floor`: `reviewed` and `final` become `translated`. */
function stepBack(state: Target['state'], floor: 'initial' | 'translated'): Target['state'] {
  if (state === 'reviewed' || state === 'final') return 'translated'
  return floor === 'translated' ? state : 'initial'
}

/** Languages that put no space between sentences. */
const SPACELESS: ReadonlySet<string> = new Set(['zh', 'ja', 'th', 'lo', 'km', 'my'])

function everyCode(text: string, holds: (code: number) => boolean): boolean {
  for (let offset = 0; offset < text.length; offset++) {
    const code = codeIndexAt(text, offset)
    if (code !== -1 && !holds(code)) return false
  }
  return true
}

/** Each code with another number; null: without it. */
function moveCodes(text: string, to: (code: number) => number | null): string {
  let moved = ''
  for (let offset = 0; offset < text.length; offset++) {
    const code = codeIndexAt(text, offset)
    const next = code === -1 ? null : to(code)
    if (code === -1) moved += text.charAt(offset)
    else if (next !== null) moved += codeCharacter(next)
  }
  return moved
}

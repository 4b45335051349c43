import { codeCharacter, codesIn, runsOf } from '../../src/domain/document.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { editXliff } from '../../src/exchange/xliff-edit.ts'
import type { ReadCode } from '../../src/exchange/xliff-model.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { decodeXml } from '../../src/xml/encoding.ts'
import { childElements, parseXml, type XmlElement } from '../../src/xml/tree.ts'
import { seeded } from './seeded.ts'

/** Broken XLIFF from whole, and what the reader and the editor make of it. */

const PIECES = [
  ...[
    '<',
    '>',
    '/',
    '"',
    "'",
    '&',
    '&#0;',
    '&#xe000;',
    '&lt;',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<?x',
    '<!DOCTYPE x>',
  ],
  ...[
    ' id="1"',
    ' id=""',
    ' mid="7"',
    ' state="final"',
    ' state=""',
    ' version="1.0"',
    ' translate="no"',
    ' approved="yes"',
  ],
  ...[
    '<g id="1">',
    '</g>',
    '<x id="1"/>',
    '<bx id="1"/>',
    '<ex id="1"/>',
    '<pc id="1">',
    '</pc>',
    '<ec startRef="1"/>',
  ],
  ...[
    '<sc id="1"/>',
    '<source/>',
    '<target/>',
    '</target>',
    '<target>',
    '<mrk mtype="seg" mid="7">',
    '</mrk>',
    '<sub>',
  ],
  ...[
    '<segment>',
    '</segment>',
    '<ignorable>',
    '<unit>',
    '</unit>',
    '<trans-unit id="1">',
    '<group>',
    '<seg-source/>',
  ],
  ...[
    '<alt-trans/>',
    '<note/>',
    '<file>',
    '</file>',
    '\u0000',
    '\ud800',
    '\ue000',
    '\uf8ff',
    '\ufeff',
    '\r',
    '😀',
    '',
  ],
]

type Pick = <T>(from: readonly T[]) => T | undefined

/** @returns the mutant number `at` of a series; the same number gives the same mutant */
export function mutantOf(originals: readonly string[], at: number): Uint8Array {
  const random = seeded(at * 2_654_435_761 + 17)
  const pick: Pick = (from) => from[Math.floor(random() * from.length)]
  let text = pick(originals) ?? ''
  const changes = 1 + Math.floor(random() * 4)
  for (let change = 0; change < changes; change++) text = changed(text, random, pick)
  const encoding = random() < 0.04 ? 'utf16le' : 'utf8'
  const bytes = Buffer.from(encoding === 'utf16le' ? `\ufeff${text}` : text, encoding)
  if (random() < 0.05 && bytes.length > 0) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
  }
  return bytes
}

function changed(text: string, random: () => number, pick: Pick): string {
  const elements = random() < 0.75 ? elementsOf(text) : []
  const [element, another] = [pick(elements), pick(elements)]
  if (element !== undefined && another !== undefined) return moved(text, element, another, random())
  const at = Math.floor(random() * text.length)
  const kind = random()
  if (kind < 0.2) {
    const cut = random() < 0.5 ? 0 : Math.floor(random() * random() * 400)
    return text.slice(0, at) + (pick(PIECES) ?? '') + text.slice(at + cut)
  }
  const tags = [...text.matchAll(/<[^<>]{1,400}>/g)]
  const one = pick(tags)
  const other = pick(tags)
  if (one === undefined || other === undefined) return text
  const end = one.index + one[0].length
  if (kind < 0.5) return text.slice(0, one.index) + text.slice(end)
  if (kind < 0.6) return text.slice(0, one.index) + other[0] + text.slice(one.index)
  if (kind < 0.7) return text.slice(0, one.index) + other[0] + text.slice(end)
  if (kind < 0.78) {
    // A stretch of the file that stands twice.
    const [from, to] = [Math.min(one.index, other.index), Math.max(one.index, other.index)]
    return text.slice(0, to) + text.slice(from, Math.min(to, from + 3000)) + text.slice(to)
  }
  if (kind < 0.95) {
    const attributes = [...one[0].matchAll(/ ([\w:-]{1,40})="([^"]{0,400})"/g)]
    const attribute = pick(attributes)
    if (attribute === undefined) return text
    const start = one.index + attribute.index
    const values = [
      '',
      '1',
      '2',
      'x',
      'seg',
      'no',
      'yes',
      '99999999999',
      '&amp;',
      'final',
      '2.0',
      'urn:y',
      'xml',
    ]
    const written = random() < 0.3 ? '' : ` ${attribute[1]}="${pick(values)}"`
    return text.slice(0, start) + written + text.slice(start + attribute[0].length)
  }
  const times = 1 + Math.floor(random() * 300)
  return text.slice(0, end) + one[0].repeat(times) + text.slice(end)
}

function elementsOf(text: string): readonly XmlElement[] {
  try {
    const found: XmlElement[] = [parseXml(text, { looseNamespaces: true })]
    for (const one of found) found.push(...childElements(one))
    return found.slice(1)
  } catch {
    return []
  }
}

/** Takes an element out, doubles it, or puts it where another one is, before it, inside it or around it. */
function moved(text: string, one: XmlElement, other: XmlElement, kind: number): string {
  const xml = text.slice(one.start, one.end)
  if (kind < 0.2) return text.slice(0, one.start) + text.slice(one.end)
  if (kind < 0.35) return text.slice(0, one.end) + xml + text.slice(one.end)
  if (kind < 0.55) return text.slice(0, other.start) + xml + text.slice(other.end)
  if (kind < 0.7) return text.slice(0, other.start) + xml + text.slice(other.start)
  if (kind < 0.85) return text.slice(0, other.contentStart) + xml + text.slice(other.contentStart)
  const inside = text.slice(other.start, other.end)
  const around = text.slice(one.start, one.contentStart).replace(/\/?>$/, '>')
  return `${text.slice(0, other.start)}${around}${inside}</${one.name}>${text.slice(other.end)}`
}

export type Outcome = { readonly segments: number; readonly refused: boolean }

/**
 * Decodes, reads and edits a mutant.
 *
 * @throws Error whatever is wrong: an error that is not for people, a place that is missing, an edit that is lost
 */
export function tryMutant(bytes: Uint8Array, at: number): Outcome {
  let text: string
  let files: ReturnType<typeof readXliff>['files']
  try {
    text = decodeXml(bytes, 'mutant.xlf').text
    files = readXliff(text, 'mutant.xlf').files
  } catch (error) {
    expectReadable(error)
    return { segments: 0, refused: true }
  }
  const all = files.flatMap(({ segments }, file) => segments.map((segment) => ({ file, segment })))
  if (editXliff(text, []) !== text) throw new Error('an edit of nothing changed something')
  const chosen = all[at % Math.max(1, all.length)]
  if (chosen === undefined) throw new Error('a file without segments was not refused')
  const { file, segment } = chosen
  const before = all.filter((one) => one.file === file && one.segment.id === segment.id)
  const target = `Т${codesIn(segment.source).map(codeCharacter).reverse().join(' ')} & <${at}>`
  // The edit of the nth segment with an id needs one for each before it.
  const edits = before.slice(0, before.indexOf(chosen) + 1).map((one) => ({
    file,
    id: segment.id,
    ...(one === chosen ? { target, state: 'translated' as const } : {}),
  }))
  const edited = editXliff(text, edits, 'mutant.xlf')
  const again = readXliff(edited, 'mutant.xlf').files[file]?.segments
  const place = files[file]?.segments.indexOf(segment) ?? -1
  const got = again?.[place]
  // Codes with one id are told apart by their order alone.
  const [is, ought] = [named(got?.target ?? '', got?.targetCodes ?? []), named(target, segment.sourceCodes)]
  if (is !== ought) {
    throw new Error(
      `the edit of ${segment.id} was lost: ${JSON.stringify(is)} instead of ${JSON.stringify(ought)}`,
    )
  }
  return { segments: all.length, refused: false }
}

function named(text: string, codes: readonly ReadCode[]): string {
  return [...runsOf(text)]
    .map((run) => {
      if (typeof run === 'string') return run
      // The end of a pair has an id of its own in some files, its pair's in others, and none in the rest.
      return codes[run]?.kind === 'close' ? '[close]' : `[${codes[run]?.kind} ${codes[run]?.id}]`
    })
    .join('')
}

function expectReadable(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
  if (error.code !== 'invalid-input' && error.code !== 'too-large') throw error
  if (!/\w{3}/.test(error.message)) throw new Error('an error without a message', { cause: error })
  const { line, column, file } = error.place ?? {}
  const hasPlace = line !== undefined && line > 0 && column !== undefined && column > 0
  const unknownEncoding = error.message.includes('which is unknown')
  if (file !== 'mutant.xlf' || (!hasPlace && !unknownEncoding)) {
    throw new Error('an error without a place', { cause: error })
  }
}

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Files made by LibreOffice out of others, many in one run of the program, into `folder`.
 * @param profile name of the program's own folder; runs at the same time need different ones
 */
export async function convertAll(
  folder: string,
  files: readonly string[],
  to: string,
  profile: string,
): Promise<void> {
  const filter = files.some((file) => file.endsWith('.html')) ? ['--infilter=HTML (StarWriter)'] : []
  const own = `-env:UserInstallation=file://${join(folder, profile)}`
  await run('soffice', [own, '--headless', ...filter, '--convert-to', to, '--outdir', folder, ...files])
}

export type Word = {
  readonly text: string
  /** In points from the top left corner of its page: left, top, right, bottom. */
  readonly box: readonly [number, number, number, number]
}

/** A page as it shows: its words, and what can be seen of it in grey, one byte a pixel. */
export type Page = {
  readonly words: readonly Word[]
  /** Its text with marks for what is bold or slanted, by the names of the fonts. */
  readonly styled: string
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const RESOLUTION = 36

/** The pages of a PDF file, by the programs of poppler. */
export async function readPages(pdf: string): Promise<readonly Page[]> {
  const [text, marked, images] = await Promise.all([
    run('pdftotext', ['-bbox', pdf, '-'], { maxBuffer: 1 << 26 }),
    run('pdftohtml', ['-xml', '-i', '-stdout', pdf], { maxBuffer: 1 << 26 }),
    run('pdftoppm', ['-gray', '-r', String(RESOLUTION), pdf], { maxBuffer: 1 << 28, encoding: 'buffer' }),
  ])
  const words = text.stdout
    .split('<page ')
    .slice(1)
    .map((page) => [...page.matchAll(WORD)].map(toWord))
  const styled = marked.stdout.split('<page ').slice(1).map(toStyled)
  return readGreyMaps(images.stdout).map((image, index) => ({
    words: words[index] ?? [],
    styled: styled[index] ?? '',
    ...image,
  }))
}

const WORD = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<\/word>/g

/** Lines and the pieces of a line are one text, in which only changes of style show. */
function toStyled(page: string): string {
  return [...page.matchAll(/<text [^>]*>(.*?)<\/text>/g)]
    .map(([, line]) => line)
    .join(' ')
    .replace(/<(?!\/?[bi]>)[^>]*>/g, '')
    .replace(/(?<end><\/[bi]>)(?<space>\s+)/g, '$<space>$<end>')
    .replace(/<\/i><\/b><b><i>|<\/b><b>|<\/i><i>/g, '')
    .replace(/\s+/g, '')
}

function toWord([, left, top, right, bottom, text]: RegExpMatchArray): Word {
  return { text: text ?? '', box: [Number(left), Number(top), Number(right), Number(bottom)] }
}

/** Portable grey maps (P5), one behind the other. */
function readGreyMaps(bytes: Uint8Array): { width: number; height: number; pixels: Uint8Array }[] {
  const images: { width: number; height: number; pixels: Uint8Array }[] = []
  let at = 0
  while (at < bytes.length) {
    const head = new TextDecoder('latin1').decode(bytes.subarray(at, at + 64))
    const match = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(head)
    if (match === null) throw new Error('this is no grey map')
    const [whole, width, height] = [match[0], Number(match[1]), Number(match[2])]
    const start = at + whole.length
    images.push({ width, height, pixels: bytes.subarray(start, start + width * height) })
    at = start + width * height
  }
  return images
}

/** How far a word may have moved, in points: kerning differs a little between `n` and `ñ`. */
const TOLERANCE = 1.5
/** How far pixels outside all words may differ, and how many may differ by more: a letter can reach out of its box. */
const SHADE = 48
const STRAY = 4

/**
 * What tells two renderings of one document apart whose words differ in accents only: pages, words, where each of
 * them stands and how wide it is (so also its font, boldness and size), and every pixel that is no word's.
 * @returns an empty list where nothing does
 */
export function pageDifferences(one: readonly Page[], other: readonly Page[]): readonly string[] {
  if (one.length !== other.length) return [`${one.length} pages, and ${other.length}`]
  return one.flatMap((page, index) =>
    onPage(page, other[index] ?? page).map((difference) => `page ${index + 1}: ${difference}`),
  )
}

function onPage(one: Page, other: Page): readonly string[] {
  const bare = (page: Page): string => page.words.map(({ text }) => withoutAccents(text)).join(' ')
  if (bare(one) !== bare(other)) return [`other words: ${bare(one)} / ${bare(other)}`]
  const moved = one.words.filter(({ box }, index) => {
    const place = other.words[index]?.box ?? box
    return box.some((value, side) => Math.abs(value - (place[side] ?? 0)) > TOLERANCE)
  })
  if (moved.length > 0) return [`moved or of another size: ${moved.map(({ text }) => text).join(' ')}`]
  const styles = [one.styled, other.styled].map(withoutAccents)
  if (styles[0] !== styles[1]) return [`other type: ${styles.join(' / ')}`]
  const masked = new Uint8Array(one.pixels.length)
  for (const { box } of [...one.words, ...other.words]) cover(masked, one, box)
  let differing = 0
  for (const [at, shade] of one.pixels.entries()) {
    if (masked[at] === 0 && Math.abs(shade - (other.pixels[at] ?? 0)) > SHADE) differing++
  }
  return differing <= STRAY ? [] : [`${differing} pixels differ outside the words`]
}

/** Marks the pixels of a word, and two more around it. */
function cover(mask: Uint8Array, { width, height }: Page, box: Word['box']): void {
  const [left, top, right, bottom] = box.map((value) => (value * RESOLUTION) / 72)
  for (let y = Math.floor(top ?? 0) - 2; y <= (bottom ?? 0) + 2; y++) {
    if (y < 0 || y >= height) continue
    mask.fill(
      1,
      y * width + Math.max(0, Math.floor(left ?? 0) - 2),
      y * width + Math.min(width, (right ?? 0) + 3),
    )
  }
}

/** Letters that have an accent of the same width, in each of several scripts. */
const ACCENTED: Readonly<Record<string, string>> = {
  ...{ n: 'ñ', u: 'ü', e: 'é', o: 'ö', и: 'й', е: 'ё' },
  ...{ と: 'ど', た: 'だ', は: 'ば', て: 'で', ا: 'أ', و: 'ؤ' },
}

export function withAccents(text: string): string {
  return text.replace(/./gu, (letter) => ACCENTED[letter] ?? letter)
}

export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
}

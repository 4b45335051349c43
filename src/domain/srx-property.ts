/** Names of character properties, as ICU and Java write them, for JavaScript expressions. */

const WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]'

/** POSIX classes by UTS #18 annex C, and Java's own names. Keys are loose names (see `looseName`). */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '[\\p{Alphabetic}\\p{Nd}]',
  alpha: '\\p{Alphabetic}',
  any: '[\\u{0}-\\u{10ffff}]',
  all: '[\\u{0}-\\u{10ffff}]',
  ascii: '[\\u{0}-\\u{7f}]',
  blank: '[\\t\\p{Zs}]',
  cntrl: '\\p{Cc}',
  digit: '\\p{Nd}',
  graph: '[^\\p{White_Space}\\p{Cc}\\p{Cs}\\p{Cn}]',
  lower: '\\p{Lowercase}',
  print: '[^\\p{Cc}\\p{Cs}\\p{Cn}]',
  punct: '\\p{P}',
  space: '\\p{White_Space}',
  upper: '\\p{Uppercase}',
  word: WORD,
  xdigit: '[0-9A-Fa-f]',
  javalowercase: '\\p{Lowercase}',
  javauppercase: '\\p{Uppercase}',
  javatitlecase: '\\p{Lt}',
  javaalphabetic: '\\p{Alphabetic}',
  javaletter: '\\p{L}',
  javadigit: '\\p{Nd}',
  javaletterordigit: '[\\p{L}\\p{Nd}]',
  javawhitespace: '[\\t-\\r\\u{1c}-\\u{1f}\\p{Z}]',
  javaspacechar: '\\p{Z}',
  whitespace: '\\p{White_Space}',
  l1: '[\\u{0}-\\u{ff}]',
  'l&': '\\p{LC}',
}

/** The blocks that rules for newspapers name (Unicode Blocks.txt). */
const BLOCKS: Readonly<Record<string, readonly [number, number]>> = {
  basiclatin: [0x00, 0x7f],
  latin1supplement: [0x80, 0xff],
  latinextendeda: [0x100, 0x17f],
  latinextendedb: [0x180, 0x24f],
  greek: [0x370, 0x3ff],
  greekandcoptic: [0x370, 0x3ff],
  cyrillic: [0x400, 0x4ff],
  cyrillicsupplement: [0x500, 0x52f],
  armenian: [0x530, 0x58f],
  hebrew: [0x590, 0x5ff],
  arabic: [0x600, 0x6ff],
  devanagari: [0x900, 0x97f],
  bengali: [0x980, 0x9ff],
  tamil: [0xb80, 0xbff],
  malayalam: [0xd00, 0xd7f],
  thai: [0xe00, 0xe7f],
  lao: [0xe80, 0xeff],
  tibetan: [0xf00, 0xfff],
  myanmar: [0x1000, 0x109f],
  georgian: [0x10a0, 0x10ff],
  hanguljamo: [0x1100, 0x11ff],
  ethiopic: [0x1200, 0x137f],
  khmer: [0x1780, 0x17ff],
  mongolian: [0x1800, 0x18af],
  latinextendedadditional: [0x1e00, 0x1eff],
  greekextended: [0x1f00, 0x1fff],
  generalpunctuation: [0x2000, 0x206f],
  cjksymbolsandpunctuation: [0x3000, 0x303f],
  hiragana: [0x3040, 0x309f],
  katakana: [0x30a0, 0x30ff],
  cjkunifiedideographsextensiona: [0x3400, 0x4dbf],
  cjkunifiedideographs: [0x4e00, 0x9fff],
  hangulsyllables: [0xac00, 0xd7af],
  halfwidthandfullwidthforms: [0xff00, 0xffef],
}

/** `\w` and its like, by their letter. Source: ICU, “Regular Expression Metacharacters”. */
export const SHORTHANDS: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: WORD,
  s: '\\p{White_Space}',
  h: '[\\t\\p{Zs}]',
  v: '[\\n-\\r\\u{85}\\u{2028}\\u{2029}]',
}

/** What `.` does not match without the flag `s`. */
export const LINE_TERMINATOR = '[\\n-\\r\\u{85}\\u{2028}\\u{2029}]'

/** The characters that `\N{…}` knows: those that rules for sentences have a use for (Unicode names). */
export const CHARACTER_NAMES: ReadonlyMap<string, number> = new Map([
  ['SPACE', 0x20],
  ['APOSTROPHE', 0x27],
  ['FULL STOP', 0x2e],
  ['NO-BREAK SPACE', 0xa0],
  ['SOFT HYPHEN', 0xad],
  ['LEFT-POINTING DOUBLE ANGLE QUOTATION MARK', 0xab],
  ['RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK', 0xbb],
  ['INVERTED EXCLAMATION MARK', 0xa1],
  ['INVERTED QUESTION MARK', 0xbf],
  ['ARMENIAN FULL STOP', 0x589],
  ['ARABIC QUESTION MARK', 0x61f],
  ['ARABIC FULL STOP', 0x6d4],
  ['DEVANAGARI DANDA', 0x964],
  ['DEVANAGARI DOUBLE DANDA', 0x965],
  ['EN DASH', 0x2013],
  ['EM DASH', 0x2014],
  ['LEFT SINGLE QUOTATION MARK', 0x2018],
  ['RIGHT SINGLE QUOTATION MARK', 0x2019],
  ['LEFT DOUBLE QUOTATION MARK', 0x201c],
  ['RIGHT DOUBLE QUOTATION MARK', 0x201d],
  ['DOUBLE LOW-9 QUOTATION MARK', 0x201e],
  ['BULLET', 0x2022],
  ['HORIZONTAL ELLIPSIS', 0x2026],
  ['NARROW NO-BREAK SPACE', 0x202f],
  ['NUMERO SIGN', 0x2116],
  ['IDEOGRAPHIC SPACE', 0x3000],
  ['IDEOGRAPHIC FULL STOP', 0x3002],
  ['FULLWIDTH EXCLAMATION MARK', 0xff01],
  ['FULLWIDTH FULL STOP', 0xff0e],
  ['FULLWIDTH QUESTION MARK', 0xff1f],
])

/**
 * The JavaScript class for the name in `\p{…}` or `[:…:]`: general categories, scripts, binary properties,
 * POSIX and Java names, and the common blocks; loose in case, spaces, hyphens and underscores (UAX #44 LM3).
 * @returns a class or property escape for the flag `u`; undefined for a name that is not known
 */
export function propertySource(name: string): string | undefined {
  if (name.length > 60 || !/^[A-Za-z0-9_ =:&.-]+$/.test(name)) return undefined
  const [left = '', right] = name.split(/[=:]/, 2)
  const key = looseName(left)
  if (right !== undefined) {
    if (key === 'block' || key === 'blk') return blockSource(looseName(right))
    if (key === 'script' || key === 'sc')
      return knownProperty(nameForms(right).map((form) => `Script=${form}`))
    if (key === 'scx' || key === 'scriptextensions')
      return knownProperty(nameForms(right).map((form) => `scx=${form}`))
    if (key === 'gc' || key === 'generalcategory') return plainSource(right)
    return undefined
  }
  return (
    plainSource(left) ??
    (/^is/i.test(left) ? plainSource(left.slice(2)) : undefined) ??
    (/^in/i.test(left) ? blockSource(looseName(left.slice(2))) : undefined)
  )
}

function plainSource(name: string): string | undefined {
  const forms = nameForms(name)
  const key = looseName(name)
  const posix = Object.hasOwn(CLASSES, key) ? CLASSES[key] : undefined
  return posix ?? knownProperty([...forms, ...forms.map((form) => `Script=${form}`)])
}

function blockSource(key: string): string | undefined {
  const block = Object.hasOwn(BLOCKS, key) ? BLOCKS[key] : undefined
  return block && `[${block.map((unit) => `\\u{${unit.toString(16)}}`).join('-')}]`
}

function looseName(name: string): string {
  return name.toLowerCase().replace(/[ _-]/g, '')
}

/** The spellings JavaScript may know it by: `Lu`, `Uppercase_Letter`, `ASCII`. */
function nameForms(name: string): readonly string[] {
  const parts = name.trim().split(/[ _-]/)
  const titled = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
  return [name, titled.join('_'), parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('_')]
}

function knownProperty(names: readonly string[]): string | undefined {
  for (const name of names) {
    if (!/^[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?$/.test(name)) continue
    try {
      new RegExp(`\\p{${name}}`, 'u')
      return `\\p{${name}}`
    } catch {
      // Not a name that this engine knows; the next spelling may be.
    }
  }
  return undefined
}

/** A synthetic news language: words by Zipf's law, sentences that come again with small changes, as agencies write them. */
export type NewsLanguage = 'en' | 'zh' | 'ja'

export type News = {
  /** Sentence number `n`, always the same. */
  readonly sentence: (n: number) => string
  /** A sentence with a few changes, as a later article would have it. */
  readonly edited: (sentence: string, random: () => number) => string
}

/** Mulberry32 (Tommy Ettinger, public domain): numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const COMMON: Readonly<Record<NewsLanguage, readonly string[]>> = {
  en: 'the of to and in a that for on was with by as at from his is were it had has not who be said their an after are which he its have but this been they will more people president government police one would also city protest two over new first against during'.split(
    ' ',
  ),
  zh: [
    ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
  ],
  ja: [...'のにはをたがでてとしれさいるなもっかりあらことこれその日年人大国会中本'],
}

const SYLLABLES =
  'ka to ri ber lin ma ro ves ten ar din gal por sha mi lo vet nor el bra sti cor fen tal wu pre qui zan ob der hol ju'.split(
    ' ',
  )

const VOCABULARY = 60_000

export function createNews(language: NewsLanguage): News {
  const random = seeded(language.charCodeAt(0) * 7_919)
  const words = [...COMMON[language]]
  const known = new Set(words)
  while (words.length < VOCABULARY) {
    const word = language === 'en' ? latinWord(random) : eastWord(language, random)
    if (!known.has(word)) {
      known.add(word)
      words.push(word)
    }
  }
  const spaced = language === 'en'
  const join = (parts: readonly string[]): string =>
    spaced ? `${capital(parts.join(' '))}.` : `${parts.join('')}。`
  const make = (n: number): string => {
    const own = seeded(n * 2_654_435_761 + 17)
    const length = sentenceLength(own, spaced)
    const parts = Array.from({ length }, () => (own() < 0.03 ? number(own) : pick(words, own)))
    return length <= 3 ? (spaced ? capital(parts.join(' ')) : parts.join('')) : join(parts)
  }
  const edited = (sentence: string, own: () => number): string => {
    const mark = /[.。]$/.test(sentence) ? sentence.slice(-1) : ''
    const bare = mark === '' ? sentence : sentence.slice(0, -1)
    const parts = spaced ? bare.split(' ') : [...bare]
    if (parts.length <= 3 || own() < 0.15) return typo(bare, own) + mark
    const changes = 1 + Math.floor(own() * Math.max(1, parts.length / 6))
    for (let change = 0; change < changes; change++) {
      const at = Math.floor(own() * parts.length)
      const fresh = spaced ? pick(words, own) : [...pick(words, own)].slice(0, 1).join('')
      const kind = own()
      if (kind < 0.5) parts[at] = fresh
      else if (kind < 0.75) parts.splice(at, 1)
      else parts.splice(at, 0, fresh)
    }
    return parts.join(spaced ? ' ' : '') + mark
  }
  return {
    // Every fourth is a change of an older one.
    sentence: (n) => (n > 100 && n % 4 === 0 ? edited(make(Math.floor(n * 0.618)), seeded(n)) : make(n)),
    edited,
  }
}

/** By Zipf's law with exponent 1, found by inverting the harmonic sum's logarithm. */
function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(Math.exp(random() * Math.log(words.length + 1))) - 1] ?? ''
}

/** One in ten is a title or a caption of a few words; a sentence has some 20 words and now and then 60. */
function sentenceLength(random: () => number, spaced: boolean): number {
  if (random() < 0.1) return 1 + Math.floor(random() * 4)
  const length = Math.exp(2.9 + 0.5 * Math.sqrt(-2 * Math.log(random() || 1)) * Math.cos(6.2832 * random()))
  return Math.min(65, Math.max(4, Math.round(spaced ? length : length * 0.9)))
}

function latinWord(random: () => number): string {
  const length = 2 + Math.floor(random() * 3)
  const word = Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('')
  return random() < 0.1 ? capital(word) : word
}

function eastWord(language: NewsLanguage, random: () => number): string {
  const length = 1 + Math.floor(random() * 2.4)
  const kana = language === 'ja' && random() < 0.4
  // Characters, too, are by far not all as frequent.
  const character = (): string =>
    kana
      ? String.fromCharCode(0x30a1 + Math.floor(random() * 80))
      : String.fromCharCode(0x4e00 + Math.floor(3_500 * random() * random()))
  return Array.from({ length }, character).join('')
}

function number(random: () => number): string {
  return `${Math.floor(random() * 10 ** (1 + Math.floor(random() * 5)))}`
}

function typo(text: string, random: () => number): string {
  const at = Math.floor(random() * Math.max(1, text.length - 1))
  const swapped = (text[at + 1] ?? '') + (text[at] ?? '')
  return text.slice(0, at) + swapped + text.slice(at + 2)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

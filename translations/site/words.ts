/** What the site itself says. A language that is not here gets English, and the page says so. */
export type SiteWords = {
  readonly articles: string
  readonly languages: string
  readonly alsoIn: string
  readonly feed: string
  readonly proof: string
  readonly withdrawn: string
}

const WORDS: Readonly<Record<string, SiteWords>> = {
  en: {
    articles: 'Articles',
    languages: 'Languages',
    alsoIn: 'Also in',
    feed: 'Feed of this language',
    proof: 'How this translation came about',
    withdrawn: 'This article has been withdrawn',
  },
  de: {
    articles: 'Artikel',
    languages: 'Sprachen',
    alsoIn: 'Auch auf',
    feed: 'Feed dieser Sprache',
    proof: 'Wie diese Übersetzung entstanden ist',
    withdrawn: 'Dieser Artikel wurde zurückgezogen',
  },
  es: {
    articles: 'Artículos',
    languages: 'Idiomas',
    alsoIn: 'También en',
    feed: 'Canal de este idioma',
    proof: 'Cómo se hizo esta traducción',
    withdrawn: 'Este artículo ha sido retirado',
  },
  fr: {
    articles: 'Articles',
    languages: 'Langues',
    alsoIn: 'Également en',
    feed: 'Flux de cette langue',
    proof: 'Comment cette traduction a été faite',
    withdrawn: 'Cet article a été retiré',
  },
  pt: {
    articles: 'Artigos',
    languages: 'Línguas',
    alsoIn: 'Também em',
    feed: 'Feed desta língua',
    proof: 'Como esta tradução foi feita',
    withdrawn: 'Este artigo foi retirado',
  },
  ar: {
    articles: 'مقالات',
    languages: 'اللغات',
    alsoIn: 'متوفر أيضًا بـ',
    feed: 'خلاصة هذه اللغة',
    proof: 'كيف أُنجزت هذه الترجمة',
    withdrawn: 'سُحب هذا المقال',
  },
}

const ENGLISH = WORDS.en as SiteWords

/** The words for a locale, and the language that they are in. */
export function wordsFor(locale: string): { readonly words: SiteWords; readonly lang: string } {
  const language = locale.split('-')[0] ?? ''
  const words = WORDS[language]
  return words === undefined ? { words: ENGLISH, lang: 'en' } : { words, lang: locale }
}

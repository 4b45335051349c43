/** The package ships no types; this is all of its API that we use. */
declare module 'snowball-stemmers' {
  type Stemmer = { readonly stem: (word: string) => string }
  const snowball: {
    /** @throws when the algorithm is unknown */
    readonly newStemmer: (algorithm: string) => Stemmer
    readonly algorithms: () => string[]
  }
  export = snowball
}

import type { Figure } from './figure.ts'

/** What was promised of a figure, by its name. */
type Pledge = Pick<Figure, 'goal' | 'better' | 'ratio'> & { readonly of: RegExp }

const ratio = true

/**
 * Every figure that an issue promises, beside those that say it themselves; and which figures hardly depend on the
 * machine. The first that fits a name counts.
 */
const PROMISES: readonly Pledge[] = [
  { of: /^start from nothing to \/readyz$/, goal: '≤ 5 s' },
  { of: /^second start to \/readyz$/, goal: '≤ 3 s' },
  { of: /^1,500 words × 5 locales, POST to last XLIFF/, goal: '≤ 1.5 ×', ratio },
  { of: /MB of HTML: parse \+ segment \+ write against parse5/, goal: '< 3 ×', ratio },
  // Splitting takes microseconds: what it is divided by is noise.
  { of: /: parse \+ segment \+ write, against String\.split parsing alone$/, better: 'lower' },
  { of: /: parse \+ segment \+ write, against .* parsing alone$/, better: 'lower', ratio },
  { of: /^segmentText, MB\/s$/, goal: '≥ 20 MB/s' },
  { of: /^segmentText ÷ Intl\.Segmenter$/, better: 'higher', ratio },
  { of: /^hostile text, ms for/, goal: '≤ 50 ms' },
  { of: /^hostile text, time × at 4 ×/, goal: '< 8 ×', ratio },
  { of: /: time of npm xliff by ours$/, goal: '≥ 5 ×', ratio },
  { of: /: memory of npm xliff by ours$/, goal: '≥ 2 ×', ratio },
  { of: /: our reading by xmllint's parse$/, goal: '≤ 2 ×', ratio },
  { of: /: our tree by xmllint's parse$/, better: 'lower', ratio },
  { of: /^TMX of \d+ MB through a pipe$/, better: 'lower' },
  { of: /^terms: load \d+ terms/, goal: '≤ 1,000 ms' },
  { of: /^terms: finding, \d+ terms/, goal: '≥ 1,000 segments/s' },
  { of: /^terms: finding and verdicts/, better: 'higher' },
  { of: /^terms: a regular expression a term/ },
  { of: /^Apertium .* hard terms right/, goal: '≥ 0.99', ratio },
  { of: /^Apertium .* all terms right/, better: 'higher', ratio },
  { of: /^Apertium .* chrF2/, goal: '≥ 0', ratio },
  { of: /^memory of .*: import of TMX$/, goal: '≤ 120 s' },
  { of: /^memory of .*: exact$/, goal: '≤ 0.5 ms' },
  { of: /^memory of 3400000 .*: fuzzy, (?:one at a time|up to 20 characters)$/, goal: '≤ 20 ms' },
  { of: /^memory of .*: fuzzy, (?:one at a time|up to 20 characters)$/, goal: '≤ 8 ms' },
  { of: /^memory of .*: fuzzy, in batches of 50$/, goal: '≤ 4 ms' },
  { of: /^memory of .*: one after the other, 50 at once$/, goal: '≥ 1 ×', ratio },
  { of: /^memory of .*: an article of 70 sentences$/, goal: '≤ 200 ms' },
  { of: /^memory of .*: prefill of 100000,/, goal: '≤ 60 s' },
  { of: /^memory of .*: found, against comparing with all$/, goal: '≥ 0.99', ratio },
  { of: /^memory: export as TMX$/, goal: '≥ 50 MB/s' },
  { of: /^align revisions of 5000 segments/, goal: '≤ 1,000 ms' },
  { of: /^200 articles × 5 locales on Redis/, better: 'higher' },
  { of: /^worker memory at the end against after the first 50/, better: 'lower', ratio },
  { of: /^p95 wait of breaking news under full load against idle/, goal: '≤ 2 ×', ratio },
  { of: /^board of \d+ documents derived/, better: 'lower' },
  { of: /^board of \d+: /, goal: '≤ 100 ms' },
  { of: /^approve → bundle fetchable/, goal: '≤ 1,000 ms' },
  { of: /^approve → webhook delivered/, goal: '≤ 2,000 ms' },
  { of: /against a bare Hono route with the same bytes$/, goal: '≥ 80 %', ratio },
  { of: /editions finished in one moment, three workers/, goal: '≥ 1,000 of them', ratio },
  { of: /^editor: 5,000 segments, navigation/, goal: '≤ 1,000 ms' },
  { of: /^editor: input to next paint/, goal: '≤ 100 ms' },
  { of: /^editor: confirm to next field focused/, goal: '≤ 50 ms' },
  { of: /^editor: confirm to saved/, goal: '≤ 150 ms' },
  { of: /^editor: JavaScript heap/, goal: '< 150 MB' },
]

/** A figure with what was promised of it; what it says itself goes before. */
export function withPromise(figure: Figure): Figure {
  const found = PROMISES.find(({ of }) => of.test(figure.name))
  if (found === undefined) return figure
  const { of: _, ...promise } = found
  return { ...promise, ...figure }
}

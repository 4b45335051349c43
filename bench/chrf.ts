/**
 * chrF2 of a corpus: precision and recall of character n-grams, averaged over the orders 1 to 6 that occur, in one
 * F-score (β = 2, so that recall counts double): (1 + β²) · P · R / (β² · P + R). Counts of all sentences are added up
 * first; white space does not count. 0 to 100. Source: M. Popović, “chrF: character n-gram F-score for automatic MT evaluation”,
 * WMT 2015.
 */
export function chrf(pairs: readonly (readonly [hypothesis: string, reference: string])[]): number {
  let [precision, recall, orders] = [0, 0, 0]
  for (let order = 1; order <= LONGEST; order++) {
    let [matched, guessed, wanted] = [0, 0, 0]
    for (const [hypothesis, reference] of pairs) {
      const guess = countGrams(hypothesis, order)
      const truth = countGrams(reference, order)
      for (const [gram, count] of guess) matched += Math.min(count, truth.get(gram) ?? 0)
      guessed += sumOf(guess)
      wanted += sumOf(truth)
    }
    if (guessed === 0 || wanted === 0) continue
    orders++
    precision += matched / guessed
    recall += matched / wanted
  }
  if (precision === 0 || recall === 0) return 0
  const [p, r] = [precision / orders, recall / orders]
  return (100 * (1 + BETA ** 2) * p * r) / (BETA ** 2 * p + r)
}

const LONGEST = 6
const BETA = 2

function countGrams(text: string, order: number): ReadonlyMap<string, number> {
  const characters = [...text.replace(/\s+/g, '')]
  const counts = new Map<string, number>()
  for (let at = 0; at + order <= characters.length; at++) {
    const gram = characters.slice(at, at + order).join('')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}

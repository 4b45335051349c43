import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { collectAll, type EnglishWords } from './collect-words.ts'

/**
 * Writes every word of the interface in English, for translating it with Talmach itself: `en.json`, from its key to its
 * words. With `--plurals es` all plural forms that Spanish needs are there to be translated.
 *
 * `node test/web/words-export.ts [--out FILE] [--plurals LOCALE]`
 */
export function writeEnglish(words: ReadonlyMap<string, EnglishWords>, locale: string): string {
  const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  const forms = (english: EnglishWords) =>
    typeof english === 'string'
      ? english
      : Object.fromEntries(
          [...categories].sort().map((name) => [name, name === 'one' ? english.one : english.other]),
        )
  const all = Object.fromEntries([...words].map(([key, english]) => [key, forms(english)]))
  return `${JSON.stringify(all, null, 2)}\n`
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, plurals: { type: 'string' } } })
  const out = values.out ?? join(resolve(import.meta.dirname, '../..'), 'en.json')
  const { words } = collectAll()
  writeFileSync(out, writeEnglish(words, values.plurals ?? 'en'))
  console.log(`${words.size} sentences are in ${out}`)
}

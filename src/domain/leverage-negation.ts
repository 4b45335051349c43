import { languageOf } from './locale.ts'

/**
 * How many words of a sentence turn it into its opposite: those of its language, where they are known, and `n't`.
 * @param words as the sentence has them, in any case
 */
export function countNegations(words: readonly string[], locale: string): number {
  const known = NEGATIONS[languageOf(locale)] ?? new Set()
  return words.filter((word) => {
    const lower = word.toLowerCase()
    return known.has(lower) || /n['’]t$/.test(lower)
  }).length
}

/** Words that turn a sentence into its opposite. */
const NEGATIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['not', 'no', 'never', 'nobody', 'none', 'nothing', 'neither', 'nor', 'without', 'cannot']),
  de: new Set([
    'nicht',
    'nie',
    'niemals',
    'niemand',
    'nichts',
    'ohne',
    'weder',
    'kein',
    'keine',
    'keinen',
    'keinem',
  ]),
  es: new Set(['no', 'nunca', 'jamás', 'nadie', 'nada', 'ni', 'sin', 'ningún', 'ninguna', 'tampoco']),
  fr: new Set(['ne', 'pas', 'jamais', 'personne', 'rien', 'ni', 'sans', 'aucun', 'aucune', 'non']),
  pt: new Set(['não', 'nunca', 'jamais', 'ninguém', 'nada', 'nem', 'sem', 'nenhum', 'nenhuma']),
  ru: new Set(['не', 'нет', 'ни', 'никогда', 'никто', 'ничего', 'без', 'нельзя']),
  be: new Set(['не', 'няма', 'ні', 'ніколі', 'ніхто', 'нічога', 'без', 'нельга']),
  uk: new Set(['не', 'ні', 'немає', 'ніколи', 'ніхто', 'нічого', 'без']),
  pl: new Set(['nie', 'nigdy', 'nikt', 'nic', 'ani', 'bez', 'żaden', 'żadna']),
  it: new Set(['non', 'mai', 'nessuno', 'niente', 'nulla', 'né', 'senza']),
  zh: new Set(['不', '没', '沒', '无', '無', '未', '非', '否']),
  ja: new Set(['無', '不', '未', '非', '否', 'ず', 'ぬ']),
}

/**
 * English nouns without the mark of the plural. Terms are nouns and names, and Porter's rules would make
 * `organization` and `organ` one word.
 * @param key lower case
 */
export function stemEnglish(key: string): string {
  if (key.endsWith('men') && key.length > 5) return `${key.slice(0, -2)}an`
  if (key.length < 4 || !key.endsWith('s') || /(?:ss|us|is)$/.test(key)) return key
  if (key.length > 4 && key.endsWith('ies')) return `${key.slice(0, -3)}y`
  if (/(?:ch|sh|ss|x|zz)es$/.test(key)) return key.slice(0, -2)
  return key.slice(0, -1)
}

import { languageOf } from '../../domain/locale.ts'
import { readLocale } from './locale-picker.tsx'

/**
 * The source locale to show: what a person decided for this document, else the language that was detected where
 * it is another one than usual (`en-GB` does not replace a usual `en`), else the usual one.
 *
 * @param usual what the field held last; a tag or whatever was typed
 * @param detected BCP 47, null for unknown
 */
export function sourceToShow(usual: string, detected: string | null, decided: boolean): string {
  return !decided && detected !== null && differs(detected, usual) ? detected : usual
}

/** Whether what stands in the source field is another language than the detected one; false while it is no tag. */
export function differs(detected: string, typed: string): boolean {
  const read = readLocale(typed)
  return 'tag' in read && languageOf(read.tag) !== languageOf(detected)
}

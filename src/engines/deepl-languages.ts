import { languageOf } from '../domain/locale.ts'
import type { LocalePair } from './engine.ts'

/**
 * Languages with everything: tags, glossaries, formality. Source: the languages that deepl-node 1.28 lists
 * for glossaries.
 */
const FULL = new Set(
  'ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh'.split(
    ' ',
  ),
)

/** Languages that DeepL translates as plain text only. Source: deepl-node 1.28, `CommonLanguageCode`. */
const PLAIN = new Set(
  (
    'ace af an as ay az ba be bho bn br bs ca ceb ckb cy eo eu fa ga gl gn gom gu ha hi hr ht hy ig is jv ka ' +
    'kk kmr ky la lb lmo ln mai mg mi mk ml mn mr ms mt my ne oc om pa pag pam prs ps qu sa scn sq sr st su ' +
    'sw ta te tg th tk tl tn ts tt ur uz wo xh yi yue zu'
  ).split(' '),
)

/** Languages whose formality can be asked for. Source: DeepL API reference, parameter `formality`. */
const FORMAL = new Set(['de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'ru'])

/** DeepL's code for a source locale, which has no region: `en-GB` → `en`, `no` → `nb`. */
export function deeplSource(locale: string): string {
  const language = languageOf(locale)
  return language === 'no' ? 'nb' : language
}

/**
 * DeepL's code for a target locale. English and Portuguese must name a region: plain `en` becomes `en-US`,
 * plain `pt` `pt-PT`; other regions go to the nearest (`en-AU` → `en-GB`, `pt-AO` → `pt-PT`). Spanish of the
 * Americas is `es-419`, Chinese goes by script.
 */
export function deeplTarget(locale: string): string {
  const language = deeplSource(locale)
  const { region, script } = new Intl.Locale(locale).maximize()
  if (language === 'en') return region === 'US' ? 'en-US' : 'en-GB'
  if (language === 'pt') return locale === 'pt' || region !== 'BR' ? 'pt-PT' : 'pt-BR'
  if (language === 'es') return region === 'ES' ? 'es' : 'es-419'
  if (language === 'zh') return script === 'Hant' ? 'zh-HANT' : 'zh-HANS'
  return language
}

/** Does DeepL translate this pair at all? */
export function deeplSupports(pair: LocalePair): boolean {
  const [source, target] = [deeplSource(pair.source), deeplSource(pair.target)]
  return source !== target && [source, target].every((code) => FULL.has(code) || PLAIN.has(code))
}

/** Does DeepL take mark-up and glossaries for this pair? Not for Belarusian, for one. */
export function deeplIsFull(pair: LocalePair): boolean {
  return FULL.has(deeplSource(pair.source)) && FULL.has(deeplSource(pair.target))
}

/** Can a formality be asked for in this target locale? */
export function deeplHasFormality(target: string): boolean {
  return FORMAL.has(deeplSource(target))
}

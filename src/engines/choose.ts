import { DomainError } from '../domain/errors.ts'
import { languageOf } from '../domain/locale.ts'
import { createApertiumEngine } from './apertium.ts'
import { createDeeplEngine, type DeeplConfig } from './deepl.ts'
import type { Engine, LocalePair } from './engine.ts'
import { createLibreTranslateEngine } from './libretranslate.ts'
import { createLlmEngine, type LlmConfig } from './llm.ts'
import { createPseudoEngine } from './pseudo.ts'

export type EngineConfig = {
  readonly deeplAuthKey?: string | undefined
  readonly deeplServerUrl?: string | undefined
  readonly deeplFormality?: DeeplConfig['formality'] | undefined
  readonly deeplStyleRules?: DeeplConfig['styleRules'] | undefined
  readonly libreTranslateUrl?: string | undefined
  /** A language model; none is asked unless this is set. */
  readonly llm?: Pick<LlmConfig, 'url' | 'model' | 'key' | 'price'> | undefined
  /** `auto`, `none`, or engine names with commas, in order of preference (`TALMACH_MT`). */
  readonly mt: string
}

export type EngineOrder = {
  readonly engines: readonly Engine[]
  /** Why there is none and what to set, one plain sentence; null when there is one. */
  readonly notice: string | null
  /** Mends sentences of the other engines whose terms are wrong; undefined unless a model is set up and may be used. */
  readonly repairer?: Engine | undefined
}

/**
 * Order of preference of `auto`. Machine translation proper goes first, as it neither invents nor talks; a language
 * model goes before Apertium, which is there by chance of what is installed and reads far worse. `pseudo` is not in it.
 */
const AUTOMATIC = ['deepl', 'libretranslate', 'llm', 'apertium'] as const

/**
 * All engines that are configured or installed on this machine, `pseudo` included; `engineOrder` chooses.
 * Never fails for a service that is down.
 */
export async function createEngines(config: EngineConfig): Promise<readonly Engine[]> {
  const engines: Engine[] = []
  if (config.deeplAuthKey !== undefined) {
    const serverUrl = config.deeplServerUrl
    const { deeplAuthKey: authKey, deeplFormality: formality, deeplStyleRules: styleRules } = config
    engines.push(
      createDeeplEngine({
        authKey,
        ...(serverUrl === undefined ? {} : { serverUrl }),
        ...(formality === undefined ? {} : { formality }),
        ...(styleRules === undefined ? {} : { styleRules }),
      }),
    )
  }
  if (config.libreTranslateUrl !== undefined) {
    engines.push(await createLibreTranslateEngine({ url: config.libreTranslateUrl }))
  }
  if (config.llm !== undefined) engines.push(createLlmEngine(config.llm))
  const apertium = await createApertiumEngine()
  if (apertium !== undefined) engines.push(apertium)
  engines.push(createPseudoEngine())
  return engines
}

/** The engines for a pair in the order in which they are asked, by `TALMACH_MT`. */
export function engineOrder(
  config: Pick<EngineConfig, 'mt'>,
  engines: readonly Engine[],
  pair: LocalePair,
): EngineOrder {
  const direction = `${pair.source} to ${pair.target}`
  if (config.mt === 'none') {
    return {
      engines: [],
      notice: 'Machine translation is switched off (TALMACH_MT=none): only memory and glossary were used.',
    }
  }
  const names = config.mt === 'auto' ? AUTOMATIC : config.mt.split(',').map((name) => name.trim())
  const named = names.flatMap((name) => engines.find((engine) => engine.name === name) ?? [])
  const able = named.filter(({ capabilities }) => capabilities.supports(pair))
  if (able.length > 0) {
    const repairer = able.find(({ capabilities }) => capabilities.repairs === true)
    return { engines: able, notice: null, ...(repairer === undefined ? {} : { repairer }) }
  }
  const help =
    'Set DEEPL_API_KEY, or LIBRETRANSLATE_URL, or TALMACH_LLM_URL, or install Apertium' +
    `${languageOf(pair.source) === 'en' ? ' (Debian: apertium-eng-spa, apertium-es-pt, apertium-fr-es)' : ''}.`
  const why =
    named.length > 0
      ? `No configured machine translation engine translates ${direction} (${named.map(({ name }) => name).join(', ')} cannot)`
      : config.mt === 'auto'
        ? `There is no machine translation engine for ${direction}`
        : `TALMACH_MT names ${config.mt}, which is not set up here`
  return { engines: [], notice: `${why}: only memory and glossary were used. ${help}` }
}

const WHAT_TO_SET: Readonly<Record<string, string>> = {
  deepl: 'set DEEPL_API_KEY',
  libretranslate: 'set LIBRETRANSLATE_URL',
  llm: 'set TALMACH_LLM_URL and TALMACH_LLM_MODEL',
  apertium: 'install Apertium (Debian: apertium-eng-spa, apertium-es-pt, apertium-fr-es)',
  pseudo: '',
}

/**
 * Refuses a choice of engines (`TALMACH_MT`, `--engine`) that names one which is not here: better at the start
 * than an article that comes back untranslated.
 * @throws DomainError `misconfigured` that says what to set
 */
export function requireEngines(mt: string, engines: readonly Engine[]): void {
  if (mt === 'auto' || mt === 'none') return
  for (const name of mt.split(',').map((part) => part.trim())) {
    if (engines.some((engine) => engine.name === name)) continue
    const remedy = WHAT_TO_SET[name]
    throw new DomainError(
      'misconfigured',
      remedy === undefined
        ? `there is no engine named ${name}; there are ${Object.keys(WHAT_TO_SET).join(', ')}, auto and none`
        : `the engine ${name} is not set up here: ${remedy}`,
    )
  }
}

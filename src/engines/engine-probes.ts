import type { EngineConfig } from './choose.ts'

export type EngineProbe = {
  readonly engine: string
  /** Asks something that costs nothing. @returns a sentence @throws Error that says why it cannot be used */
  readonly ask: () => Promise<{ readonly detail: string; readonly warn?: string }>
}

const TIMEOUT_MS = 10_000

/** A harmless question for each engine that is reached over the network: nothing is translated, nothing is billed. */
export function engineProbes(config: EngineConfig): readonly EngineProbe[] {
  const probes: EngineProbe[] = []
  const { deeplAuthKey, libreTranslateUrl, llm } = config
  if (deeplAuthKey !== undefined) {
    const free = deeplAuthKey.endsWith(':fx')
    const base = config.deeplServerUrl ?? `https://api${free ? '-free' : ''}.deepl.com`
    probes.push({ engine: 'deepl', ask: () => askDeepl(base, deeplAuthKey) })
  }
  if (libreTranslateUrl !== undefined) {
    probes.push({
      engine: 'libretranslate',
      ask: async () => {
        const answer = await get(libreTranslateUrl, '/languages', {})
        const languages: unknown = await answer.json()
        return { detail: `${Array.isArray(languages) ? languages.length : 0} languages` }
      },
    })
  }
  if (llm !== undefined) {
    const headers: Record<string, string> =
      llm.key === undefined ? {} : { authorization: `Bearer ${llm.key}` }
    probes.push({
      engine: 'llm',
      ask: async () => {
        await get(llm.url, '/models', headers)
        return { detail: `answers, model ${llm.model}` }
      },
    })
  }
  return probes
}

async function askDeepl(base: string, key: string) {
  const answer = await get(base, '/v2/usage', { authorization: `DeepL-Auth-Key ${key}` })
  const usage: unknown = await answer.json()
  const used = numberAt(usage, 'character_count')
  const most = numberAt(usage, 'character_limit')
  if (used === undefined || most === undefined) return { detail: 'answers' }
  const number = new Intl.NumberFormat('en')
  const detail = `${number.format(used)} of ${number.format(most)} characters used`
  if (used < most * 0.9) return { detail }
  return { detail, warn: 'the quota is nearly used up: raise it, or name another engine in TALMACH_MT' }
}

async function get(base: string, path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  let answer: Response
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    answer = await fetch(`${base.replace(/(?<!\/)\/+$/, '')}${path}`, { headers, signal, redirect: 'error' })
  } catch (cause) {
    throw new Error('it does not answer: look whether its address is right and can be reached from here', {
      cause,
    })
  }
  if (answer.status === 401 || answer.status === 403) throw new Error('it refuses the key: set the right one')
  if (answer.status === 456) throw new Error('its quota is used up')
  if (!answer.ok) throw new Error(`it answers with status ${answer.status}`)
  return answer
}

function numberAt(value: unknown, name: string): number | undefined {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'number' ? found : undefined
}

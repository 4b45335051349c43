import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { createEngines, engineOrder } from '../../src/engines/choose.ts'
import { createDeeplEngine } from '../../src/engines/deepl.ts'
import { createEngineHealth, type EnginePause } from '../../src/engines/health.ts'
import { createLibreTranslateEngine } from '../../src/engines/libretranslate.ts'
import { createPseudoEngine } from '../../src/engines/pseudo.ts'
import { startLibreTranslateServer } from '../support/libretranslate-server.ts'

describe('engineOrder', () => {
  const deepl = createDeeplEngine({ authKey: 'key', serverUrl: 'http://127.0.0.1:9' })
  const pseudo = createPseudoEngine()
  const pair = { source: 'en', target: 'de' }
  const names = (mt: string, to = pair, engines = [pseudo, deepl]) =>
    engineOrder({ mt }, engines, to).engines.map(({ name }) => name)

  it('takes DeepL before LibreTranslate in auto, whatever order they were made in, and never pseudo', async () => {
    const server = await startLibreTranslateServer({ languages: ['en', 'de'] })
    const libre = await createLibreTranslateEngine({ url: server.url })
    expect(names('auto', pair, [pseudo, libre, deepl])).toEqual(['deepl', 'libretranslate'])
    expect(names('auto', { source: 'en', target: 'fr' }, [pseudo, libre, deepl])).toEqual(['deepl'])
    expect(names('auto', pair, [pseudo])).toEqual([])
    await server.close()
  })

  it('takes named engines in the order named', () => {
    expect(names('pseudo,deepl')).toEqual(['pseudo', 'deepl'])
    expect(names('none')).toEqual([])
  })

  it('says in one plain sentence what to set when there is none', () => {
    expect(engineOrder({ mt: 'auto' }, [pseudo], pair).notice).toMatch(/en to de.*DEEPL_API_KEY/)
    expect(engineOrder({ mt: 'none' }, [deepl], pair).notice).toContain('TALMACH_MT=none')
    expect(engineOrder({ mt: 'apertum' }, [deepl], pair).notice).toContain('apertum')
    expect(engineOrder({ mt: 'auto' }, [deepl], { source: 'en', target: 'tlh' }).notice).toContain(
      'deepl cannot',
    )
    expect(engineOrder({ mt: 'auto' }, [deepl], pair).notice).toBeNull()
  })
})

describe('createEngines', () => {
  it('makes what is configured, even while a server is down', async () => {
    const engines = await createEngines({
      mt: 'auto',
      deeplAuthKey: 'key',
      libreTranslateUrl: 'http://127.0.0.1:9',
    })
    const names = engines.map(({ name }) => name).filter((name) => name !== 'apertium')
    expect(names).toEqual(['deepl', 'libretranslate', 'pseudo'])
  })
})

describe('createEngineHealth', () => {
  const trouble = (code: 'engine-unavailable' | 'engine-quota', retryAfterMs?: number) =>
    new DomainError(code, 'trouble', retryAfterMs === undefined ? {} : { retryAfterMs })

  it('pauses an engine until its time is over and tells it once', () => {
    let time = 0
    const told: EnginePause[] = []
    const health = createEngineHealth({ now: () => time, onPause: (pause) => told.push(pause) })
    health.pause('deepl', trouble('engine-unavailable', 500))
    expect(health.pauseOf('deepl')).toMatchObject({ reason: 'engine-unavailable', until: 500 })
    expect(health.pauseOf('apertium')).toBeUndefined()
    time = 500
    expect(health.pauseOf('deepl')).toBeUndefined()
    expect(told).toHaveLength(1)
  })

  it('pauses longer each time, up to an hour, until the engine answers again', () => {
    let time = 0
    const health = createEngineHealth({ now: () => time })
    const lengths = Array.from({ length: 15 }, () => {
      const pause = health.pause('deepl', trouble('engine-unavailable', 1_000))
      const length = pause.until - time
      time = pause.until
      return length
    })
    expect(lengths.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3_600_000)
    health.succeeded('deepl')
    expect(health.pause('deepl', trouble('engine-unavailable', 1_000)).until - time).toBe(1_000)
  })
})

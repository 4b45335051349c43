import { DomainError } from '../domain/errors.ts'
import type { Engine } from '../engines/engine.ts'
import type { Metrics } from './metrics.ts'
import type { Traces } from './traces.ts'

/**
 * The same engines, whose requests are counted, timed and traced: engine, languages, number of texts and characters,
 * and what came of it. Never a text.
 */
export function observeEngines(
  engines: readonly Engine[],
  metrics: Pick<Metrics, 'engine'>,
  traces: Pick<Traces, 'span'>,
): readonly Engine[] {
  return engines.map((engine) => ({
    ...engine,
    translate: async (request) => {
      const { source, target, texts } = request
      const started = performance.now()
      const tell = (outcome: string, characters: number) => {
        const seconds = (performance.now() - started) / 1000
        metrics.engine({ engine: engine.name, source, target, outcome, seconds, characters })
      }
      const facts = {
        'talmach.engine': engine.name,
        'talmach.source': source,
        'talmach.target': target,
        'talmach.texts': texts.length,
      }
      try {
        const answer = await traces.span('engine.translate', facts, () => engine.translate(request))
        tell('ok', answer.billedCharacters)
        return answer
      } catch (error) {
        tell(request.signal.aborted ? 'aborted' : error instanceof DomainError ? error.code : 'unexpected', 0)
        throw error
      }
    },
  }))
}

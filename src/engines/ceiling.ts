import { DomainError } from '../domain/errors.ts'
import { countBilledCharacters } from './answer-errors.ts'
import type { Engine, EngineRequest } from './engine.ts'

/** What an engine may use in a month: characters where characters are billed, else tokens. */
export type Ceilings = ReadonlyMap<string, number>

/** Where use is counted (`store/ceilings.ts`). */
export type Budget = {
  readonly reserve: (wish: {
    readonly engine: string
    readonly locale: string
    readonly unit: 'characters' | 'tokens'
    readonly amount: number
    readonly ceiling: number
  }) => Promise<{ readonly id: string } | { readonly used: number }>
  readonly release: (id: string) => Promise<void>
}

/** Instructions around the texts of a request to a model, in tokens at most. */
const PROMPT_TOKENS = 2_000

/**
 * The same engines, each of which stops before its ceiling is passed: it refuses the request that would with
 * `engine-quota`, which pauses it and is said beside the document.
 */
export function capEngines(
  engines: readonly Engine[],
  ceilings: Ceilings | undefined,
  budget: Budget,
): readonly Engine[] {
  return engines.map((engine) => {
    const ceiling = ceilings?.get(engine.name)
    return ceiling === undefined ? engine : capEngine(engine, ceiling, budget)
  })
}

/** In which unit an engine's use is counted. */
export function unitOf(engine: Pick<Engine, 'capabilities'>): 'characters' | 'tokens' {
  return engine.capabilities.billed ? 'characters' : 'tokens'
}

function capEngine(engine: Engine, ceiling: number, budget: Budget): Engine {
  const unit = unitOf(engine)
  return {
    ...engine,
    translate: async (request) => {
      const wish = { engine: engine.name, locale: request.target, unit, ceiling }
      const reserved = await budget.reserve({ ...wish, amount: useOf(engine, request) })
      if ('used' in reserved) throw ceilingReached(engine.name, unit, ceiling, reserved.used)
      try {
        // What was sent is booked with its answer, and what was set aside goes then.
        return await engine.translate(request)
      } catch (error) {
        await budget.release(reserved.id)
        throw error
      }
    },
  }
}

/** Characters exactly; tokens at most, as none is shorter than a byte, and an answer is about as long as its question. */
function useOf(engine: Engine, request: EngineRequest): number {
  if (engine.capabilities.billed) {
    return request.texts.reduce((sum, { text }) => sum + countBilledCharacters(text), 0)
  }
  const bytes = request.texts.reduce((sum, text) => sum + engine.bytesOf(text, request), 0)
  return 2 * bytes + Buffer.byteLength(request.context ?? '') + PROMPT_TOKENS
}

function ceilingReached(engine: string, unit: string, ceiling: number, used: number): DomainError {
  const number = new Intl.NumberFormat('en')
  return new DomainError(
    'engine-quota',
    `${engine} would pass its ceiling of ${number.format(ceiling)} ${unit} a month (TALMACH_MT_CEILING; ${number.format(used)} are used)`,
  )
}

import { type Logger, pino } from 'pino'
import { currentLogFacts } from './observe/log-facts.ts'

export type Log = (level: 'info' | 'warn' | 'error', event: string, facts: Record<string, unknown>) => void

/**
 * JSON lines on stderr: stdout belongs to what a command prints. Callers pass ids, never text or names; the ids of the
 * request or the stage that is at work are added by themselves.
 */
export function createLog(level: string): Log {
  const logger: Logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  )
  return (at, event, facts) => logger[at]({ ...currentLogFacts(), ...facts }, event)
}

import { type Logger, pino } from 'pino'

export type Log = (level: 'info' | 'warn' | 'error', event: string, facts: Record<string, unknown>) => void

/** JSON lines on stderr: stdout belongs to what a command prints. Callers pass ids, never text or names. */
export function createLog(level: string): Log {
  const logger: Logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  )
  return (at, event, facts) => logger[at](facts, event)
}

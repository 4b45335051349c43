export type Check = {
  readonly name: string
  /** `warn`: it works, and somebody should look at it. */
  readonly status: 'ok' | 'warn' | 'fail'
  readonly ok: boolean
  readonly detail: string
  /** What to do; only where something is to be done. */
  readonly advice?: string
}

/** What a probe found: a sentence, or one with something to do about it. */
export type Finding = string | { readonly detail: string; readonly warn: string }

/** A part of the installation that can be asked whether it works; a throw is a “no” with its message. */
export type Probe = {
  readonly name: string
  readonly ask: () => Promise<Finding>
  /** What to do when it does not. */
  readonly remedy?: string
  /** The name of a probe before it; when that one fails, this one is not asked. */
  readonly needs?: string
}

/** Asks every probe, one after the other; none stops the next. */
export async function examine(probes: readonly Probe[]): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const { name, ask, remedy, needs } of probes) {
    if (checks.some((check) => check.name === needs && !check.ok)) {
      checks.push({ name, status: 'fail', ok: false, detail: `not asked: see ${needs}` })
      continue
    }
    try {
      const found = await ask()
      checks.push(
        typeof found === 'string'
          ? { name, status: 'ok', ok: true, detail: found }
          : { name, status: 'warn', ok: true, detail: found.detail, advice: found.warn },
      )
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      checks.push({
        ...{ name, status: 'fail', ok: false, detail },
        ...(remedy === undefined ? {} : { advice: remedy }),
      })
    }
  }
  return checks
}

const WORDS = { ok: 'ok  ', warn: 'LOOK', fail: 'FAIL' } as const

/** One line a check, and under it what to do. */
export function describeChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length))
  const lines = checks.flatMap(({ name, status, detail, advice }) => [
    `${WORDS[status]}  ${name.padEnd(width)}  ${detail}`,
    ...(advice === undefined ? [] : [`      ${' '.repeat(width)}  → ${advice}`]),
  ])
  const failed = checks.filter(({ status }) => status === 'fail').length
  const warned = checks.filter(({ status }) => status === 'warn').length
  const sum =
    failed > 0
      ? `${failed} of ${checks.length} checks failed`
      : warned > 0
        ? `it works; ${warned} of ${checks.length} checks want to be looked at`
        : `all ${checks.length} checks are well`
  return [...lines, sum].join('\n')
}

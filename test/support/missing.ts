import { spawnSync } from 'node:child_process'

/**
 * Why a test that needs a program cannot run here; undefined where it can. In CI nothing may be missing.
 * @throws Error when `CI=true`
 */
export function programMissing(program: string, args: readonly string[] = ['--version']): string | undefined {
  if (spawnSync(program, args, { stdio: 'ignore' }).error === undefined) return undefined
  const reason = `${program} is not on the PATH`
  if (process.env.CI === 'true') throw new Error(`${reason}, and CI must have it`)
  return reason
}

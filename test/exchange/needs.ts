import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { SHARED_DATA } from './xmllint.ts'

/** Skips the test with the reason why it cannot run here; in CI, where everything must be there, fails it. */
export function needs(context: TestContext, whyNot: string | undefined): void {
  if (whyNot === undefined) return
  if (process.env.CI === 'true') throw new Error(`CI must have what this test needs: ${whyNot}`)
  console.warn(`skipped: ${whyNot}`)
  context.skip(whyNot)
}

/** @returns why the conformance data cannot be read; undefined when it can */
export function whyNoData(folder: string): string | undefined {
  return existsSync(join(SHARED_DATA, folder)) ? undefined : `there is no ../shared/data/${folder}`
}

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const Result = z.object({
  passes: z.number(),
  violations: z.array(z.object({ rule: z.string(), nodes: z.array(z.string()) })),
})

/** What axe finds against WCAG 2.2 AA and its own best practice on the page as it stands. */
export async function runAxe(page: Page): Promise<z.infer<typeof Result>> {
  const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  // Evaluated by the debugger, not by the page: its content security policy stays as it is.
  await page.evaluate(await readFile(path, 'utf8'))
  const found: unknown = await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then((result) => ({
    passes: result.passes.length,
    violations: result.violations.map(({ id, nodes }) => ({ rule: id, nodes: nodes.map(({ html }) => html) })),
  }))`)
  return Result.parse(found)
}

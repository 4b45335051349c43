import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** Debian's Python, which has Debian's packages; another one may stand before it on the PATH. */
const PYTHON = '/usr/bin/python3'

/** @returns why the Translate Toolkit cannot be used here; undefined when it can */
export function whyNoTranslateToolkit(): string | undefined {
  const found = spawnSync(PYTHON, ['-c', 'import translate.storage.xliff'])
  return found.status === 0 ? undefined : 'the Translate Toolkit (python3-translate) is not installed'
}

const SCRIPT = `
import json, sys
from translate.storage import xliff
from translate.storage.placeables import StringElem
store = xliff.xlifffile.parsefile(sys.argv[1])
seen = []
for unit in store.units:
    if unit.isheader() or not unit.istranslatable():
        continue
    unit.rich_target = [StringElem([sys.argv[2], *elem.sub]) for elem in unit.rich_source]
    seen.append(unit.source)
store.save()
print(json.dumps(seen))
`

/**
 * Has the Translate Toolkit (the library below Weblate and Pootle) read an XLIFF 1.2 file, translate every unit
 * with its inline codes as `prefix` + source, and write the file again.
 *
 * @returns the sources it saw, codes left out, and the file it wrote
 */
export function translateWithToolkit(
  xliff: string,
  prefix: string,
): { readonly sources: readonly string[]; readonly xliff: string } {
  const folder = mkdtempSync(join(tmpdir(), 'talmach-toolkit-'))
  try {
    const path = join(folder, 'article.xlf')
    writeFileSync(path, xliff)
    const run = spawnSync(PYTHON, ['-c', SCRIPT, path, prefix], { encoding: 'utf8', timeout: 60_000 })
    if (run.status !== 0) throw new Error(`the Translate Toolkit failed: ${run.stderr}`)
    return { sources: z.array(z.string()).parse(JSON.parse(run.stdout)), xliff: readFileSync(path, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

import '../src/fast-strings.ts'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import { benchFormats } from './formats.ts'
import { benchHtml } from './html.ts'
import { benchMemory } from './memory.ts'
import { benchPipeline } from './pipeline.ts'
import { benchRevisions } from './revisions.ts'
import { benchSegmentation } from './segmentation.ts'
import { benchStartup } from './startup.ts'
import { benchTerms } from './terms.ts'
import { benchTermsApertium } from './terms-apertium.ts'
import { benchThroughput } from './throughput.ts'
import { benchTmx } from './tmx.ts'
import { benchXliff } from './xliff.ts'

/** `npm run bench [name …]`: prints every figure and writes `bench/results.json`. */
const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  startup: benchStartup,
  html: benchHtml,
  formats: benchFormats,
  segmentation: benchSegmentation,
  xliff: benchXliff,
  tmx: benchTmx,
  terms: benchTerms,
  'terms-apertium': benchTermsApertium,
  memory: () => benchMemory(),
  revisions: benchRevisions,
  pipeline: benchPipeline,
  throughput: benchThroughput,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
const figures: Figure[] = []
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const figure of await bench()) {
    figures.push(figure)
    console.log(`${figure.name.padEnd(76)} ${figure.figure}`)
  }
}
const machine = {
  cpus: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
}
const results = join(import.meta.dirname, 'results.json')
await mkdir(import.meta.dirname, { recursive: true })
if (wanted.length === 0) {
  await writeFile(
    results,
    `${JSON.stringify({ at: new Date().toISOString().slice(0, 10), machine, figures }, null, 2)}\n`,
  )
}

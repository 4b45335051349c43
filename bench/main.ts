import '../src/fast-strings.ts'
import { join } from 'node:path'
import { benchBig } from './big.ts'
import { benchBoard } from './board.ts'
import { benchEditor } from './editor.ts'
import type { Figure } from './figure.ts'
import { benchFormats } from './formats.ts'
import { benchHtml } from './html.ts'
import { benchMemory } from './memory.ts'
import { benchPipeline } from './pipeline.ts'
import { benchPriority, benchPriorityRedis } from './priority.ts'
import { withPromise } from './promises.ts'
import { benchFanIn, benchFetching, benchPublishing } from './publishing.ts'
import { type FigureRow, formatTable, mergeRows, readRows, rowOf, writeRows } from './report.ts'
import { benchRevisions } from './revisions.ts'
import { benchScale, benchSoak } from './scale.ts'
import { benchSegmentation } from './segmentation.ts'
import { benchStartup } from './startup.ts'
import { benchTerms } from './terms.ts'
import { benchTermsApertium } from './terms-apertium.ts'
import { benchThroughput } from './throughput.ts'
import { benchTmx } from './tmx.ts'
import { benchListeners, benchWriters } from './writers.ts'
import { benchXliff } from './xliff.ts'

/**
 * `npm run bench [name …]`: measures, prints one table, and writes `bench/results.json`, where what was not measured this
 * time keeps its last figure. `npm run bench -- --table` only prints what is there.
 */
const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  startup: benchStartup,
  html: benchHtml,
  formats: benchFormats,
  segmentation: benchSegmentation,
  xliff: () => benchXliff(),
  tmx: benchTmx,
  terms: benchTerms,
  'terms-apertium': benchTermsApertium,
  memory: () => benchMemory(),
  revisions: benchRevisions,
  pipeline: benchPipeline,
  throughput: benchThroughput,
  priority: benchPriority,
  'priority-redis': benchPriorityRedis,
  board: benchBoard,
  publishing: benchPublishing,
  'publishing-fetch': benchFetching,
  'publishing-fan-in': benchFanIn,
  editor: benchEditor,
  writers: () => benchWriters('PostgreSQL'),
  'writers-redis': () => benchWriters('Redis'),
  listeners: benchListeners,
  scale: benchScale,
  soak: benchSoak,
  big: benchBig,
}
const RESULTS = join(import.meta.dirname, 'results.json')

const onlyTable = process.argv[2] === '--table'
const wanted = onlyTable ? [] : process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
const order = Object.keys(BENCHES)
const chosen = onlyTable ? [] : order.filter((name) => wanted.length === 0 || wanted.includes(name))
let rows = await readRows(RESULTS)
const shown: FigureRow[] = onlyTable ? [...rows] : []
const failed: string[] = []
for (const [at, name] of chosen.entries()) {
  console.error(`${name} (${at + 1} of ${chosen.length}) …`)
  try {
    const figures = (await BENCHES[name]?.()) ?? []
    const today = new Date().toISOString().slice(0, 10)
    const fresh = figures.map((figure) => rowOf(withPromise(figure), name, today))
    for (const row of fresh) console.error(`  ${row.name}: ${row.figure}`)
    shown.push(...fresh)
    // After each bench: what was measured is kept, whatever the next one does.
    rows = mergeRows(rows, fresh, order)
    await writeRows(RESULTS, rows)
  } catch (error) {
    failed.push(name)
    console.error(`  failed: ${error instanceof Error ? error.stack : String(error)}`)
  }
}
console.log(formatTable(shown))
if (failed.length > 0) {
  console.error(`not measured: ${failed.join(', ')}`)
  process.exitCode = 1
}

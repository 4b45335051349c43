import { parseArgs } from 'node:util'
import { describeReport, runCampaign } from './campaign.ts'

/** `npm run chaos`: breaks a whole newsroom on purpose and says whether it kept its promises. */
const { values } = parseArgs({
  options: {
    queue: { type: 'string', default: 'both' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    documents: { type: 'string', default: '100' },
    faults: { type: 'string', default: '100' },
    pause: { type: 'string', default: '1500' },
  },
})
const queues =
  values.queue === 'both'
    ? (['redis', 'postgres'] as const)
    : [values.queue === 'redis' ? ('redis' as const) : ('postgres' as const)]
let broken = 0
for (const queue of queues) {
  const report = await runCampaign({
    queue,
    seed: Number(values.seed),
    documents: Number(values.documents),
    faults: Number(values.faults),
    pauseMs: Number(values.pause),
    tell: (line) => console.error(`${queue}: ${line}`),
  })
  console.log(`${describeReport(report)}\n`)
  broken += report.verdicts.reduce((sum, verdict) => sum + verdict.broken.length, 0)
}
process.exitCode = broken === 0 ? 0 : 1

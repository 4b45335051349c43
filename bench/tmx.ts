import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import type { Figure } from './figure.ts'

const SCRIPT = join(import.meta.dirname, 'tmx-reader.ts')
const Report = z.object({
  bytes: z.number(),
  units: z.number(),
  seconds: z.number(),
  peakMb: z.number(),
  cpuSeconds: z.number(),
})

/** A TMX that is made and read through a pipe, never on disk: speed and the reader's peak memory, small and large. */
export async function benchTmx(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const megabytes of [100, 1000]) {
    const maker = spawn(process.execPath, [SCRIPT, 'make', `${megabytes}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const reader = spawn(process.execPath, [SCRIPT], { stdio: [maker.stdout, 'pipe', 'inherit'] })
    let text = ''
    reader.stdout?.on('data', (piece) => {
      text += piece
    })
    const [code] = await once(reader, 'close')
    if (code !== 0) throw new Error(`the reader ended with ${code}`)
    const { bytes, units, seconds, peakMb, cpuSeconds } = Report.parse(JSON.parse(text))
    const speed = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s (${(bytes / 1e6 / cpuSeconds).toFixed(0)} a CPU second)`
    figures.push({
      name: `TMX of ${megabytes} MB through a pipe`,
      value: peakMb,
      figure: `${units} units, ${seconds.toFixed(1)} s, ${speed}, peak ${peakMb} MB`,
    })
  }
  return figures
}

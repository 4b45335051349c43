import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnTalmach } from '../test/support/process.ts'
import { type Figure, median, spread } from './figure.ts'

/** From the command to the first good answer of `/readyz`: on an empty home, and on one that has been used. */
export async function benchStartup(): Promise<readonly Figure[]> {
  const first: number[] = []
  const second: number[] = []
  for (let round = 0; round < 3; round++) {
    const home = await mkdtemp(join(tmpdir(), 'talmach-bench-'))
    first.push(await timeStart(home))
    second.push(await timeStart(home))
    await rm(home, { recursive: true, force: true })
  }
  return [
    { name: 'start from nothing to /readyz', figure: spread(first, 's'), value: median(first) },
    { name: 'second start to /readyz', figure: spread(second, 's'), value: median(second) },
  ]
}

async function timeStart(home: string): Promise<number> {
  const began = performance.now()
  const desk = spawnTalmach(['start'], { TALMACH_HOME: home, PORT: '0', LOG_LEVEL: 'error' })
  const [, url = ''] = await desk.waitFor(/ready: (http\S+)/, 60_000)
  const { status } = await fetch(`${url}/readyz`)
  if (status !== 200) throw new Error(`/readyz answered ${status}`)
  const seconds = (performance.now() - began) / 1000
  await desk.kill('SIGTERM')
  return seconds
}

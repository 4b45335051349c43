import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100

type Stat = { readonly parent: number; readonly own: number; readonly children: number }

/** Processor seconds of one process since its start; NaN where there is no `/proc`. */
export async function cpuOf(pid: number | undefined): Promise<number> {
  return (await statOf(pid ?? 0))?.own ?? Number.NaN
}

/** Processor seconds of a PostgreSQL server and all its sessions, those that have ended too. @param home of an embedded one */
export async function cpuOfPostgres(home: string): Promise<number> {
  const [line = ''] = (await readFile(join(home, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  const server = Number(line)
  const whole = await statOf(server)
  if (whole === undefined) return Number.NaN
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const stats = await Promise.all(pids.map(statOf))
  const sessions = stats.filter((stat) => stat?.parent === server)
  return sessions.reduce((sum, stat) => sum + (stat?.own ?? 0), whole.own + whole.children)
}

/** Processor seconds of a Redis server, by its own account. */
export async function cpuOfRedis(url: string): Promise<number> {
  const client = new Redis(url)
  try {
    const info = await client.info('cpu')
    const of = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1] ?? Number.NaN)
    return of('used_cpu_user') + of('used_cpu_sys')
  } finally {
    client.disconnect()
  }
}

/** Processor seconds of the whole machine, whoever used them. */
export async function cpuOfMachine(): Promise<number> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '')
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = text
    .slice(0, text.indexOf('\n'))
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return text === '' ? Number.NaN : (user + nice + system + irq + soft + steal) / TICKS
}

/** Memory of a process that is in use now, in MB. */
export async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number.parseInt(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? '', 10) / 1024
}

async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // The name before may hold spaces and brackets; see proc(5) for the fields after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const field = (place: number) => Number(fields[place] ?? 0)
  return { parent: field(1), own: (field(11) + field(12)) / TICKS, children: (field(13) + field(14)) / TICKS }
}

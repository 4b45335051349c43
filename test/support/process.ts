import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { eventually } from './eventually.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export type RunningProcess = {
  readonly child: ChildProcess
  /** Everything it has written so far, both streams. */
  readonly output: () => string
  readonly waitFor: (pattern: RegExp, timeoutMs?: number) => Promise<RegExpExecArray>
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>
}

/** `talmach …` as a process of its own, with nothing of our environment but the PATH. */
export function spawnTalmach(args: readonly string[], env: Readonly<Record<string, string>>): RunningProcess {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  child.stderr?.on('data', (chunk) => {
    output += chunk
  })
  const exited = new Promise<number | null>((done) => child.once('exit', done))
  return {
    child,
    output: () => output,
    waitFor: (pattern, timeoutMs = 20_000) =>
      eventually(
        `${args.join(' ')} to say ${pattern}`,
        async () => pattern.exec(output) ?? undefined,
        timeoutMs,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}; it said: ${output}`)
      }),
    kill: (signal) => {
      child.kill(signal)
      return exited
    },
  }
}

/** Runs one command to its end. */
export async function runTalmach(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, stdout, stderr }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** @returns why Poedit cannot be driven here; undefined when it can */
export function whyNoPoedit(): string | undefined {
  const found = spawnSync('sh', ['-c', 'command -v poedit && command -v Xvfb && command -v xdotool'])
  return found.status === 0 ? undefined : 'Poedit, Xvfb or xdotool is not installed'
}

/**
 * Has real Poedit open one XLIFF file on a screen of its own and does what a translator does with the keyboard:
 * copy the source, type behind it, go to the next; then save.
 *
 * @param units how many there are to translate
 * @param typed what is typed behind each copied source; plain letters
 * @returns the file that Poedit saved
 */
export async function translateWithPoedit(xliff: string, units: number, typed: string): Promise<string> {
  // A busy machine swallows keys: then a person would look and do it again, more slowly.
  for (const pause of [200, 500]) {
    const saved = await typeInPoedit(xliff, units, typed, pause)
    if (saved.split(typed).length > units) return saved
  }
  return await typeInPoedit(xliff, units, typed, 1200)
}

async function typeInPoedit(xliff: string, units: number, typed: string, pause: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'talmach-poedit-'))
  const path = join(folder, 'article.xlf')
  writeFileSync(path, xliff)
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1200x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  let poedit: ChildProcess | undefined
  try {
    const env = { ...process.env, HOME: folder, DISPLAY: `:${await displayOf(screen)}` }
    poedit = spawn('poedit', [path], { env, stdio: 'ignore' })
    const window = await waitFor('Poedit to show the file', () => {
      const found = spawnSync('xdotool', ['search', '--onlyvisible', '--name', 'article.xlf'], { env })
      return found.stdout.toString().trim().split('\n')[0] || undefined
    })
    const press = async (...args: readonly string[]) => {
      const done = spawnSync('xdotool', args, { env })
      if (done.status !== 0) throw new Error(`xdotool ${args.join(' ')}: ${done.stderr}`)
      await setTimeout(pause)
    }
    await press('windowfocus', '--sync', window)
    // Into the field of the translation.
    await press('mousemove', '300', '600', 'click', '1')
    for (let unit = 0; unit < units; unit++) {
      await press('key', 'ctrl+b')
      await press('key', 'ctrl+End')
      await press('type', '--delay', '15', typed)
      await press('key', 'ctrl+Down')
    }
    await press('key', 'ctrl+s')
    return await waitFor('Poedit to save', () => {
      const saved = readFileSync(path, 'utf8')
      return saved === xliff ? undefined : saved
    })
  } finally {
    poedit?.kill('SIGKILL')
    screen.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function displayOf(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    screen.stdio[3]?.once('data', (data) => resolve(String(data).trim()))
  })
}

async function waitFor<T>(what: string, look: () => T | undefined): Promise<T> {
  for (let turn = 0; turn < 150; turn++) {
    const seen = look()
    if (seen !== undefined) return seen
    await setTimeout(200)
  }
  throw new Error(`waited 30 s for ${what}`)
}

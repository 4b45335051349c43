import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTalmach } from '../support/process.ts'

let folder: string
let source: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-profiles-'))
  source = join(folder, 'morning.txt')
  await writeFile(source, 'Good morning. Nobody slept.\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...more: string[]) =>
  runTalmach(
    ['run', source, '--from', 'en', '--to', 'de', '--out', join(folder, 'out'), '--engine', 'none', ...more],
    { TALMACH_HOME: join(folder, 'home') },
  )
const written = () => readFile(join(folder, 'out/morning.de.xlf'), 'utf8')

describe('talmach run --profile', () => {
  it('writes for the tool that is named', async () => {
    expect((await run('--profile', 'omegat')).code).toBe(0)
    expect(await written()).toContain('<target state="needs-translation">Good morning.</target>')
    expect((await run('--profile', 'rich')).code).toBe(0)
    expect(await written()).not.toContain('<target')
  })

  it('refuses a version that the tool does not read, and a tool that it does not know', async () => {
    const refused = await run('--profile', 'poedit', '--xliff', '2.1')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('ask for 1.2 or 2.0')
    expect((await run('--profile', 'wordfast')).code).toBe(2)
  })
})

describe('talmach run --memory', () => {
  it('streams memories in any encoding, and takes the locale that is nearest', async () => {
    const side = (locale: string, text: string) => `<tuv xml:lang="${locale}"><seg>${text}</seg></tuv>`
    const unit = `<tu>${side('en-US', 'Good morning.')}${side('de-AT', 'Guten Morgen.')}${side('de', 'Schönen Morgen.')}</tu>`
    const tmx = `<?xml version="1.0" encoding="UTF-16"?><tmx version="1.4"><header srclang="en-US"/><body>${unit}</body></tmx>`
    const memory = join(folder, 'memory.tmx')
    await writeFile(memory, Buffer.from(`\ufeff${tmx}`, 'utf16le'))
    const report = JSON.parse((await run('--memory', memory, '--json')).stdout)
    expect(report.locales[0]).toMatchObject({ fromMemory: 1 })
    expect(await written()).toContain('Schönen Morgen.')
  })

  it('says which memory cannot be read, and where', async () => {
    const none = await run('--memory', join(folder, 'none.tmx'))
    expect(none.code).toBe(1)
    expect(none.stderr).toMatch(/none\.tmx.*no such file/)
    const broken = join(folder, 'broken.tmx')
    await writeFile(broken, '<tmx><body>\n<tu><tuv></tu></body></tmx>')
    expect((await run('--memory', broken)).stderr).toMatch(/broken\.tmx:2/)
  })
})

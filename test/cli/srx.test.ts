import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTalmach } from '../support/process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-srx-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('talmach srx', () => {
  it('writes rules by which a file is cut as by our own', async () => {
    const [rules, text] = [join(folder, 'rules.srx'), join(folder, 'text.txt')]
    await writeFile(text, 'Dr. Anna Novak kam um 9 Uhr. Er ging z. B. nach Hause. Danach war Ruhe.\n')
    expect((await runTalmach(['srx', 'de-AT', 'en', '--out', rules])).code).toBe(0)
    const own = await runTalmach(['segment', text, '--from', 'de', '--json'])
    const theirs = await runTalmach(['segment', text, '--from', 'de', '--json', '--srx', rules])
    const texts = (stdout: string) => JSON.parse(stdout).map(({ text }: { text: string }) => text.trim())
    expect(texts(own.stdout)).toHaveLength(3)
    expect(texts(theirs.stdout)).toEqual(texts(own.stdout))
    const printed = await runTalmach(['srx', 'de', 'en'])
    expect(printed.stdout.trimEnd()).toBe((await readFile(rules, 'utf8')).trimEnd())
  })

  it('refuses what is no language', async () => {
    const refused = await runTalmach(['srx', 'not a language'])
    expect(refused.code).not.toBe(0)
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
  })
})

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOME_FORMAT, requireHomeFormat } from '../../src/store/home-format.ts'
import { runTalmach } from '../support/process.ts'

describe('the home', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'talmach-home-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  it('says which format it has, and one from before that counts as the first', async () => {
    await requireHomeFormat(join(home, 'new'))
    expect(await readFile(join(home, 'new/format'), 'utf8')).toBe(`${HOME_FORMAT}\n`)
    await requireHomeFormat(join(home, 'new'))
    // A disk that was full when it was first made.
    await writeFile(join(home, 'new/format'), '')
    await requireHomeFormat(join(home, 'new'))
    expect(await readFile(join(home, 'new/format'), 'utf8')).toBe(`${HOME_FORMAT}\n`)
  })

  it('of a newer version is refused before anything in it is touched', async () => {
    await writeFile(join(home, 'format'), '2\n')
    const { code, stderr } = await runTalmach(['start'], { TALMACH_HOME: home, PORT: '0' })
    expect(code).toBe(2)
    expect(stderr).toMatch(/has format 2, this version of Talmach knows 1: start the newer version/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    await expect(readFile(join(home, 'postgres/PG_VERSION'))).rejects.toThrow()
  }, 60_000)

  it('whose database another PostgreSQL made is refused with the way to bring it over', async () => {
    await mkdir(join(home, 'postgres'))
    await writeFile(join(home, 'postgres/PG_VERSION'), '17\n')
    await expect(requireHomeFormat(home)).rejects.toThrow(/made by PostgreSQL 17.*talmach backup/)
  })

  it('of something else is not taken for one', async () => {
    await writeFile(join(home, 'format'), 'raw video\n')
    await expect(requireHomeFormat(home)).rejects.toThrow('does not hold a number')
  })
})

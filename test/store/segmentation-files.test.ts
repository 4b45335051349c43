import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SEGMENTATION_VERSION } from '../../src/segmentation/segment.ts'
import { openSegmentation } from '../../src/store/segmentation-files.ts'

const SRX = (breaks: string) => `<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="yes"/><body>
<languagerules><languagerule languagerulename="all"><rule break="yes"><beforebreak>${breaks}</beforebreak>
<afterbreak>\\s</afterbreak></rule></languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="all"/></maprules></body></srx>`

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-rules-'))
  await mkdir(join(folder, 'zviazda'))
  await mkdir(join(folder, 'Наша Ніва'))
  await mkdir(join(folder, '.git'))
  await writeFile(join(folder, 'general.txt'), 'Kas.\n')
  await writeFile(join(folder, 'quotes.json'), '{"quotes": "whole", "brackets": "split"}')
  await writeFile(join(folder, 'zviazda', 'words.txt'), 'Zv.\n!etc.\n')
  await writeFile(join(folder, 'zviazda', 'quotes.json'), '{"quotes": "split"}')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('openSegmentation', () => {
  it('gives our own rules without a folder, and knows no partner then', async () => {
    const segmentationOf = openSegmentation(undefined)
    expect(await segmentationOf('')).toEqual({ options: {}, version: SEGMENTATION_VERSION })
    await expect(segmentationOf('zviazda')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('TALMACH_SEGMENTATION'),
    })
  })

  it('puts the lists of a partner beside the general ones, and their settings in place of them', async () => {
    const segmentationOf = openSegmentation(folder)
    const general = await segmentationOf('')
    expect(general.options).toEqual({
      noBreakAfter: ['Kas.'],
      breakAfter: [],
      splitInQuotes: false,
      splitInBrackets: true,
    })
    const partner = await segmentationOf('zviazda')
    expect(partner.options).toEqual({
      noBreakAfter: ['Kas.', 'Zv.'],
      breakAfter: ['etc.'],
      splitInQuotes: true,
      splitInBrackets: true,
    })
    expect(partner.version).not.toBe(general.version)
    // A partner without a file yet gets what everybody gets.
    expect(await segmentationOf('Наша Ніва')).toEqual(general)
  })

  it('opens nothing outside of the folder and says which partners there are', async () => {
    for (const name of ['..', '.', '../zviazda', 'zviazda/', '.git', 'general.txt', 'zviazda/../zviazda']) {
      await expect(openSegmentation(folder)(name), name).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining('zviazda, Наша Ніва'),
      })
    }
  })

  it('reads an edited list with the next document, under another version', async () => {
    const segmentationOf = openSegmentation(folder)
    const before = await segmentationOf('zviazda')
    await writeFile(join(folder, 'zviazda', 'words.txt'), 'Zv.\nSt.\n')
    const after = await segmentationOf('zviazda')
    expect(after.options.noBreakAfter).toEqual(['Kas.', 'Zv.', 'St.'])
    expect(after.version).not.toBe(before.version)
    expect(await segmentationOf('zviazda')).toEqual(after)
  })

  it('lets the SRX file of a partner replace the general one, and files given by hand both', async () => {
    await writeFile(join(folder, 'general.srx'), SRX(';'))
    await writeFile(join(folder, 'zviazda', 'own.srx'), SRX(':'))
    const file = join(folder, '.git', 'other.srx')
    await writeFile(file, SRX('/'))
    const segmentationOf = openSegmentation(folder)
    const rules = async (...wish: Parameters<typeof segmentationOf>) =>
      JSON.stringify(
        (await segmentationOf(...wish)).options.srx?.languageRules ??
          (await segmentationOf(...wish)).options.srx,
      )
    expect(await rules('')).toContain('";"')
    expect(await rules('zviazda')).toContain('":"')
    expect(await rules('zviazda', [file])).toContain('"/"')
    await writeFile(join(folder, 'zviazda', 'second.srx'), SRX('!'))
    await expect(segmentationOf('zviazda')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

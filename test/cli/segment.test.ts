import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { segmentFile } from '../../src/cli/segment.ts'
import { runTalmach } from '../support/process.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-segment-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function segment(text: string, ...more: string[]): Promise<readonly string[]> {
  const file = join(folder, 'text.txt')
  await writeFile(file, text)
  const env = { TALMACH_SEGMENTATION: join(folder, 'rules') }
  const { stdout, code, stderr } = await runTalmach(
    ['segment', file, '--from', 'en', '--json', ...more],
    more.includes('--partner') ? env : {},
  )
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return (JSON.parse(stdout) as { text: string }[]).map((line) => line.text.trim())
}

describe('talmach segment', () => {
  it('keeps quotations whole and splits in brackets where it is asked to', async () => {
    const text = '“We lost. We go,” he said. It (the war. The long one) ended.'
    expect(await segment(text)).toEqual([
      '“We lost.',
      'We go,” he said.',
      'It (the war. The long one) ended.',
    ])
    expect(await segment(text, '--whole-quotes', '--split-brackets')).toEqual([
      '“We lost. We go,” he said.',
      'It (the war.',
      'The long one) ended.',
    ])
  })

  it('cuts by the lists of a partner', async () => {
    await mkdir(join(folder, 'rules', 'zviazda'), { recursive: true })
    await writeFile(join(folder, 'rules', 'zviazda', 'words.txt'), 'Zv.\n')
    expect(await segment('He wrote for Zv. Minsk was far.', '--partner', 'zviazda')).toHaveLength(1)
    expect(await segment('He wrote for Zv. Minsk was far.')).toHaveLength(2)
  })

  it('shows a text that has nothing to translate', async () => {
    expect(await segment(' . . .\n')).toEqual(['. . .'])
  })

  it('shows bullets and numbers as the text has them', async () => {
    const file = join(folder, 'list.txt')
    await writeFile(file, 'Demands:\n\n* new elections\n* release of all\n\n1. First. Second.\n2. Third.\n')
    const lines = await segmentFile(file, 'en', {}, {})
    expect(lines.map(({ text }) => text)).toEqual([
      'Demands:',
      '* new elections',
      '* release of all',
      '1. First. ',
      'Second.',
      '2. Third.',
    ])
    expect(lines.map(({ start, end, text }) => end - start - text.length)).toEqual([0, 0, 0, 0, 0, 0])
  })
})

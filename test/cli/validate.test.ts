import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { document1, inUnit } from '../exchange/validate-support.ts'
import { runTalmach } from '../support/process.ts'

let folder: string
const path = (name: string): string => join(folder, name)
const validate = (...args: string[]) => runTalmach(['validate', ...args], { TALMACH_HOME: path('home') })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-validate-'))
  await writeFile(path('good.xlf'), document1('<trans-unit id="1" foo="x"><source>a</source></trans-unit>'))
  await writeFile(
    path('bad.xlf'),
    inUnit('\n<segment><source/><source/></segment><segment id="a b"><source/></segment>'),
  )
  await writeFile(path('cut.xlf'), '<xliff version="2.0">\n<file')
  await writeFile(path('latin.xlf'), Buffer.from('<xliff version="2.0">\n  \xe9</xliff>', 'latin1'))
  await writeFile(path('utf16.xlf'), Buffer.from(`\ufeff${document1('')}`, 'utf16le'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('talmach validate', () => {
  it('prints every violation with its place and rule, and fails', async () => {
    const { code, stdout } = await validate(path('bad.xlf'), path('good.xlf'))
    expect(code).toBe(1)
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/bad\.xlf:2:19: <source> .* \(XLIFF 2\.1 §4\.2\.2\.6\)$/),
      expect.stringMatching(/bad\.xlf:2:51: id of <segment> is “a b”.* \(XLIFF 2\.1 §4\.3\.1\.21\)$/),
      expect.stringMatching(/bad\.xlf: 2 violations of XLIFF 2\.1$/),
      expect.stringMatching(/good\.xlf: valid XLIFF 1\.2 transitional$/),
    ])
  })

  it('succeeds where all files are valid, and holds 1.2 against its strict schema when asked', async () => {
    expect((await validate(path('good.xlf'), path('utf16.xlf'))).code).toBe(0)
    const strict = await validate('--strict', path('good.xlf'))
    expect([strict.code, strict.stdout]).toEqual([1, expect.stringContaining('foo')])
  })

  it('prints one JSON document of a stable shape', async () => {
    const { code, stdout } = await validate('--json', path('bad.xlf'), path('utf16.xlf'))
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          file: path('bad.xlf'),
          valid: false,
          version: '2.1',
          violations: [
            { line: 2, column: 19, rule: 'XLIFF 2.1 §4.2.2.6', message: expect.any(String) },
            { line: 2, column: 51, rule: 'XLIFF 2.1 §4.3.1.21', message: expect.any(String) },
          ],
        },
        { file: path('utf16.xlf'), valid: true, version: '1.2', conformance: 'strict', violations: [] },
      ],
    })
  })

  it('counts broken XML and broken characters as violations, with line and column', async () => {
    const { code, stdout } = await validate('--json', path('cut.xlf'), path('latin.xlf'))
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { valid: false, violations: [{ line: 2, rule: 'XML 1.0' }] },
        { valid: false, violations: [{ line: 2, column: 3, rule: 'XML 1.0 §4.3.3' }] },
      ],
    })
  })

  it('says in a line what cannot be read, and goes on with the others', async () => {
    const missing = await validate(path('none.xlf'))
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr.trim()).toMatch(/^talmach: .*none\.xlf: no such file$/)
    const both = await validate('--json', path('none.xlf'), path('good.xlf'))
    expect(both.code).toBe(1)
    expect(JSON.parse(both.stdout)).toMatchObject({ files: [{ file: path('good.xlf'), valid: true }] })
    expect((await validate()).code).toBe(2)
  })
})

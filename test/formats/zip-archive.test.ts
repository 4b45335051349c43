import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { docxAdapter } from '../../src/formats/docx.ts'
import { odtAdapter } from '../../src/formats/odt.ts'
import { crc32, openArchive } from '../../src/formats/zip-archive.ts'
import { replaceEntries } from '../../src/formats/zip-splice.ts'
import { docx, odt, readWith } from './office-support.ts'
import { refusal } from './support.ts'

const NAME = 'word/document.xml'
const open = (bytes: Uint8Array) => refusal(() => readWith(docxAdapter, bytes, 'a.docx'))
const SAMPLE = docx('<w:p><w:r><w:t>One</w:t></w:r></w:p>')

/** A copy with 16 bits at an offset of the central directory's record of an entry set to a value. */
function patched(bytes: Uint8Array, name: string, field: number, value: number, size: 2 | 4 = 2): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const entry = openArchive(copy).entries.find((candidate) => candidate.name === name)
  if (entry === undefined) throw new Error(`no ${name}`)
  const view = new DataView(copy.buffer)
  if (size === 2) view.setUint16(entry.start + field, value, true)
  else view.setUint32(entry.start + field, value, true)
  return copy
}

describe('openArchive', () => {
  it.each([0, 1, 21, 22, 100, 500])('refuses an archive cut to %d bytes', (length) => {
    expect(open(SAMPLE.slice(0, length))).toMatchObject({ code: 'invalid-input', place: { file: 'a.docx' } })
  })

  it('refuses every archive with its end cut off, and never fails otherwise', () => {
    for (let length = SAMPLE.length - 1; length > 0; length -= 7) {
      expect(open(SAMPLE.slice(0, length))?.code).toBe('invalid-input')
    }
  })

  it('answers any single damaged byte with a refusal or the same document', () => {
    for (let at = 0; at < SAMPLE.length; at += 3) {
      const copy = Uint8Array.from(SAMPLE)
      copy[at] = (copy[at] ?? 0) ^ 0x55
      const refused = open(copy)
      if (refused !== undefined) expect(['invalid-input', 'too-large']).toContain(refused.code)
    }
  })

  it.each(['../x', '/etc/x', 'a/../../x', 'C:/x', 'a\\b'])('refuses a name that leads out: %s', (name) => {
    expect(open(zipSync({ [NAME]: strToU8('<a/>'), [name]: strToU8('x') }))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('leads out'),
    })
  })

  it('refuses encrypted, ZIP64 and oddly packed archives with what to do', () => {
    expect(open(patched(SAMPLE, NAME, 8, 1))?.message).toMatch(
      /encrypted; save the document without a password/,
    )
    expect(open(patched(SAMPLE, NAME, 10, 12))?.message).toMatch(/packing method 12/)
    const zip64 = Uint8Array.from(SAMPLE)
    zip64.fill(0xff, zip64.length - 6, zip64.length - 2)
    expect(open(zip64)?.message).toMatch(/ZIP64/)
  })

  it('refuses old Word files, and archives without the main part', () => {
    expect(open(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))?.message).toMatch(
      /password or in an old format/,
    )
    expect(open(odt(''))?.message).toBe('this is not a Word document: the archive has no word/document.xml')
    expect(refusal(() => readWith(odtAdapter, SAMPLE))?.message).toMatch(/^this is not an OpenDocument text/)
  })

  it('refuses a bomb by what it says, and by what it does', { timeout: 20_000 }, () => {
    const bomb = zipSync({ [NAME]: new Uint8Array(60 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    expect(open(bomb)).toMatchObject({ code: 'too-large', place: { file: 'a.docx' } })
    expect(open(patched(bomb, NAME, 24, 1000, 4))).toMatchObject({ code: 'too-large' })
  })

  it('refuses entries that share their bytes', () => {
    const bytes = zipSync({ 'a.xml': strToU8('aaaa'), [NAME]: strToU8('<a/>') })
    expect(open(patched(bytes, NAME, 42, 0, 4))?.message).toMatch(/overlap/)
  })

  it('refuses damaged contents by their checksum', () => {
    expect(open(patched(SAMPLE, NAME, 16, 1, 4))?.message).toBe('word/document.xml is damaged')
  })
})

describe('replaceEntries', () => {
  it('changes one entry and keeps every other byte, the order and the flags', () => {
    const bytes = odt('<text:p>One</text:p>', { 'Pictures/a.png': 'not really' })
    const before = openArchive(bytes)
    const content = strToU8('<new>ж</new>')
    const written = replaceEntries(before, new Map([['content.xml', content]]))
    const after = openArchive(written)
    expect(after.entries.map(({ name, method }) => [name, method])).toEqual(
      before.entries.map(({ name, method }) => [name, method]),
    )
    expect(after.entries[0]).toMatchObject({ name: 'mimetype', method: 0, header: 0 })
    for (const [index, entry] of before.entries.entries()) {
      const now = after.entries[index]
      if (now === undefined || entry.name === 'content.xml') continue
      expect(Buffer.from(written.slice(now.header, now.next))).toEqual(
        Buffer.from(bytes.slice(entry.header, entry.next)),
      )
    }
    expect(unzipSync(written)['content.xml']).toEqual(content)
    expect(Buffer.from(replaceEntries(before, new Map([['content.xml', content]])))).toEqual(
      Buffer.from(written),
    )
  })

  it('leaves the original as it was, also when that is a Buffer', () => {
    const bytes = Buffer.from(SAMPLE)
    replaceEntries(openArchive(bytes), new Map([[NAME, strToU8('<a/>')]]))
    expect(bytes.equals(SAMPLE)).toBe(true)
  })

  it('gives the same bytes for no changes', () => {
    expect(Buffer.from(replaceEntries(openArchive(SAMPLE), new Map())).equals(SAMPLE)).toBe(true)
  })
})

describe('crc32', () => {
  it('is that of ZIP', () => {
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926)
  })
})

import { globSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writeDocument } from '../../src/formats/write.ts'
import { brokenPromises, read, translated } from './support.ts'

const ROOT = new URL('../../node_modules/', import.meta.url).pathname
const SMALL = 6_000

/** READMEs as their authors wrote them, from the packages that are installed here. */
function readmes(): readonly string[] {
  return globSync(['*/[Rr][Ee][Aa][Dd][Mm][Ee].md', '@*/*/[Rr][Ee][Aa][Dd][Mm][Ee].md'], { cwd: ROOT })
    .filter((name) => statSync(ROOT + name).size < SMALL)
    .sort()
}

describe('READMEs of installed packages', () => {
  const names = readmes()

  it('are at least a hundred', () => {
    expect(names.length).toBeGreaterThan(100)
  })

  it('come back byte for byte, and translated ones are read again as the same units', {
    timeout: 60_000,
  }, () => {
    const changed: string[] = []
    for (const [index, name] of names.entries()) {
      const bytes = readFileSync(ROOT + name)
      const document = read(bytes, 'markdown')
      expect(brokenPromises(document), name).toEqual([])
      if (!bytes.equals(writeDocument(document, []))) changed.push(`${name}: untouched`)
      if (index % 5 !== 0) continue // each costs another parse
      const vowels = (text: string): string => text.replace(/[aeo]/g, 'ä')
      const again = read(translated(document, vowels), 'markdown')
      const same =
        again.units.length === document.units.length &&
        document.units.every((unit, at) => vowels(unit.text) === again.units[at]?.text)
      if (!same) changed.push(`${name}: translated`)
    }
    expect(changed).toEqual([])
  })
})

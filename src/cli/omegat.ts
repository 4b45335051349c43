import { readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import { fillFromProjectMemory } from '../exchange/omegat-return.ts'
import { decodeXml } from '../xml/encoding.ts'
import { readBytes } from './files.ts'

/**
 * The XLIFF that a path stands for: the file itself; for an OmegaT project's folder, or the `project_save.tmx` in it,
 * the project's XLIFF with what its memory translates.
 *
 * @throws DomainError `not-found`, `invalid-input`: a folder that is no OmegaT project, or not one of ours
 */
export async function readReturned(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) return readProject(path, join(path, 'omegat/project_save.tmx'))
  if (extname(path).toLowerCase() === '.tmx') return readProject(dirname(dirname(path)), path)
  return readBytes(path)
}

async function readProject(folder: string, memory: string): Promise<Uint8Array> {
  const place = { place: { file: folder } }
  const names = await readdir(join(folder, 'source')).catch(() => [])
  const [name, ...others] = names.filter((one) => /\.xli?f+$/i.test(one))
  if (name === undefined || others.length > 0) {
    const what =
      name === undefined ? 'has no XLIFF in its folder source' : 'has several XLIFF files in source'
    throw new DomainError(
      'invalid-input',
      `this OmegaT project ${what}; return the files in target instead`,
      place,
    )
  }
  const source = join(folder, 'source', name)
  const xliff = decodeXml(await readBytes(source), source).text
  const tmx = decodeXml(await readBytes(memory), memory).text
  return new TextEncoder().encode(fillFromProjectMemory(xliff, tmx, memory).xliff)
}

import { DomainError } from '../domain/errors.ts'
import type { ReturnedSegment } from '../domain/merge.ts'
import { childrenNamed, parseXml } from '../xml/tree.ts'
import type { ReadWarning, ReadXliff, ReadXliffFile } from './xliff-model.ts'
import { readFile, XliffStream } from './xliff-stream.ts'
import { versionOf } from './xliff-version.ts'

/**
 * Reads XLIFF 1.0 to 2.2 of any tool. What breaks a schema but can be read is read.
 *
 * @param text decoded (see `decodeXml`)
 * @param file its name, for the places in errors
 * @throws DomainError `invalid-input`: not well-formed, a DOCTYPE, not XLIFF, an XLIFF without segments;
 *   `too-large`: nested too deep, too many nodes, or more inline codes in a segment than it can hold
 */
export function readXliff(text: string, file?: string): ReadXliff {
  const named = file === undefined ? {} : { file }
  const limits = { ...named, looseNamespaces: true }
  const warnings: ReadWarning[] = []
  const warn = (warning: ReadWarning): void => {
    warnings.push(warning)
  }
  try {
    const stream = new XliffStream(text, warn)
    const root = parseXml(text, { ...limits, onClose: (element) => stream.close(element) })
    const version = versionOf(root, named, warn)
    let files = childrenNamed(root, 'file').map((element) => stream.finish(root, element))
    if (stream.isLate) {
      warnings.length = 0
      const whole = parseXml(text, limits)
      versionOf(whole, named, warn)
      files = childrenNamed(whole, 'file').map((element) => readFile(text, whole, element, warn))
    }
    if (files.every(({ segments }) => segments.length === 0)) {
      throw new DomainError('invalid-input', 'this XLIFF has no segments: it has no unit with a source', {
        place: { ...named, line: root.line, column: root.column },
      })
    }
    return { version, files, warnings }
  } catch (error) {
    if (!(error instanceof DomainError) || file === undefined) throw error
    const { code, message, cause } = error
    throw new DomainError(code, message, { place: { ...error.place, file }, cause })
  }
}

/** A file's segments as the merge takes them. */
export function returnedSegments({ segments }: ReadXliffFile): readonly ReturnedSegment[] {
  return segments.map(({ id, source, target, meaning }) => ({
    id,
    source,
    ...(target === undefined ? {} : { target }),
    confirmed: meaning.state !== 'initial',
  }))
}

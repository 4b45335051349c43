import { DomainError, type Place } from '../domain/errors.ts'
import { attributeOf, childrenNamed, type XmlElement } from '../xml/tree.ts'
import type { ReadMetadata } from './xliff-extras.ts'
import { type ReadWarning, readIdentityToken, TOOL_ID } from './xliff-model.ts'

/**
 * The version that the root element names; 1.2 where it names none.
 *
 * @throws DomainError `invalid-input`: no XLIFF, or a version that nobody knows
 */
export function versionOf(root: XmlElement, named: Place, warn: (warning: ReadWarning) => void): string {
  const place = { ...named, line: root.line, column: root.column }
  if (root.local !== 'xliff') {
    const message = `this is not XLIFF: its root element is <${root.name.slice(0, 40)}>`
    throw new DomainError('invalid-input', message, { place })
  }
  const version = attributeOf(root, 'version')
  if (version === undefined) {
    const { line, column } = root
    warn({ message: 'the root element names no version; the file is read as 1.2', line, column })
    return '1.2'
  }
  if (/^(?:1\.[012]|2\.[012])$/.test(version)) return version
  const message = `XLIFF version “${version.slice(0, 20)}” is unknown; 1.0 to 1.2 and 2.0 to 2.2 are read`
  throw new DomainError('invalid-input', message, { place })
}

/** The `phase` elements of a 1.x header. */
export function phasesOf(header: XmlElement | undefined): readonly XmlElement[] {
  const groups = header === undefined ? [] : childrenNamed(header, 'phase-group')
  return groups.flatMap((group) => childrenNamed(group, 'phase'))
}

/** Whose export a 1.x file is; undefined for the file of another tool, or one that lost our marks. */
export function identityOf1(
  file: XmlElement,
  header: XmlElement | undefined,
): ReturnType<typeof readIdentityToken> {
  const jobs = phasesOf(header).map((phase) => attributeOf(phase, 'job-id'))
  return [attributeOf(file, 'build-num'), ...jobs].map(readIdentityToken).find((read) => read !== undefined)
}

/** Whether this program wrote a 1.x file. */
export function isOurs1(file: XmlElement, header: XmlElement | undefined): boolean {
  return identityOf1(file, header) !== undefined || attributeOf(file, 'tool-id') === TOOL_ID
}

/** The same for a 2.x file. @param metadata all that stands on the file itself */
export function identityOf2(
  file: XmlElement,
  metadata: readonly ReadMetadata[],
): ReturnType<typeof readIdentityToken> {
  const written = metadata.find(({ category, type }) => category === TOOL_ID && type === 'export')
  return [written?.value, attributeOf(file, 'id')].map(readIdentityToken).find((read) => read !== undefined)
}

/** Whether this program wrote a 2.x file. */
export function isOurs2(file: XmlElement, metadata: readonly ReadMetadata[]): boolean {
  return identityOf2(file, metadata) !== undefined || metadata.some(({ category }) => category === TOOL_ID)
}

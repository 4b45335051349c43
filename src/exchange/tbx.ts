/** Term bases as TBX (ISO 30042:2019). How our own features are carried: `tbx-model.ts`. */
import type { Concept } from '../domain/term.ts'
import { childElements, parseXml } from '../xml/tree.ts'
import { childNamed, failure, readConcept } from './tbx-read.ts'
import { type TbxAbout, tbxEnd, tbxStart, writeConcept } from './tbx-write.ts'

/**
 * @param text decoded TBX: ISO 30042:2019 in DCT or DCA style, any dialect, or TBX v2 (`martif`)
 * @param file its name, for messages
 * @returns concepts in the order of the file. What we do not know is passed over; white space is collapsed (but
 *   not no-break spaces); what the file does not say follows `term-defaults.ts`. Terms without text are left out
 * @throws DomainError `invalid-input` with line and column: not XML, not TBX, a concept id twice, a language section
 *   without a language, one of our notes with an unknown value; `unknown-locale`: a language nobody knows;
 *   `too-large`: nested deeper than any term base is
 */
export function readTbx(text: string, file?: string): readonly Concept[] {
  const limits = { skipDoctype: true, looseNamespaces: true, ...(file === undefined ? {} : { file }) }
  const root = parseXml(text, limits)
  if (root.local !== 'tbx' && root.local !== 'martif') {
    throw failure(root, file, `this is not TBX: its root element is <${root.name}>, not <tbx> or <martif>`)
  }
  const body = childNamed(childNamed(root, 'text'), 'body')
  if (body === undefined) throw failure(root, file, 'this TBX has no <body> with concepts')
  const ids = new Set<string>()
  return childElements(body)
    .filter((child) => child.local === 'conceptEntry' || child.local === 'termEntry')
    .map((entry, index) => {
      const concept = readConcept(entry, index, file)
      if (ids.has(concept.id)) throw failure(entry, file, `the concept id “${concept.id}” is used twice`)
      ids.add(concept.id)
      return concept
    })
}

/**
 * @returns a file of the form that is asked for, two spaces a level, LF line ends, UTF-8 declared. `readTbx` gives the
 *   concepts back from each form, terms grouped by locale. Characters that XML cannot hold are left out
 */
export function writeTbx(concepts: readonly Concept[], about: TbxAbout): string {
  const lines = concepts.flatMap((concept, index) => writeConcept(concept, index, about.form))
  return `${tbxStart(about)}${lines.map((line) => `${line}\n`).join('')}${tbxEnd(about.form)}`
}

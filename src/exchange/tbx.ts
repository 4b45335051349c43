/** Term bases as TBX (ISO 30042:2019). How our own features are carried: `tbx-model.ts`. */
import type { Concept } from '../domain/term.ts'
import { childElements, escapeXmlText, parseXml, xmlAttributes } from '../xml/tree.ts'
import { BASIC_NAMESPACE, MIN_NAMESPACE, TBX_NAMESPACE } from './tbx-model.ts'
import { childNamed, failure, readConcept } from './tbx-read.ts'
import { writeConcept } from './tbx-write.ts'

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
 * @param about.title of the term base
 * @param about.sourceLanguage BCP 47, the language of definitions and notes
 * @returns a file of the dialect TBX-Basic in DCT style, two spaces a level, LF line ends, UTF-8 declared.
 *   `readTbx` gives the concepts back, terms grouped by locale. Characters that XML cannot hold are left out
 */
export function writeTbx(
  concepts: readonly Concept[],
  about: { readonly title: string; readonly sourceLanguage: string },
): string {
  const attributes = xmlAttributes({
    type: 'TBX-Basic',
    style: 'dct',
    'xml:lang': about.sourceLanguage,
    xmlns: TBX_NAMESPACE,
    'xmlns:min': MIN_NAMESPACE,
    'xmlns:basic': BASIC_NAMESPACE,
  })
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<tbx${attributes}>`,
    '  <tbxHeader>',
    '    <fileDesc>',
    '      <titleStmt>',
    `        <title>${escapeXmlText(about.title)}</title>`,
    '      </titleStmt>',
    '      <sourceDesc>',
    '        <p>Talmach term base</p>',
    '      </sourceDesc>',
    '    </fileDesc>',
    '  </tbxHeader>',
    '  <text>',
    '    <body>',
    ...concepts.flatMap(writeConcept),
    '    </body>',
    '  </text>',
    '</tbx>',
  ]
  return `${lines.join('\n')}\n`
}

import { once, parseFragment } from './fragments-2.ts'
import { checkUnique } from './ids-2.ts'
import { type Node, placeOf, valueIn } from './nodes.ts'
import { tokensOf } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

const CATEGORIES: ReadonlySet<string> = new Set(
  'allowed-characters directionality domain elements-within-text external-resource id-value language-information locale-filter localization-note localization-quality-issue localization-quality-rating mt-confidence preserve-space provenance storage-size target-pointer terminology text-analysis translate'.split(
    ' ',
  ),
)
const PROVENANCE =
  'org orgRef person personRef revOrg revOrgRef revPerson revPersonRef revTool revToolRef tool toolRef'.split(
    ' ',
  )
/** Attributes of terms, which stand on term annotations too, and of the module as a whole. */
const ANY_TYPE: ReadonlySet<string> = new Set(['its:version', 'its:termConfidence', 'its:annotatorsRef'])
const MARKERS: ReadonlySet<string> = new Set(['mrk', 'sm'])

/** The constraints of the ITS module on an element of any vocabulary (XLIFF 2.1 §5.9). */
export function checkIts(node: Node, records: Records, report: Report): void {
  if (node.space === 'its') checkElement(node, report)
  const names = [...node.attributes.keys()].filter(
    (name) => name.startsWith('its:') || name.startsWith('itsm:'),
  )
  const [first] = names
  if (first === undefined) return
  if (
    !inherits(
      node,
      (at) => at.attributes.has('its:version') || (at.space === 'its' && at.attributes.has('version')),
    )
  ) {
    const message = `${first} needs its:version="2.0" on this element or above it`
    report(placeOf(node, first), 'XLIFF 2.1 §5.9.12.39', message)
  }
  if (MARKERS.has(node.name)) checkMarkerType(node, names, report)
  checkAnnotators(node, report)
  checkQualityIssue(node, records, report)
  checkRating(node, report)
  checkAnalysis(node, report)
  checkProvenance(node, records, report)
  checkConfidence(node, 'its:mtConfidence', 'mt-confidence', '5.9.12.19', report)
  checkConfidence(node, 'its:taConfidence', 'text-analysis', '5.9.12.32', report)
  checkConfidence(node, 'its:termConfidence', 'terminology', '5.9.12.36', report)
}

function inherits(node: Node, test: (node: Node) => boolean): boolean {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (test(at)) return true
  return false
}

function checkMarkerType(node: Node, names: readonly string[], report: Report): void {
  const type = valueIn(node, 'type')
  const name = names.find((candidate) => !ANY_TYPE.has(candidate))
  if (type === undefined || type === 'its:generic' || name === undefined) return
  report(
    placeOf(node, 'type'),
    'XLIFF 2.1 §5.9.6',
    `an annotation with ${name} has the type its:generic, or none`,
  )
}

/** §5.9.12.2: `category|tool` with spaces between the entries, each category once. */
function checkAnnotators(node: Node, report: Report): void {
  const value = valueIn(node, 'its:annotatorsRef')
  if (value === undefined) return
  const place = placeOf(node, 'its:annotatorsRef')
  const rule = 'XLIFF 2.1 §5.9.12.2'
  const seen = new Set<string>()
  for (const entry of tokensOf(value)) {
    const bar = entry.indexOf('|')
    const category = entry.slice(0, Math.max(0, bar))
    if (bar < 0 || bar === entry.length - 1 || !CATEGORIES.has(category)) {
      report(
        place,
        rule,
        `${quoted(entry)} in its:annotatorsRef must be an ITS data category, a | and the tool`,
      )
    } else if (seen.has(category)) {
      report(place, rule, `its:annotatorsRef names the data category ${category} twice`)
    }
    seen.add(category)
  }
}

const ISSUE = ['Type', 'Comment', 'Severity', 'ProfileRef', 'Enabled'].map(
  (name) => `its:locQualityIssue${name}`,
)

function checkQualityIssue(node: Node, records: Records, report: Report): void {
  const reference = valueIn(node, 'its:locQualityIssuesRef')
  const own = ISSUE.filter((name) => node.attributes.has(name))
  const rule = 'XLIFF 2.1 §5.9.6.4.3'
  const [first] = own
  if (reference === undefined) {
    if (first === undefined || own.some((name) => name.endsWith('Type') || name.endsWith('Comment'))) return
    report(
      placeOf(node, first),
      rule,
      'a quality issue needs its:locQualityIssueType or its:locQualityIssueComment',
    )
    return
  }
  if (first !== undefined)
    report(placeOf(node, first), rule, `${first} cannot stand beside its:locQualityIssuesRef`)
  checkRecord(node, 'its:locQualityIssuesRef', 'its:locQualityIssues', '5.9.12.11', records, report)
}

/** Whether an element directly holds records of a name and an xml:id. */
export type Records = (holder: Node, name: string, id: string) => boolean

/** Looks through each element's records once. */
export function createRecords(): Records {
  const idsIn = once(
    (holder) => new Set(holder.children.map((child) => `${child.name} ${valueIn(child, 'xml:id') ?? ''}`)),
  )
  return (holder, name, id) => idsIn(holder).has(`${name} ${id}`)
}

/** A reference to records in the unit (or above, for provenance): `#its=` and their xml:id. */
function checkRecord(
  node: Node,
  attribute: string,
  name: string,
  section: string,
  records: Records,
  report: Report,
): void {
  const reference = valueIn(node, attribute) ?? ''
  const fragment = reference.startsWith('#') ? parseFragment(reference) : ''
  const id = typeof fragment === 'string' ? undefined : fragment.selectors.get('its')
  if (id !== undefined && inherits(node, (at) => records(at, name, id))) return
  const message = `${attribute} ${quoted(reference)} must be #its= and the xml:id of ${name} of this unit`
  report(placeOf(node, attribute), `XLIFF 2.1 §${section}`, message)
}

function checkRating(node: Node, report: Report): void {
  const rule = 'XLIFF 2.1 §5.9.6.5.3'
  if (node.attributes.has('its:locQualityRatingScore') && node.attributes.has('its:locQualityRatingVote')) {
    const message = 'a quality rating is a score or a vote, not both'
    report(placeOf(node, 'its:locQualityRatingVote'), rule, message)
  }
  for (const kind of ['Score', 'Vote']) {
    const threshold = `its:locQualityRating${kind}Threshold`
    const value = `its:locQualityRating${kind}`
    if (!node.attributes.has(threshold) || inherits(node, (at) => at.attributes.has(value))) continue
    report(placeOf(node, threshold), rule, `${threshold} needs ${value} on this element or above it`)
  }
}

function checkAnalysis(node: Node, report: Report): void {
  const rule = 'XLIFF 2.1 §5.9.6.7.3'
  const source = node.attributes.has('its:taSource')
  const ident = node.attributes.has('its:taIdent')
  const reference = node.attributes.has('its:taIdentRef')
  if (source !== ident) {
    const name = source ? 'its:taSource' : 'its:taIdent'
    report(placeOf(node, name), rule, 'its:taSource and its:taIdent come together')
  }
  if (reference && (source || ident)) {
    report(
      placeOf(node, 'its:taIdentRef'),
      rule,
      'its:taIdentRef cannot stand beside its:taSource and its:taIdent',
    )
  }
  if (!node.attributes.has('its:taConfidence') || reference || ident || node.attributes.has('its:taClassRef'))
    return
  const message = 'its:taConfidence needs what it is about: its:taClassRef, its:taIdentRef or its:taIdent'
  report(placeOf(node, 'its:taConfidence'), rule, message)
}

function checkProvenance(node: Node, records: Records, report: Report): void {
  if (!node.attributes.has('its:provenanceRecordsRef')) return
  const own = PROVENANCE.map((name) => `its:${name}`).find((name) => node.attributes.has(name))
  if (own !== undefined) {
    const message = `${own} cannot stand beside its:provenanceRecordsRef`
    report(placeOf(node, own), 'XLIFF 2.1 §5.9.6.6.3', message)
  }
  checkRecord(node, 'its:provenanceRecordsRef', 'its:provenanceRecords', '5.9.12.24', records, report)
}

/** A confidence says whose it is: `its:annotatorsRef` in scope names the category. */
function checkConfidence(node: Node, name: string, category: string, section: string, report: Report): void {
  if (!node.attributes.has(name)) return
  const named = inherits(node, (at) =>
    tokensOf(valueIn(at, 'its:annotatorsRef') ?? '').some((entry) => entry.startsWith(`${category}|`)),
  )
  if (named) return
  const message = `${name} needs its:annotatorsRef with ${category} on this element or above it`
  report(placeOf(node, name), `XLIFF 2.1 §${section}`, message)
}

function checkElement(node: Node, report: Report): void {
  if (node.local === 'locQualityIssue') {
    if (node.attributes.has('locQualityIssueType') || node.attributes.has('locQualityIssueComment')) return
    report(node, 'XLIFF 2.1 §5.9.11.2', 'a quality issue needs locQualityIssueType or locQualityIssueComment')
  }
  if (node.local === 'provenanceRecord' && !PROVENANCE.some((name) => node.attributes.has(name))) {
    report(node, 'XLIFF 2.1 §5.9.11.4', `a provenance record needs one of ${PROVENANCE.join(', ')}`)
  }
}

/** Records are told apart in their unit (§5.9.12.4). */
export function checkRecordIds(unit: Node, report: Report): void {
  const records = unit.children.filter(
    ({ name }) => name === 'its:locQualityIssues' || name === 'its:provenanceRecords',
  )
  checkUnique(records, report, 'XLIFF 2.1 §5.9.12.4', 'in this unit', 'xml:id')
}

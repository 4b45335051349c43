import type { ElementSource } from './grammar.ts'

const PROVENANCE =
  'org orgRef=uri person personRef=uri revOrg revOrgRef=uri revPerson revPersonRef=uri revTool revToolRef=uri tool toolRef=uri'

/** The elements of the modules: XLIFF 2.1 chapter 5. */
export const MODULES: Readonly<Record<string, ElementSource>> = {
  'mtc:matches': { content: 'mtc:match+', section: '5.1.6.2' },
  'mtc:match': {
    content: 'mda:metadata? originalData? source target #other*',
    attributes:
      'id=nmtoken matchQuality=percentage matchSuitability=percentage origin ref=uri! reference=yesNo similarity=percentage subType=userDefined type=matchType #foreign',
    section: '5.1.6.3',
  },
  'gls:glossary': { content: 'gls:glossEntry+', section: '5.2.4.2' },
  'gls:glossEntry': {
    content: 'gls:term gls:translation* gls:definition? #other*',
    modules: 'mda:metadata',
    attributes: 'id=nmtoken ref=uri #other',
    section: '5.2.4.3',
  },
  'gls:term': { mixed: true, attributes: 'source #other', section: '5.2.4.4' },
  'gls:translation': { mixed: true, attributes: 'id=nmtoken ref=uri source #other', section: '5.2.4.5' },
  'gls:definition': { mixed: true, attributes: 'source #other', section: '5.2.4.6' },
  'mda:metadata': { content: 'mda:metaGroup+', attributes: 'id=nmtoken', section: '5.4.4.2' },
  'mda:metaGroup': {
    content: 'mda:metaGroup|mda:meta+',
    attributes: 'id=nmtoken category appliesTo=metaSide',
    section: '5.4.4.3',
  },
  'mda:meta': { mixed: true, attributes: 'type!', section: '5.4.4.4' },
  'res:resourceData': { content: 'res:resourceItemRef* res:resourceItem*', section: '5.5.4.2' },
  'res:resourceItemRef': { attributes: 'id=nmtoken ref=nmtoken! #other', section: '5.5.4.3' },
  'res:resourceItem': {
    content: 'res:source? res:target? res:reference*',
    attributes: 'mimeType id=nmtoken context=yesNo #other',
    section: '5.5.4.4',
  },
  'res:source': { content: '#other*', attributes: 'href xml:lang=language #other', section: '5.5.4.5' },
  'res:target': { content: '#other*', attributes: 'href xml:lang=language #other', section: '5.5.4.6' },
  'res:reference': { attributes: 'href! xml:lang=language #other', section: '5.5.4.7' },
  'ctr:changeTrack': { content: 'ctr:revisions+', section: '5.6.4.2' },
  'ctr:revisions': {
    content: 'ctr:revision+',
    attributes: 'appliesTo=nmtoken! ref=nmtoken currentVersion=nmtoken #other',
    section: '5.6.4.3',
  },
  'ctr:revision': {
    content: 'ctr:item+',
    attributes: 'author datetime version=nmtoken #other',
    section: '5.6.4.4',
  },
  'ctr:item': { mixed: true, attributes: 'property! #other', section: '5.6.4.5' },
  'slr:profiles': {
    content: 'slr:normalization? #other*',
    attributes: 'generalProfile storageProfile',
    section: '5.7.4.2',
  },
  'slr:normalization': { attributes: 'general=normalization storage=normalization', section: '5.7.4.3' },
  'slr:data': { content: '#other*', attributes: 'profile! #other', section: '5.7.4.4' },
  'val:validation': { content: 'val:rule+', attributes: '#other', section: '5.8.4.2' },
  'val:rule': {
    attributes:
      'isPresent occurs=positiveInteger isNotPresent startsWith endsWith existsInSource=yesNo caseSensitive=yesNo normalization=normalization disabled=yesNo #other',
    section: '5.8.4.3',
  },
  'its:locQualityIssues': {
    content: 'its:locQualityIssue+',
    attributes: 'xml:id=identifier! version=itsVersion',
    section: '5.9.11.3',
  },
  'its:locQualityIssue': {
    attributes:
      'version=itsVersion locQualityIssueType=issueType locQualityIssueComment locQualityIssueSeverity=percentage locQualityIssueProfileRef=uri locQualityIssueEnabled=yesNo',
    section: '5.9.11.2',
  },
  'its:provenanceRecords': {
    content: 'its:provenanceRecord+',
    attributes: 'xml:id=identifier! version=itsVersion',
    section: '5.9.11.5',
  },
  'its:provenanceRecord': { attributes: `version=itsVersion ${PROVENANCE}`, section: '5.9.11.4' },
}

/** HTML elements that `fs:fs` may name: XLIFF 2.1 §5.3.5.1. */
export const FORMAT_STYLES =
  'a b bdo big blockquote body br button caption center cite code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 head hr html i img label legend li ol p pre q s samp select small span strike strong sub sup table tbody td tfoot th thead title tr tt u ul'

/** ITS 2.0 localization quality issue types: XLIFF 2.1 §5.9.12.13. */
export const ISSUE_TYPES =
  'terminology mistranslation omission untranslated addition duplication inconsistency grammar legal register locale-specific-content locale-violation style characters misspelling typographical formatting inconsistent-entities numbers markup pattern-problem whitespace internationalization length non-conformance uncategorized other'

const STRUCTURE = 'file group unit'
const MARKERS = 'mrk sm'
const CODES = 'pc sc ec ph'

/** The attributes of modules that stand on core elements: `name=type`, where they may be used, section. */
export const MODULE_ATTRIBUTES: readonly (readonly [attribute: string, on: string, section: string])[] = [
  ['fs:fs=formatStyle', `${STRUCTURE} note source target ${CODES} ${MARKERS}`, '5.3.5.1'],
  ['fs:subFs', `${STRUCTURE} note source target ${CODES} ${MARKERS}`, '5.3.5.2'],
  ['slr:storageRestriction', `${STRUCTURE} ${MARKERS} pc sc`, '5.7.5.6'],
  ['slr:sizeRestriction', `${STRUCTURE} ${MARKERS} pc sc`, '5.7.5.7'],
  ['slr:equivStorage', CODES, '5.7.5.8'],
  ['slr:sizeInfo', `${STRUCTURE} ${CODES}`, '5.7.5.9'],
  ['slr:sizeInfoRef=nmtoken', `${STRUCTURE} ${CODES}`, '5.7.5.10'],
  ['its:allowedCharacters', MARKERS, '5.9.12.1'],
  ['its:annotatorsRef', `${STRUCTURE} ${MARKERS} xliff`, '5.9.12.2'],
  ['itsm:domains', `${STRUCTURE} ${MARKERS}`, '5.9.12.3'],
  ['itsm:lang=language', MARKERS, '5.9.12.5'],
  ['its:localeFilterList', MARKERS, '5.9.12.6'],
  ['its:localeFilterType=filterType', MARKERS, '5.9.12.7'],
  ['its:locQualityIssueComment', MARKERS, '5.9.12.8'],
  ['its:locQualityIssueEnabled=yesNo', MARKERS, '5.9.12.9'],
  ['its:locQualityIssueProfileRef=uri', MARKERS, '5.9.12.10'],
  ['its:locQualityIssuesRef=uri', MARKERS, '5.9.12.11'],
  ['its:locQualityIssueSeverity=percentage', MARKERS, '5.9.12.12'],
  ['its:locQualityIssueType=issueType', MARKERS, '5.9.12.13'],
  ['its:locQualityRatingProfileRef=uri', `${STRUCTURE} ${MARKERS}`, '5.9.12.14'],
  ['its:locQualityRatingScore=percentage', `${STRUCTURE} ${MARKERS}`, '5.9.12.15'],
  ['its:locQualityRatingScoreThreshold=percentage', `${STRUCTURE} ${MARKERS}`, '5.9.12.16'],
  ['its:locQualityRatingVote=integer', `${STRUCTURE} ${MARKERS}`, '5.9.12.17'],
  ['its:locQualityRatingVoteThreshold=integer', `${STRUCTURE} ${MARKERS}`, '5.9.12.18'],
  ['its:mtConfidence=confidence', MARKERS, '5.9.12.19'],
  ...provenanceAttributes(),
  ['its:taClassRef=uri', MARKERS, '5.9.12.31'],
  ['its:taConfidence=confidence', MARKERS, '5.9.12.32'],
  ['its:taIdent', MARKERS, '5.9.12.33'],
  ['its:taIdentRef=uri', MARKERS, '5.9.12.34'],
  ['its:taSource', MARKERS, '5.9.12.35'],
  ['its:termConfidence=confidence', MARKERS, '5.9.12.36'],
  ['its:version=itsVersion', `xliff ${STRUCTURE} ${MARKERS}`, '5.9.12.39'],
]

/** §5.9.12.20 to 30 in the order of the specification, then 37 and 38. */
function provenanceAttributes(): readonly (readonly [string, string, string])[] {
  const names = `org orgRef=uri person personRef=uri provenanceRecordsRef=uri revOrg revOrgRef=uri revPerson revPersonRef=uri revTool revToolRef=uri`
  const numbered = names.split(' ').map((name, index) => [name, 20 + index] as const)
  return [...numbered, ['tool', 37] as const, ['toolRef=uri', 38] as const].map(
    ([name, number]) => [`its:${name}`, `${STRUCTURE} ${MARKERS}`, `5.9.12.${number}`] as const,
  )
}

import type { ElementSource } from './grammar.ts'

const INLINE = 'cp|ph|pc|sc|ec|mrk|sm|em*'
const HINTS = 'canCopy=yesNo canDelete=yesNo canReorder=yesNoFirstNo copyOf=nmtoken'
const KIND = 'subType=userDefined type=codeType'
const CODE = `${HINTS} ${KIND} disp equiv dataRef=nmtoken subFlows=nmtokens`
const INHERITED = 'canResegment=yesNo translate=yesNo srcDir=direction trgDir=direction xml:space=space'
const MARKER = 'id=nmtoken! translate=yesNo type=markerType ref=uri value #foreign'

/** XLIFF 2.1 chapter 4, which 2.0 shares. */
export const CORE: Readonly<Record<string, ElementSource>> = {
  xliff: {
    content: 'file+',
    attributes: 'version! srcLang=language! trgLang=language xml:space=space xml:lang=language #other',
    section: '4.2.2.1',
  },
  file: {
    content: 'skeleton? #other* notes? unit|group+',
    modules:
      'mda:metadata res:resourceData slr:profiles slr:data val:validation its:provenanceRecords* ctr:changeTrack*',
    attributes: `id=nmtoken! original xml:lang=language ${INHERITED} #other`,
    section: '4.2.2.2',
  },
  skeleton: { content: '#other*', mixed: true, attributes: 'href', section: '4.2.2.3' },
  group: {
    content: '#other* notes? unit|group*',
    modules: 'mda:metadata slr:data val:validation its:provenanceRecords* ctr:changeTrack*',
    attributes: `id=nmtoken! name type=userDefined xml:lang=language ${INHERITED} #other`,
    section: '4.2.2.4',
  },
  unit: {
    content: '#other* notes? originalData? segment|ignorable+',
    modules:
      'mtc:matches gls:glossary mda:metadata res:resourceData slr:data val:validation its:locQualityIssues* its:provenanceRecords* ctr:changeTrack*',
    attributes: `id=nmtoken! name type=userDefined xml:lang=language ${INHERITED} #other`,
    section: '4.2.2.5',
  },
  segment: {
    content: 'source target?',
    attributes: 'id=nmtoken canResegment=yesNo state=state subState=prefixed',
    section: '4.2.2.6',
  },
  ignorable: { content: 'source target?', attributes: 'id=nmtoken', section: '4.2.2.7' },
  notes: { content: 'note+', section: '4.2.2.8' },
  note: {
    mixed: true,
    attributes: 'id=nmtoken appliesTo=side category priority=priority #other',
    section: '4.2.2.9',
  },
  originalData: { content: 'data+', section: '4.2.2.10' },
  data: {
    content: 'cp*',
    mixed: true,
    attributes: 'id=nmtoken! dir=direction xml:space=preserve',
    section: '4.2.2.11',
  },
  source: {
    content: INLINE,
    mixed: true,
    attributes: 'xml:lang=language xml:space=space',
    section: '4.2.2.12',
  },
  target: {
    content: INLINE,
    mixed: true,
    attributes: 'xml:lang=language xml:space=space order=positiveInteger',
    section: '4.2.2.13',
  },
  cp: { attributes: 'hex=hexadecimal!', section: '4.2.3.1' },
  ph: { attributes: `id=nmtoken! ${CODE} #module`, section: '4.2.3.2' },
  pc: {
    content: INLINE,
    mixed: true,
    attributes: `id=nmtoken! ${HINTS} ${KIND} canOverlap=yesNo dispEnd dispStart equivEnd equivStart dataRefEnd=nmtoken dataRefStart=nmtoken subFlowsEnd=nmtokens subFlowsStart=nmtokens dir=direction #module`,
    section: '4.2.3.3',
  },
  sc: {
    attributes: `id=nmtoken! ${CODE} canOverlap=yesNo dir=direction isolated=yesNo #module`,
    section: '4.2.3.4',
  },
  ec: {
    attributes: `id=nmtoken ${CODE} canOverlap=yesNo dir=direction isolated=yesNo startRef=nmtoken #module`,
    section: '4.2.3.5',
  },
  mrk: { content: INLINE, mixed: true, attributes: MARKER, section: '4.2.3.6' },
  sm: { attributes: MARKER, section: '4.2.3.7' },
  em: { attributes: 'startRef=nmtoken!', section: '4.2.3.8' },
}

/** The attributes of §4.3.1, in its order: the nth is §4.3.1.n. */
export const CORE_ATTRIBUTES =
  'appliesTo canCopy canDelete canOverlap canReorder canResegment category copyOf dataRef dataRefEnd dataRefStart dir disp dispEnd dispStart equiv equivEnd equivStart hex href id isolated name order original priority ref srcDir srcLang startRef state subFlows subFlowsEnd subFlowsStart subState subType trgLang translate trgDir type value version'

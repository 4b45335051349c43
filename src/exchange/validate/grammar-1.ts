import { compileElements, type ElementSource, type Grammar } from './grammar.ts'
import { TYPES_1_0, TYPES_1_1, TYPES_1_2 } from './value-lists-1.ts'
import type { ValueType } from './value-types.ts'

export type Schema1 = '1.0' | '1.1' | '1.2 transitional' | '1.2 strict'

/** What the versions of XLIFF 1 differ in. */
type Traits = {
  /** Which attributes beyond its own an extensible element may have. */
  readonly open: '#any' | '#other' | ''
  /** `ts`, `tool` and `prop-group`, which 1.2 strict leaves out. */
  readonly old: boolean
  /** Elements of other vocabularies. */
  readonly extensible: boolean
  /** `seg-source`, `tool-id` and what else 1.2 brought. */
  readonly new12: boolean
  /** What 1.1 brought. */
  readonly new11: boolean
}

const TRAITS: Readonly<Record<Schema1, Traits>> = {
  '1.0': { open: '', old: true, extensible: false, new12: false, new11: false },
  '1.1': { open: '#any', old: true, extensible: true, new12: false, new11: true },
  '1.2 transitional': { open: '#any', old: true, extensible: true, new12: true, new11: true },
  '1.2 strict': { open: '#other', old: false, extensible: true, new12: true, new11: true },
}

const TYPES: Readonly<Record<Schema1, Readonly<Record<string, ValueType>>>> = {
  '1.0': TYPES_1_0,
  '1.1': TYPES_1_1,
  '1.2 transitional': TYPES_1_2,
  '1.2 strict': TYPES_1_2,
}

export const CORE_1_1 = 'urn:oasis:names:tc:xliff:document:1.1'
export const CORE_1_2 = 'urn:oasis:names:tc:xliff:document:1.2'

const made = new Map<Schema1, Grammar>()

/** The grammar of one of the schemas of XLIFF 1. */
export function grammar1(schema: Schema1): Grammar {
  const known = made.get(schema)
  if (known !== undefined) return known
  const specification = `XLIFF ${schema.slice(0, 3)}`
  const grammar: Grammar = {
    specification,
    elements: compileElements(specification, elementsOf(TRAITS[schema]), TYPES[schema]),
    attributes: new Map(),
    prefixes: new Map([[schema === '1.0' ? '' : schema === '1.1' ? CORE_1_1 : CORE_1_2, '']]),
    attributeSections: new Map(),
    closed: schema === '1.2 strict',
    extensionsUnchecked: schema !== '1.1',
  }
  made.set(schema, grammar)
  return grammar
}

const TOP = '3.2.1'
const NAMED = '3.2.2'
const STRUCTURE = '3.2.3'
const INLINE = '3.2.4'
const DELIMITER = '3.2.5'

function elementsOf(traits: Traits): Readonly<Record<string, ElementSource>> {
  return { ...headerOf(traits), ...bodyOf(traits), ...inlineOf(traits) }
}

const when = (condition: boolean, text: string): string => (condition ? text : '')

function headerOf({ open, old, extensible, new12, new11 }: Traits): Readonly<Record<string, ElementSource>> {
  const other = when(extensible, '#other*')
  const link = { content: 'internal-file|external-file', section: TOP }
  const ts = when(old, 'ts')
  return {
    xliff: {
      // Elements of other vocabularies stand before a file, never at the end.
      content: new12 ? 'file|#other+' : 'file+',
      attributes: `version=version! xml:lang=language ${when(new12, open)}`,
      section: TOP,
    },
    file: {
      content: new11 ? 'header? body' : 'header body',
      attributes: `original! source-language=language! datatype=datatype! ${when(new12, 'tool-id')} ${when(old, 'tool')} date=dateTime xml:space=space ${ts} category target-language=language product-name product-version build-num ${open}`,
      section: TOP,
    },
    header: {
      content: `skl? phase-group? glossary|reference|count-group|note${when(old, '|prop-group')}${when(new11, '|tool')}* ${other}`,
      section: TOP,
    },
    skl: link,
    glossary: link,
    reference: link,
    'internal-file': { mixed: true, attributes: 'form crc=nmtoken', section: TOP },
    'external-file': { attributes: 'href! crc=nmtoken uid=nmtoken', section: TOP },
    note: {
      mixed: true,
      attributes: `xml:lang=language priority=rank from ${when(new11, 'annotates=annotated')}`,
      section: TOP,
    },
    'phase-group': { content: 'phase+', section: TOP },
    phase: {
      content: 'note*',
      attributes: `phase-name! process-name! company-name ${when(new12, 'tool-id')} ${when(old, 'tool')} date=dateTime job-id contact-name contact-email contact-phone`,
      section: TOP,
    },
    ...(new11
      ? {
          tool: {
            content: '#any*',
            mixed: true as const,
            attributes: `tool-id! tool-name! tool-version tool-company ${when(new12, open)}`,
            section: TOP,
          },
        }
      : {}),
    'count-group': { content: 'count*', attributes: 'name!', section: NAMED },
    count: {
      mixed: true,
      attributes: `count-type=countType ${when(new11, 'phase-name')} unit=countUnit`,
      section: NAMED,
    },
    'context-group': {
      content: 'context+',
      attributes: `name${when(!new12, '!')} crc=nmtoken ${when(new11, 'purpose=purpose')}`,
      section: NAMED,
    },
    context: {
      mixed: true,
      attributes: 'context-type=contextType! match-mandatory=yesNoToken crc=nmtoken',
      section: NAMED,
    },
    ...(old
      ? {
          'prop-group': { content: 'prop+', attributes: 'name', section: NAMED },
          prop: { mixed: true as const, attributes: 'prop-type! xml:lang=language', section: NAMED },
        }
      : {}),
  }
}

const RESOURCE = `resname extradata extype help-id=nmtoken menu menu-option menu-name`
const LOOK = 'coord=coordinates font css-style style=nmtoken exstyle=nmtoken'
const SIZE =
  'size-unit=sizeUnit maxwidth=nmtoken minwidth=nmtoken maxheight=nmtoken minheight=nmtoken maxbytes=nmtoken minbytes=nmtoken charclass'

function bodyOf({ open, old, extensible, new12, new11 }: Traits): Readonly<Record<string, ElementSource>> {
  const other = when(extensible, '#other*')
  const props = when(old, '|prop-group')
  const ts = when(old, 'ts')
  const about = new12 || !new11 ? `context-group|count-group${props}|note|alt-trans*` : ''
  return {
    body: { content: 'group|trans-unit|bin-unit*', section: STRUCTURE },
    group: {
      content: `context-group* count-group* ${when(old, 'prop-group*')} note* ${other} group|trans-unit|bin-unit*`,
      attributes: `id${when(!new11, '=nmtoken')} datatype=datatype xml:space=space ${ts} restype=restype ${RESOURCE} ${LOOK} ${when(new11, `translate=yesNoToken reformat=reformat ${SIZE}`)} ${when(new12, 'merged-trans=yesNoToken')} ${open}`,
      section: STRUCTURE,
    },
    'trans-unit': {
      content: `source ${when(new12, 'seg-source?')} target? ${about === '' ? 'context-group* count-group* prop-group* note* alt-trans*' : about} ${other}`,
      attributes: `id${when(!new11, '=nmtoken')}! approved=yesNoToken translate=yesNoToken reformat=reformat xml:space=space datatype=datatype ${ts} phase-name restype=restype ${RESOURCE} ${LOOK} ${SIZE} ${open}`,
      section: STRUCTURE,
    },
    'alt-trans': {
      content: `source? ${when(new12, 'seg-source?')} target${when(old, '+')} ${new11 ? `context-group* ${when(old, 'prop-group*')} note*` : 'context-group|prop-group|note*'} ${other}`,
      attributes: `match-quality ${when(new12, 'tool-id mid=nmtoken phase-name=nmtoken alttranstype=proposal')} ${when(old, 'tool')} crc=nmtoken xml:lang=language origin datatype=datatype xml:space=space ${ts} restype=restype ${RESOURCE} ${LOOK} ${open}`,
      section: STRUCTURE,
    },
    'bin-unit': {
      content: `bin-source bin-target? context-group|count-group${props}|note|trans-unit* ${other}`,
      attributes: `id${when(!new11, '=nmtoken')}! mime-type=mimeType! approved=yesNoToken translate=yesNoToken reformat=reformat ${ts} restype=restype resname phase-name ${open}`,
      section: STRUCTURE,
    },
    'bin-source': {
      content: 'internal-file|external-file',
      attributes: `${ts} ${open}`,
      section: STRUCTURE,
    },
    'bin-target': {
      content: 'internal-file|external-file',
      attributes: `mime-type=mimeType ${ts} state=state ${when(new11, 'state-qualifier=stateQualifier')} phase-name=nmtoken restype=restype resname ${open}`,
      section: STRUCTURE,
    },
  }
}

const TEXT = 'g|bpt|ept|ph|it|mrk|x|bx|ex*'

function inlineOf({ open, old, new12, new11 }: Traits): Readonly<Record<string, ElementSource>> {
  const ts = when(old, 'ts')
  const common = `id! ${ts} ${when(new11, 'xid')} ${when(new12, 'equiv-text')} ${open}`
  const code = { content: 'sub*', mixed: true as const, section: INLINE }
  const text = { content: TEXT, mixed: true as const, section: STRUCTURE }
  return {
    source: { ...text, attributes: `xml:lang=language ${ts} ${open}` },
    ...(new12 ? { 'seg-source': { ...text, attributes: `xml:lang=language ${ts} ${open}` } } : {}),
    target: {
      ...text,
      attributes: `state=state ${when(new11, 'state-qualifier=stateQualifier')} phase-name=nmtoken xml:lang=language ${when(old, 'ts restype=restype')} resname ${LOOK} ${when(new12, 'equiv-trans=yesNoToken')} ${open}`,
    },
    g: {
      content: TEXT,
      mixed: true,
      attributes: `ctype=delimiter clone=yesNoToken ${common}`,
      section: INLINE,
    },
    x: { attributes: `ctype=placeholder clone=yesNoToken ${common}`, section: INLINE },
    bx: { attributes: `rid=nmtoken ctype=delimiter clone=yesNoToken ${common}`, section: INLINE },
    ex: { attributes: `rid=nmtoken ${common}`, section: INLINE },
    ph: { ...code, attributes: `ctype=placeholder crc assoc=association ${common}` },
    bpt: { ...code, attributes: `rid=nmtoken ctype=delimiter crc ${common}` },
    ept: { ...code, attributes: `rid=nmtoken crc ${common}` },
    it: { ...code, attributes: `pos=position! rid=nmtoken ctype=delimiter crc ${common}` },
    sub: {
      content: TEXT,
      mixed: true,
      attributes: `datatype=datatype ctype=delimiter ${when(new11, 'xid')}`,
      section: INLINE,
    },
    mrk: {
      content: TEXT,
      mixed: true,
      attributes: `mtype=markType! mid=nmtoken comment ${ts} ${open}`,
      section: DELIMITER,
    },
  }
}

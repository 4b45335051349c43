import { collapse, oneOf, oneOfOrOwn, tokensOf, VALUE_TYPES, type ValueType } from './value-types.ts'

/** The values that XLIFF 1.1 and 1.2 list for their attributes (XLIFF 1.2 §3.3). */
const RESTYPES =
  'auto3state autocheckbox autoradiobutton bedit bitmap button caption cell checkbox checkboxmenuitem checkedlistbox colorchooser combobox comboboxexitem comboboxitem component contextmenu ctext cursor datetimepicker defpushbutton dialog dlginit edit file filechooser fn font footer frame grid groupbox header heading hedit hscrollbar icon iedit keywords label linklabel list listbox listitem ltext menu menubar menuitem menuseparator message monthcalendar numericupdown panel popupmenu pushbox pushbutton radio radiobuttonmenuitem rcdata row rtext scrollpane separator shortcut spinner splitter state3 statusbar string tabcontrol table textbox togglebutton toolbar tooltip trackbar tree uri userbutton usercontrol var versioninfo vscrollbar window'.split(
    ' ',
  )
const DATATYPES =
  'asp c cdf cfm cpp csharp cstring csv database documentfooter documentheader filedialog form html htmlbody ini interleaf javaclass javapropertyresourcebundle javalistresourcebundle javascript jscript layout lisp margin menufile messagefile mif mimetype mo msglib pagefooter pageheader parameters pascal php plaintext po report resources resx rtf sgml sgmldtd svg vbscript warning winres xhtml xml xmldtd xsl xul'.split(
    ' ',
  )
const STATES =
  'final needs-adaptation needs-l10n needs-review-adaptation needs-review-l10n needs-review-translation needs-translation new signed-off translated'.split(
    ' ',
  )
const QUALIFIERS =
  'exact-match fuzzy-match id-match leveraged-glossary leveraged-inherited leveraged-mt leveraged-repository leveraged-tm mt-suggestion rejected-grammar rejected-inaccurate rejected-length rejected-spelling tm-suggestion'.split(
    ' ',
  )
const MARKS =
  'abbrev abbreviated-form abbreviation acronym appellation collocation common-name datetime equation expanded-form formula head-term initialism international-scientific-term internationalism logical-expression materials-management-unit name near-synonym part-number phrase phraseological-unit protected romanized-form set-phrase short-form sku standard-text symbol synonym synonymous-phrase term transcribed-form transliterated-form truncated-term variant'.split(
    ' ',
  )
const REFORMATS =
  'coord coord-x coord-y coord-cx coord-cy font font-name font-size font-weight css-style style ex-style'.split(
    ' ',
  )

const own = (values: string): ValueType => oneOfOrOwn(values.split(' '))

function listOf(values: readonly string[], expects: string): ValueType {
  const set = new Set(values)
  return {
    accepts: (value) => tokensOf(value).every((token) => set.has(token) || /^x-\S+$/.test(token)),
    expects,
  }
}

export const TYPES_1_2: Readonly<Record<string, ValueType>> = {
  ...VALUE_TYPES,
  contextType: own(
    'database element elementtitle linenumber numparams paramnotes record recordtitle sourcefile',
  ),
  countType: oneOfOrOwn([
    ...RESTYPES,
    'num-usages',
    'repetition',
    'total',
    ...DATATYPES,
    ...STATES,
    ...QUALIFIERS,
  ]),
  delimiter: own('bold italic underlined link'),
  placeholder: own('image pb lb'),
  mimeType: {
    accepts: (value) =>
      /^(?:text|multipart|message|application|image|audio|video|model)(?:\/.+)?$/.test(value),
    expects: 'a MIME type such as image/png',
  },
  datatype: oneOfOrOwn(DATATYPES),
  restype: oneOfOrOwn(RESTYPES),
  markType: oneOfOrOwn([...MARKS, 'seg']),
  sizeUnit: own('byte char col cm dlgunit em ex glyph in mm percent pixel point row'),
  state: oneOfOrOwn(STATES),
  stateQualifier: oneOfOrOwn(QUALIFIERS),
  countUnit: own(
    'word page trans-unit bin-unit glyph item instance character line sentence paragraph segment placeable',
  ),
  proposal: own('proposal previous-version rejected reference accepted'),
  purpose: listOf(
    ['information', 'location', 'match'],
    'of information, location, match, or your own with x-',
  ),
  reformat: {
    accepts: (value) => {
      const tokens = tokensOf(value)
      const listed = tokens.every((token) => REFORMATS.includes(token) || /^x-\S+$/.test(token))
      return /^(?:yes|no)$/.test(value) || listed
    },
    expects: 'yes, no, or what may be changed, such as coord and font',
  },
  position: oneOf(['open', 'close'], { collapsed: true }),
  association: oneOf(['preceding', 'following', 'both'], { collapsed: true }),
  annotated: oneOf(['source', 'target', 'general'], { collapsed: true }),
  coordinates: {
    accepts: (value) => /^(?:-?\d+|#);(?:-?\d+|#);(?:-?\d+|#);(?:-?\d+|#)$/.test(value),
    expects: 'four whole numbers or # with ; between them',
  },
  rank: VALUE_TYPES.priority,
  version: oneOf(['1.2', '1.1', '1.0']),
}

export const TYPES_1_1: Readonly<Record<string, ValueType>> = {
  ...TYPES_1_2,
  markType: oneOfOrOwn(MARKS),
  rank: {
    accepts: (value) => VALUE_TYPES.priority.accepts(value) || /^x-\S+$/.test(value),
    expects: '1 to 10',
  },
  version: oneOf(['1.1', '1.0']),
}

/** 1.0 has a DTD, which lists hardly any values. */
export const TYPES_1_0: Readonly<Record<string, ValueType>> = {
  ...Object.fromEntries(Object.keys(TYPES_1_2).map((name) => [name, VALUE_TYPES.text])),
  language: VALUE_TYPES.language,
  space: VALUE_TYPES.space,
  nmtoken: VALUE_TYPES.nmtoken,
  yesNoToken: VALUE_TYPES.yesNoToken,
  position: TYPES_1_2.position ?? VALUE_TYPES.text,
  rank: oneOf(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']),
  reformat: VALUE_TYPES.yesNoToken,
  version: { accepts: (value) => collapse(value) === '1.0', expects: '1.0' },
}

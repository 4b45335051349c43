/** What LibreOffice makes documents of in tests: flat OpenDocument and HTML, one for each thing that articles have. */

const NAMESPACES = [
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"',
  'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"',
  'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"',
].join(' ')

/** Styles that every document has: letters for looks. */
const LOOKS = [
  style('text', 'B', '<style:text-properties fo:font-weight="bold"/>'),
  style('text', 'I', '<style:text-properties fo:font-style="italic"/>'),
  style('text', 'BI', '<style:text-properties fo:font-weight="bold" fo:font-style="italic"/>'),
  style('text', 'U', '<style:text-properties style:text-underline-style="solid"/>'),
  style('text', 'S', '<style:text-properties style:text-line-through-style="solid"/>'),
  style('text', 'Sup', '<style:text-properties style:text-position="super 58%"/>'),
  style('text', 'Caps', '<style:text-properties fo:font-variant="small-caps"/>'),
  style('text', 'Red', '<style:text-properties fo:color="#c00000" fo:background-color="#ffff80"/>'),
  style('text', 'Big', '<style:text-properties fo:font-size="18pt"/>'),
  style('paragraph', 'Break', '<style:paragraph-properties fo:break-before="page"/>'),
  style('paragraph', 'Justified', '<style:paragraph-properties fo:text-align="justify"/>'),
  style('paragraph', 'Right', '<style:paragraph-properties fo:text-align="end"/>'),
  style('paragraph', 'Rtl', '<style:paragraph-properties fo:text-align="end" style:writing-mode="rl-tb"/>'),
  style(
    'table-cell',
    'Cell',
    '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/>',
  ),
  style(
    'graphic',
    'Frame',
    '<style:graphic-properties text:anchor-type="as-char" fo:border="1pt solid #204080" fo:padding="0.2cm"/>',
  ),
  style(
    'section',
    'Columns',
    '<style:section-properties><style:columns fo:column-count="2" fo:column-gap="0.5cm"/></style:section-properties>',
  ),
].join('')

function style(family: string, name: string, properties: string): string {
  return `<style:style style:name="${name}" style:family="${family}">${properties}</style:style>`
}

function flat(body: string, { master = '', title = '' } = {}): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><office:document ${NAMESPACES}>` +
    `<office:meta><dc:title>${title}</dc:title></office:meta>` +
    '<office:styles>' +
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="US" fo:font-size="12pt" style:font-size-asian="12pt" style:font-size-complex="12pt"/></style:default-style>' +
    style('paragraph', 'Standard', '') +
    '</office:styles>' +
    `<office:automatic-styles>${LOOKS}<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>` +
    `<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">${master}</style:master-page></office:master-styles>` +
    `<office:body><office:text>${body}</office:text></office:body></office:document>`
  )
}

const p = (content: string, look = 'Standard'): string =>
  `<text:p text:style-name="${look}">${content}</text:p>`
const h = (content: string, level = 1): string =>
  `<text:h text:style-name="Heading_20_${level}" text:outline-level="${level}">${content}</text:h>`
const span = (look: string, content: string): string =>
  `<text:span text:style-name="${look}">${content}</text:span>`
const list = (...items: readonly string[]): string =>
  `<text:list>${items.map((item) => `<text:list-item>${item}</text:list-item>`).join('')}</text:list>`
const cell = (content: string, more = ''): string =>
  `<table:table-cell table:style-name="Cell"${more}>${content}</table:table-cell>`
const row = (...cells: readonly string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`
const table = (name: string, columns: number, ...rows: readonly string[]): string =>
  `<table:table table:name="${name}"><table:table-column table:number-columns-repeated="${columns}"/>${rows.join('')}</table:table>`
const note = (kind: string, mark: string, content: string): string =>
  `<text:note text:id="${kind}${mark}" text:note-class="${kind}"><text:note-citation>${mark}</text:note-citation><text:note-body>${p(content)}</text:note-body></text:note>`
const frame = (name: string, content: string, width = 6): string =>
  `<draw:frame draw:style-name="Frame" draw:name="${name}" text:anchor-type="as-char" svg:width="${width}cm" svg:height="2cm">${content}</draw:frame>`
const box = (name: string, content: string): string =>
  frame(name, `<draw:text-box fo:min-height="1.5cm">${content}</draw:text-box>`)

/** A grey picture, two pixels by two. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGOIWsAQtQAABZwB9UU7PDcAAAAASUVORK5CYII='
const picture = (title: string, description: string): string =>
  frame(
    title,
    `<draw:image><office:binary-data>${PICTURE}</office:binary-data></draw:image><svg:title>${title}</svg:title><svg:desc>${description}</svg:desc>`,
    3,
  )

const LONG =
  'Police detained at least two hundred people in the centre of the capital on Sunday evening, human rights defenders said. Nobody was told where they were taken, and relatives waited at the gates until the morning. '

/** By file name, without `.fodt`. */
export const FLAT_SOURCES: Readonly<Record<string, string>> = {
  headings: flat(
    `${h('Protests go on')}${p(span('B', 'MINSK — The standfirst in bold.'))}${h('What is known', 2)}${p(LONG)}${h('And what not', 3)}${p(LONG)}`,
    { title: 'A dispatch' },
  ),
  looks: flat(
    p(
      `${span('B', 'MINSK')} — Police ${span('I', 'detained')} ${span('B', `at least ${span('BI', '200')} people`)}, said ${span('U', 'Viasna')}. It was ${span('S', 'never')} ${span('Caps', 'often')} seen ${span('Red', 'before')} the 10${span('Sup', 'th')} of August.`,
    ) + p(`${span('Big', 'Large')} and small; ${span('N', 'nothing')} shows.`),
  ),
  lists: flat(
    list(
      p('First') + list(p('inner one'), p(`inner ${span('B', 'two')}`) + list(p('innermost'))),
      p('Second'),
      h('Heading in a list', 2),
      p('Third') + p('goes on in another paragraph'),
    ),
  ),
  tables: flat(
    table(
      'T1',
      3,
      row(cell(p(span('B', 'Region'))), cell(p(span('B', 'Detained'))), cell(p(span('B', 'Released')))),
      row(cell(p('Minsk')), cell(p('200')), cell(p('none'))),
      row(
        cell(p('Both together'), ' table:number-columns-spanned="2"'),
        '<table:covered-table-cell/>',
        cell(p('')),
      ),
      row(cell(p('Hrodna')), cell(list(p('one'), p('two'))), cell(p('unknown'))),
    ) + p('Behind the table.'),
  ),
  nested: flat(
    table(
      'Outer',
      2,
      row(
        cell(p('Before') + table('Inner', 2, row(cell(p('in one')), cell(p('in two')))) + p('after')),
        cell(p('Right')),
      ),
    ) + p('End.'),
  ),
  notes: flat(
    p(
      `The decree${note('footnote', '1', `Decree ${span('I', 'No. 3')} of the president.`)} was signed at night${note('endnote', 'i', 'Official Bulletin, page 7.')}.`,
    ) + p(`${note('footnote', '2', 'Note at the very beginning.')}Begins with a note.`),
  ),
  comments: flat(
    p(
      'They <office:annotation office:name="c1"><dc:creator>Editor</dc:creator><dc:date>2020-08-09T12:00:00</dc:date><text:p>Is this sure?</text:p></office:annotation>said<office:annotation-end office:name="c1"/> nothing.',
    ) + p('Another sentence.'),
  ),
  headers: flat(p(LONG) + p(LONG, 'Break') + p('Last page.', 'Break'), {
    master: `<style:header>${p('Running head in the newsroom')}</style:header><style:footer>${p('Page <text:page-number text:select-page="current">1</text:page-number> of <text:page-count>3</text:page-count>')}</style:footer>`,
  }),
  boxes: flat(
    p(
      `Before ${box('Box', p('In the box there is a sentence.') + p(span('B', 'And one in bold.')))} after.`,
    ) + p('And so on.'),
  ),
  pictures: flat(
    p(`${picture('A flag', 'Red and white, in the wind')} The picture shows nothing.`) +
      p(
        'Figure <text:sequence text:name="Figure" text:formula="ooow:Figure+1" style:num-format="1">1</text:sequence>: A caption under it',
        'Caption',
      ),
  ),
  links: flat(
    p(
      `<text:bookmark-start text:name="here"/>Here<text:bookmark-end text:name="here"/> is <text:a xlink:type="simple" xlink:href="http://example.org/a?b=1&amp;c=2">a link with ${span('B', 'bold')} words</text:a>, and <text:a xlink:type="simple" xlink:href="#here">one inside</text:a>. See <text:bookmark-ref text:reference-format="text" text:ref-name="here">Here</text:bookmark-ref> again.`,
    ),
  ),
  rtl: flat(
    h('احتجاجات في العاصمة') +
      p(`قال ${span('B', 'شهود')} إن الشرطة احتجزت 200 شخص في Minsk يوم الأحد.`, 'Rtl') +
      p('המשטרה עצרה מאתיים אנשים, אמרו עדים.', 'Rtl'),
  ),
  cjk: flat(
    h('首都の抗議デモは続く') +
      p(`警察は${span('B', '少なくとも')}二百人を拘束したと、人権団体は伝えた。`) +
      p('警方拘留了至少两百人。경찰은 최소 이백 명을 구금했다.'),
  ),
  cyrillic: flat(
    h('Протесты продолжаются') +
      p(
        `${span('B', 'МИНСК')} — Милиция задержала «не менее ${span('I', 'двухсот')} человек», сообщила «Весна».`,
      ) +
      p('Міліцыя затрымала людзей.'),
  ),
  columns: flat(
    `${p('Above the columns.')}<text:section text:style-name="Columns" text:name="Section1">${p(LONG.repeat(3), 'Justified')}${p(LONG)}</text:section>${p('Under them.')}`,
  ),
  contents: flat(
    `<text:table-of-content text:name="Contents1"><text:table-of-content-source text:outline-level="2"/><text:index-body><text:index-title text:name="Contents1_Head">${p('Contents')}</text:index-title>${p('Protests go on<text:tab/>1')}${p('What is known<text:tab/>1')}</text:index-body></text:table-of-content>${h('Protests go on')}${p(LONG)}${h('What is known', 2)}${p(LONG)}`,
  ),
  fields: flat(
    p(
      'Written on <text:date text:fixed="true" text:date-value="2020-08-09">2020-08-09</text:date> by <text:initial-creator text:fixed="true">somebody</text:initial-creator>, <text:placeholder text:placeholder-type="text">&lt;name&gt;</text:placeholder> on page <text:page-number>1</text:page-number>.',
    ),
  ),
  spaces: flat(
    p(
      'Name:<text:tab/>somebody<text:line-break/>Number:<text:tab/>7<text:s text:c="3"/>or so, 10\u00a0000\u00a0of them, co\u00adop, a<text:s/>b &amp; c &lt; d.',
    ) +
      p('') +
      p(span('B', ' edges ') + span('I', ' of runs ')),
  ),
  ruby: flat(
    p(
      '<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby> is a capital too, said the paper.',
    ),
  ),
  shapes: flat(
    p(
      `<draw:custom-shape text:anchor-type="as-char" svg:width="5cm" svg:height="2cm"><text:p>Words in a shape</text:p><draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:type="rectangle" draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/></draw:custom-shape> Words beside it.`,
    ),
  ),
}

/** A document with changes that nobody has accepted. */
export const TRACKED_SOURCE = flat(
  '<text:tracked-changes><text:changed-region text:id="ct1"><text:insertion><office:change-info><dc:creator>Editor</dc:creator><dc:date>2020-08-09T12:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>' +
    p('One <text:change-start text:change-id="ct1"/>new <text:change-end text:change-id="ct1"/>word.'),
)

/** By file name, without `.html`. */
export const HTML_SOURCES: Readonly<Record<string, string>> = {
  article: `<html lang="en"><head><title>Dispatch</title></head><body><h1>Protests <i>go on</i></h1>
<p><b>MINSK</b> — Police detained <b>at least <i>200</i> people</b>, <a href="http://example.org/">Viasna</a> said.</p>
<ul><li>First item<ol><li>inner</li></ol></li></ul><blockquote>Nobody was told why.</blockquote><hr>
<table border="1"><tr><th>Head</th></tr><tr><td>Cell</td></tr></table><p>Line one<br>line two &amp; more.</p></body></html>`,
  code: '<html><body><h2>Code and terms</h2><pre>first  line\n  second</pre><p>Use <code>npm run</code>, <kbd>Enter</kbd> and H<sub>2</sub>O.</p><dl><dt>Term</dt><dd>What it means</dd></dl></body></html>',
  letters:
    '<html><body><p align="center"><font color="red" size="5">Announcement</font></p><p align="right">Minsk, Sunday</p><p lang="fr">Une citation en français.</p><p><u>Under</u>, <s>through</s>, <em>slanted <strong>and bold</strong></em>.</p></body></html>',
}

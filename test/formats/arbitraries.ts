import fc from 'fast-check'

const WORDS = [
  'Minsk',
  'OMON',
  'Streik',
  'été',
  'Указ',
  'a',
  '3.',
  'مرحبا',
  '🙂',
  'snake_case',
  'AT&T',
  '5',
  '\ue001',
]
const word = fc.constantFrom(...WORDS)
const prose = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
const newline = fc.constantFrom('\n', '\r\n')

const htmlText = fc.oneof(
  prose,
  fc.constantFrom(
    '&amp;',
    '&nbsp;',
    '&eacute',
    '&#8212;',
    '&#x1F642;',
    '&bogus;',
    ' ',
    '\n  ',
    '\t',
    '<',
    '</>',
    '&',
    '>',
  ),
)
const htmlInline = fc.oneof(
  { weight: 6, arbitrary: htmlText },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<a href="x" title="Tip &quot;q&quot;">',
      '</a>',
      '<br>',
      '<br/>',
      '<!-- c -->',
      '<img src=a alt="An image">',
      "<img alt='Other'>",
      '<img alt=Bare>',
      '<code>x &lt; y</code>',
      '<x-y>',
      '</x-y>',
      '<span translate=no>No <b>no</b></span>',
      '<svg><title>t</title></svg>',
      '<svg/>',
      '<script>"<p>"</script>',
      '<sup><a href="#1">1</a></sup>',
      '<template>t</template>',
      '<?pi?>',
      '<![CDATA[c]]>',
      '<input placeholder="Type">',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '<p>',
      '</p>',
      '<div>',
      '</div>',
      '<div translate="no">',
      '<li>',
      '<ul>',
      '</ul>',
      '<h1>',
      '</h1>',
      '<td>',
      '<tr>',
      '<table>',
      '</table>',
      '<blockquote>',
      '</blockquote>',
      '<pre>',
      '</pre>',
      '<pre><code>',
      '</code>',
      '<title>T &lt;</title>',
      '<style>p{}</style>',
      '<hr>',
      '<textarea>t</textarea>',
      '<figcaption>',
      '</figcaption>',
      '<meta name=description content="D d">',
    ),
  },
)

/** HTML as it is found: any mixture of text, tags in any order, references, comments and foreign elements. */
export const htmlDocument = fc
  .array(htmlInline, { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join(''))
  .filter((source) => source.trim() !== '')

const markdownInline = fc.oneof(
  { weight: 6, arbitrary: prose },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '*em*',
      '**strong**',
      '***both***',
      '_u_',
      '~~del~~',
      '`code`',
      '`` a ` b ``',
      '[link](u)',
      '[link](u "Tip")',
      '[ref][r]',
      '[r]',
      '[r][]',
      '![alt](a.png)',
      '![alt *x*](a.png "Tip")',
      '[![in](a)](b)',
      '[^1]',
      '<https://a.example>',
      'www.b.example',
      'c@d.example',
      '<b>html</b>',
      '<span translate="no">no</span>',
      '<br>',
      '<!-- c -->',
      '\\*',
      '\\\\',
      '&amp;',
      '&eacute;',
      '&copy',
      '*',
      '_',
      '[',
      ']',
      '`',
      '<',
      '|',
      '~',
      '!',
      '#',
      '\\',
      '  \n',
      '\\\n',
      '\n',
      '\n  ',
      '\n> ',
      '\n    ',
    ),
  },
)
const markdownLine = fc.array(markdownInline, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' '))
const markdownBlock = fc.oneof(
  markdownLine,
  markdownLine.map((line) => `# ${line} #`),
  markdownLine.map((line) => `${line}\n===`),
  markdownLine.map((line) => `> ${line}`),
  markdownLine.map((line) => `> - ${line}\n>   > ${line}`),
  markdownLine.map((line) => `- ${line}\n  ${line}\n  - [ ] ${line}\n1) ${line}`),
  markdownLine.map((line) => `| a | ${line.replaceAll('\n', ' ')} |\n|---|:-:|\n| b |`),
  markdownLine.map((line) => `[^1]: ${line}\n    ${line}`),
  markdownLine.map((line) => `<div>\n<p title="x">${line}</p>\n</div>`),
  markdownLine.map((line) => `\`\`\`js\n${line}\n\`\`\``),
  fc.constantFrom('[r]: http://r.example "Title"', '---', '***', '    indented', '<!-- c -->', '\t- tab'),
)
const frontMatter = fc.constantFrom(
  '',
  '',
  '---\ntitle: A plain title\n---\n\n',
  '---\ntitle: "A \\"quoted\\" title"\nsummary: \'It\'\'s\'\ndate: 2020-08-09\n---\n\n',
  '---\ndescription: |\n  block\ntitle: [\n---\n',
)

/** Markdown with every construct of CommonMark and GitHub, and pieces of mark-up that are none. */
export const markdownDocument = fc
  .tuple(frontMatter, fc.array(markdownBlock, { minLength: 1, maxLength: 6 }), newline)
  .map(([head, blocks, end]) => (head + blocks.join('\n\n')).replaceAll('\n', end))
  .filter((source) => source.trim() !== '')

const textLine = fc.tuple(fc.constantFrom('', '', '', '- ', '• ', '1. ', '2. ', '> ', '  ', '\t'), prose)
/** Plain text: paragraphs, lists, quoted lines, rules, with any line endings. */
export const textDocument = fc
  .array(
    fc.oneof(
      textLine.map(([mark, line]) => mark + line),
      fc.constantFrom('', '---', ' ', '===='),
    ),
    {
      minLength: 1,
      maxLength: 20,
    },
  )
  .chain((lines) => newline.map((end) => lines.join(end)))
  .filter((source) => source.trim() !== '')

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTarget } from '../../src/domain/check/check-target.ts'
import { codeCharacter, type InlineCode } from '../../src/domain/document.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { Verdict } from '../../src/domain/term.ts'

type More = {
  readonly to?: string
  readonly from?: string
  readonly codes?: readonly InlineCode[]
  readonly verdicts?: readonly Verdict[]
}

function check(source: string, target: string, more: More = {}): readonly Finding[] {
  return checkTarget({
    source,
    sourceCodes: more.codes ?? [],
    target,
    sourceLocale: more.from ?? 'en',
    targetLocale: more.to ?? 'de',
    ...(more.verdicts === undefined ? {} : { verdicts: more.verdicts }),
  })
}

/** Ids of the checks, with what they point at where they point at something. */
function say(source: string, target: string, more: More = {}): readonly string[] {
  return check(source, target, more).map(({ check: id, start, end }) =>
    start === undefined ? id : `${id}:${target.slice(start, end)}`,
  )
}

function code(kind: InlineCode['kind'], pair: number | null, label: string): InlineCode {
  return { kind, pair, type: 'format', data: `<${label}>`, label, equiv: '' }
}

const [b, endB, i, endI, br] = [0, 1, 2, 3, 4].map(codeCharacter) as [string, string, string, string, string]
const codes = [
  code('open', 1, 'b'),
  code('close', 0, '/b'),
  code('open', 3, 'i'),
  code('close', 2, '/i'),
  code('single', null, 'br'),
]

describe('checks of a target', () => {
  it('finds an empty target and then nothing else', () => {
    expect(say('Hello 5.', ' \u00a0')).toEqual(['empty'])
    expect(say(`${b}Hello${endB}`, `${b}${endB}`, { codes })).toEqual(['empty'])
    expect(say('', '')).toEqual([])
  })

  it('finds a target that repeats the source, but not names, numbers and addresses', () => {
    expect(say('The workers went home.', 'The workers went home.')).toEqual([
      'same-as-source:The workers went home.',
    ])
    expect(say('OMON', 'OMON')).toEqual([])
    expect(say('Sviatlana Tsikhanouskaya, Minsk', 'Sviatlana Tsikhanouskaya, Minsk')).toEqual([])
    expect(say('https://example.org/some-page 12.50', 'https://example.org/some-page 12.50')).toEqual([])
    expect(say('the workers went home', 'the workers went home', { to: 'en-GB' })).toEqual([])
    expect(say('我们今天去明斯克', '我们今天去明斯克', { from: 'zh', to: 'ja' })).toHaveLength(1)
  })

  it('does not take a sentence of terms for untranslated', () => {
    const verdict: Verdict = {
      conceptId: 'f',
      status: 'ok',
      hard: true,
      sourceStart: 0,
      sourceEnd: 20,
      expected: [],
    }
    expect(say('white-red-white flag', 'white-red-white flag', { verdicts: [verdict] })).toEqual([])
  })

  it('finds codes that are missing, too many, or in the wrong order', () => {
    const source = `${b}bold${endB} and ${i}it${endI}${br}`
    expect(say(source, `${i}kursiv${endI} und ${b}fett${endB}${br}`, { codes })).toEqual([])
    expect(say(source, `${b}fett${endB} und ${i}kursiv${endI}`, { codes })).toEqual(['codes-missing'])
    expect(say(source, `${b}fett${endB} und ${i}kursiv${endI}${br}${br}`, { codes })).toEqual([
      `codes-extra:${br}`,
    ])
    expect(say(source, `${b}fett ${i}und${endB} kursiv${endI}${br}`, { codes })).toEqual([
      `codes-order:${endB}`,
    ])
    expect(say(source, `${endB}fett${b} und ${i}kursiv${endI}${br}`, { codes })).toEqual([
      `codes-order:${endB}`,
    ])
    expect(say('plain', `schlicht${codeCharacter(7)}`, { codes })).toEqual([
      `codes-extra:${codeCharacter(7)}`,
    ])
    const broken = check(source, `${b}fett ${i}und${endB} kursiv${endI}`, { codes })
    expect(broken.every(({ severity }) => severity === 'error')).toBe(true)
  })

  it('lets a code stand alone whose partner is in another segment', () => {
    expect(say(`${endB}rest`, `${endB}Rest`, { codes })).toEqual([])
    expect(say(`${endB}the ${i}rest${endI}`, `${endB}der ${endI}Rest${i}`, { codes })).toEqual([
      `codes-order:${endI}`,
    ])
  })

  it.each([
    ['1,500 people came.', '1.500 Menschen kamen.', 'de'],
    ['1,500 people came.', '1 500 personnes sont venues.', 'fr'],
    ['1,500 people came.', '1\u202f500 personnes sont venues.', 'fr'],
    ['1,500,000 people came.', '1,5 Millionen Menschen kamen.', 'de'],
    ['$2.5 billion', '2500 millones de dólares', 'es'],
    ['$2 billion', '2 mil millones de dólares', 'es'],
    ['10,000 workers', '10 тысяч рабочих', 'ru'],
    ['6,000–7,000 people', '6–7 тысяч человек', 'ru'],
    ['at 8:30 p.m. on 9 August 2020', 'am 9.8.2020 um 20.30 Uhr', 'de'],
    ['at 8:30 p.m. on 9 August 2020', 'le 9 août 2020 à 20h30', 'fr'],
    ['at 2 p.m. 2 men', 'um 14 Uhr 2 Männer', 'de'],
    ['at 8 p.m.', 'um 20:00 Uhr', 'de'],
    ['at 12:15 a.m.', 'um 0.15 Uhr', 'de'],
    ['on 2020-08-09', 'el 9 de agosto de 2020', 'es'],
    ['9 August', '9 жніўня', 'be'],
    ['9 August', '٩ أغسطس', 'ar'],
    ['in the 19th century', 'в XIX веке', 'ru'],
    ['2 of 12 workers', 'zwei von zwölf Arbeitern', 'de'],
    ['three workers', '3 Arbeiter', 'de'],
    ['0.5% of .5', '0,5\u00a0% von 0,5', 'de'],
    ['call +375 29 123-45-67', 'appelez le +375 29 123-45-67', 'fr'],
    ['SRX 2.0 and 160x600,120x600', 'SRX 2.0 y 160x600,120x600', 'es'],
    ['over 100 people', 'über hundert Menschen', 'de'],
    ['5 people', 'fem personer', 'sv'],
  ])('reads the numbers of “%s” in “%s” (%s)', (source, target, to) => {
    expect(say(source, target, { to })).toEqual([])
  })

  it.each([
    ['1,500 people', '1,500 Menschen', 'de', ['number-format:1,500']],
    ['1,500 people', '15.000 Menschen', 'de', ['numbers-differ', 'numbers-differ:15.000']],
    ['In 2020 he left', 'In 2002 ging er', 'de', ['numbers-differ', 'numbers-differ:2002']],
    ['25 people', 'Menschen', 'de', ['numbers-differ']],
    ['people', '25 Menschen', 'de', ['numbers-differ:25']],
    ['3.5 percent', '35 Prozent', 'de', ['numbers-differ', 'numbers-differ:35']],
    ['7 workers', 'Arbeiter', 'de', ['numbers-differ']],
    ['40 and 40', '40', 'de', ['numbers-differ']],
    ['Decree No. 3', 'Dekret Nr. 5', 'de', ['numbers-differ', 'numbers-differ:5']],
  ])('finds the number that differs between “%s” and “%s”', (source, target, to, expected) => {
    expect(say(source, target, { to })).toEqual(expected)
  })

  it('finds addresses that differ', () => {
    expect(say('See https://a.org/x (or mail me@a.org).', 'Siehe https://a.org/x (oder me@a.org).')).toEqual(
      [],
    )
    expect(say('See https://a.org/x.', 'Siehe https://a.org/y.')).toEqual([
      'urls-differ',
      'urls-differ:https://a.org/y',
    ])
    expect(say('See (https://a.org/b_(c)).', 'Siehe https://a.org/b_(c).')).toEqual([])
    expect(say('See https://a.org/b_(c).', 'Siehe https://a.org/b_(c!.')).toContain('urls-differ')
    expect(say('(See https://a.org/b).', '(Siehe https://a.org/b.)')).toEqual([])
  })

  it('finds brackets and quotation marks without partners', () => {
    expect(say('He said (no).', 'Er sagte (nein.')).toEqual(['brackets:('])
    expect(say('He said [no].', 'Er sagte nein].')).toEqual(['brackets:]'])
    expect(say('a) first', 'a) zuerst')).toEqual([])
    expect(say('He said “no”.', 'Er sagte „nein.')).toEqual(['quotes:„'])
    expect(say('He said “no”.', 'Er sagte „nein“.')).toEqual([])
    expect(say('“We stay', '„Wir bleiben')).toEqual([])
    expect(say('a 15" gun', 'eine 15-Zoll-Kanone')).toEqual([])
  })

  it('finds doubled spaces and doubled words', () => {
    expect(say('He left.', 'Er  ging.')).toEqual(['double-space:  '])
    expect(say('He  left.', 'Er  ging.')).toEqual([])
    expect(say('the cat', 'die Katze Katze')).toEqual(['doubled-word:Katze Katze'])
    expect(say('those whom the people', 'die, die die Menschen')).toEqual([])
    expect(say('we wash', 'nous nous lavons', { to: 'fr' })).toEqual([])
    expect(say('Duran Duran played', 'Duran Duran spielten')).toEqual([])
  })

  it('compares the ends of sentences', () => {
    expect(say('He left.', 'Er ging')).toEqual(['end-punctuation:'])
    expect(say('He left', 'Er ging.')).toEqual(['end-punctuation:.'])
    expect(say('He left?', '¿Se fue.', { to: 'es' })).toEqual(['end-punctuation:.'])
    expect(say('He said “no.”', 'Er sagte: „Nein“.')).toEqual([])
    expect(say('He left...', 'Er ging…')).toEqual([])
    expect(say('He left.', '他走了。', { to: 'zh' })).toEqual([])
    expect(say('He left.', 'เขาไปแล้ว', { to: 'th' })).toEqual([])
    expect(say('in the U.S.', 'in den USA')).toEqual([])
    expect(say(`He left.${br}`, `Er ging.${br}`, { codes })).toEqual([])
  })

  it('finds Spanish questions that are not opened', () => {
    expect(say('Who?', 'Quién?', { to: 'es' })).toEqual(['inverted-mark:?'])
    expect(say('Who?', '¿Quién?', { to: 'es' })).toEqual([])
    expect(say('Stop!', '¡Alto!', { to: 'es-MX' })).toEqual([])
    expect(say('Who?', 'Quem?', { to: 'pt-BR' })).toEqual([])
  })

  it('finds what engines leave behind', () => {
    expect(say('an unknown word', 'una palabra *desconocida', { to: 'es' })).toEqual(['engine-leftover:*'])
    expect(say('an unknown word', 'una @palabra #rara', { to: 'es' })).toEqual([
      'engine-leftover:@',
      'engine-leftover:#',
    ])
    expect(say('the men', 'die _T1_')).toContain('engine-leftover:_T1_')
    expect(say('the men', 'die ⟦1⟧')).toContain('engine-leftover:⟦1⟧')
    expect(say('the men', 'die <b>Männer</b>')).toContain('engine-leftover:<b>')
    expect(say('Q and A', 'F &amp; A')).toContain('engine-leftover:&amp;')
    expect(say('mail me@a.org, #Belarus, @nexta', 'me@a.org, #Belarus, @nexta')).toEqual([])
    expect(check('the men', 'die ⟦1⟧')[0]?.severity).toBe('error')
  })

  it('finds output of the pseudo engine', () => {
    const [finding] = check('The men', '⟪Ţĥé ɱéñ⟫')
    expect(finding).toMatchObject({ check: 'pretend-translation', severity: 'error', start: 0, end: 1 })
  })

  it('finds words that mix alphabets unseen', () => {
    expect(say('OMON came', 'OMОН приехал', { to: 'ru' })).toEqual(['wrong-script:OMОН'])
    expect(say('the city', 'гoрод', { to: 'ru' })).toEqual(['wrong-script:гoрод'])
    expect(say('a PR man', 'PRщик', { to: 'ru' })).toEqual([])
    expect(say('IT firms', 'IT-компании', { to: 'ru' })).toEqual([])
  })

  it('finds directional marks that turn the rest around', () => {
    expect(say('a', '\u202ba')).toContain('directional-marks:\u202b')
    expect(say('OMON left', '\u2067أومون\u2069 غادر', { to: 'ar' })).toEqual([])
  })

  it('reports terms by their verdicts', () => {
    const verdict = {
      conceptId: 'm',
      hard: true,
      sourceStart: 4,
      sourceEnd: 13,
      expected: ['Miliz'],
    } as const
    const at = { targetStart: 4, targetEnd: 11 }
    const report = (given: Verdict) => check('The Militsiya came', 'Die Polizei kam', { verdicts: [given] })
    expect(report({ ...verdict, status: 'forbidden', ...at })).toEqual([
      {
        check: 'term-forbidden',
        severity: 'error',
        message: '“Polizei” is not to be used for “Militsiya”. Use “Miliz”.',
        template: {
          text: '“{met}” is not to be used for “{word}”. Use {terms}.',
          values: { met: 'Polizei', word: 'Militsiya', terms: ['Miliz'] },
        },
        start: 4,
        end: 11,
      },
    ])
    expect(report({ ...verdict, status: 'missing', hard: false })).toMatchObject([
      { check: 'term-missing', severity: 'warning' },
    ])
    expect(report({ ...verdict, status: 'variant', ...at })).toMatchObject([
      { check: 'term-variant', severity: 'info' },
    ])
    expect(report({ ...verdict, status: 'ok', ...at })).toEqual([])
    expect(report({ ...verdict, status: 'waived', ...at, reason: 'r', waivedBy: 'b' })).toEqual([])
  })

  it('never points outside the target', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      '„',
      '«',
      '5',
      '1,500',
      '.',
      '?',
      ' ',
      '  ',
      '*x',
      '⟦',
      '⟪',
      '<b>',
      'www.a.b',
      'a@b.c',
      'ab',
      'ab ',
      'гo',
      '\u202e',
      b,
      endB,
      '_T1_',
      '…',
      '12 p.m.',
      'million',
      '👍',
    )
    const text = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, fc.constantFrom('de', 'es', 'fr', 'ru', 'ar', 'zh'), (source, target, to) => {
        for (const { start, end, message } of check(source, target, { to, codes })) {
          expect(message).not.toBe('')
          if (start === undefined || end === undefined) continue
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(target.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    '(',
    ')',
    '"',
    '5',
    '5,',
    '5 ',
    '1.',
    ' ',
    '*a',
    '⟦',
    '<a',
    '&',
    'a@',
    'www.',
    'www.)',
    'ab ',
    'гo',
    '\u202e',
    b,
    '_T1',
    '.',
    'a.',
    '@a.',
    "'",
    'A',
    'Ab ',
    'Anna Petrova ',
    'Anna Petrov',
    '$5',
    '1st ',
    'No. 1 ',
    ' - ',
    '«',
    '“a” ',
    '12 a.m. ',
    '5% ',
    '5km ',
    '5万',
    'e\u0301',
    ',a',
    'a,b.C',
    '1 Enero ',
    'twenty one ',
    'und',
    'www.en.a/ ',
    'https://en.a.b ',
    '@abc ',
    'a b c d ',
    'а? ',
    '，',
  ])('takes 100,000 characters of %j', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length))
    const before = process.cpuUsage()
    check('Some source (5) "x".', text, { codes })
    check(text, text, { codes, to: 'es' })
    for (const to of ['fr', 'uk', 'zh']) check(`The ${text}`, text, { to })
    const { user } = process.cpuUsage(before)
    expect(user / 1000).toBeLessThan(4_000)
  })
})

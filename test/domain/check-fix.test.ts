import { describe, expect, it } from 'vitest'
import { checkTarget } from '../../src/domain/check/check-target.ts'
import { codeCharacter } from '../../src/domain/document.ts'
import { applyFix } from '../../src/domain/finding.ts'

function check(source: string, target: string, to: string) {
  return checkTarget({ source, sourceCodes: [], target, sourceLocale: 'en', targetLocale: to })
}

function ids(source: string, target: string, to: string) {
  return check(source, target, to).map(({ check: id, severity }) => `${id}:${severity}`)
}

/** The target after every fix of one check, the last place first so that offsets stay. */
function mend(source: string, target: string, to: string, id: string): string {
  return check(source, target, to)
    .flatMap(({ check: own, fix }) => (own === id && fix !== undefined ? [fix] : []))
    .toSorted((a, b) => b.start - a.start)
    .reduce(applyFix, target)
}

const NB = '\u00a0'
const NN = '\u202f'

describe('the fix of', () => {
  it.each([
    [
      'number-format',
      'de',
      '1,500 men, 2.5 million roubles',
      '1,500 Männer, 2.5 Millionen Rubel',
      '1.500 Männer, 2,5 Millionen Rubel',
    ],
    [
      'number-format',
      'fr',
      'a fine of $12,345.50',
      'une amende de 12,345.50 dollars',
      `une amende de 12${NN}345,50 dollars`,
    ],
    ['number-sign', 'de', 'Decree No. 3', 'Dekret No. 3', `Dekret Nr.${NB}3`],
    ['number-sign', 'ru', 'Decree No. 3', 'Декрет No. 3', `Декрет №${NB}3`],
    ['ordinal', 'de', 'the 20th congress', 'der 20th Kongress', 'der 20. Kongress'],
    ['ordinal', 'fr', 'the 20th congress', 'le 20th congrès', 'le 20th congrès'],
    ['currency-place', 'de', 'it costs $12 now', 'es kostet jetzt $12', `es kostet jetzt 12${NB}$`],
    ['currency-place', 'de', 'it costs $12 million', 'es kostet $12 Millionen', 'es kostet $12 Millionen'],
    ['time-format', 'de', 'at 8:30 p.m. sharp', 'um 8:30 p.m. genau', `um 20.30${NB}Uhr genau`],
    ['time-format', 'fr', 'at 12 a.m. sharp', 'à 12 a.m. pile', `à 0${NB}h pile`],
    ['time-format', 'ru', 'It began at 2 p.m.', 'Началось в 2 p.m.', 'Началось в 14:00.'],
    ['date-format', 'de', 'on 17 August 2020', 'am August 17, 2020', 'am 17. August 2020'],
    ['date-format', 'pt-BR', 'on 3 March 2022', 'em março 3, 2022', 'em 3 de março de 2022'],
    ['quote-style', 'de', 'the “new” law', 'das “neue” Gesetz', 'das „neue“ Gesetz'],
    ['quote-style', 'fr', 'the “new” law', 'la “nouvelle” loi', `la «${NB}nouvelle${NB}» loi`],
    ['punctuation-space', 'fr', 'Who? Me: yes!', 'Qui? Moi: oui!', `Qui${NN}? Moi${NB}: oui${NN}!`],
    ['punctuation-space', 'fr', 'the “new” law', 'la «nouvelle» loi', `la «${NB}nouvelle${NB}» loi`],
    ['punctuation-space', 'fr', 'Bread, milk.', 'Du pain , du lait .', 'Du pain, du lait.'],
    ['punctuation-space', 'fr-CA', 'Who? Me: yes!', 'Qui? Moi: oui!', `Qui? Moi${NB}: oui!`],
    ['punctuation-space', 'es', 'the “new” law', 'la « nueva » ley', 'la «nueva» ley'],
    [
      'punctuation-space',
      'de',
      'He left. She stayed, too.',
      'Er ging.Sie blieb,auch.',
      'Er ging. Sie blieb, auch.',
    ],
    ['punctuation-script', 'zh', 'They left, too?', '他们也,走了?', '他们也，走了？'],
    ['punctuation-script', 'ja', 'They left, too.', '彼らも,去った.', '彼らも、去った。'],
    ['punctuation-script', 'ar', 'They left?', 'هل غادروا?', 'هل غادروا؟'],
    ['percent-space', 'de', 'up 5%', 'plus 5%', `plus 5${NB}%`],
    ['percent-space', 'pt-BR', 'up 5%', 'mais 5 %', 'mais 5%'],
    ['unit-space', 'fr', '12 km away', 'à 12km', `à 12${NB}km`],
    ['dash', 'ru', 'Minsk is a city', 'Минск - город', 'Минск — город'],
    ['dash', 'ru', 'he knew: all of it', 'он знал—всё', 'он знал — всё'],
    ['ellipsis', 'zh', 'And then…', '然后...', '然后……'],
    ['end-punctuation', 'zh', 'They left.', '他们走了', '他们走了。'],
    ['end-punctuation', 'fr', 'They left?', 'Ils sont partis.', `Ils sont partis${NN}?`],
    ['end-punctuation', 'de', 'They left', 'Sie gingen.', 'Sie gingen'],
    ['inverted-mark', 'es', '“Who left?”', '«Quién se fue?»', '«¿Quién se fue?»'],
    ['inverted-mark', 'es', 'Well, who left?', 'Bueno, quién se fue?', 'Bueno, quién se fue?'],
    ['double-space', 'fr', 'Who?', `Qui ${NN}?`, `Qui${NN}?`],
    ['edge-space', 'de', 'They left.', ' Sie gingen. ', 'Sie gingen.'],
    ['doubled-word', 'de', 'the black cat', 'die Katze Katze schläft', 'die Katze schläft'],
    ['capital-start', 'de', '“They all left.”', '„sie gingen alle.“', '„Sie gingen alle.“'],
    ['odd-capitals', 'de', 'They left.', 'SIe gingen.', 'Sie gingen.'],
    ['capital-month', 'es', 'on Monday 3 May', 'el Lunes 3 de Mayo', 'el lunes 3 de mayo'],
    ['wrong-script', 'ru', 'They left.', 'Oни ушли.', 'Они ушли.'],
    ['odd-character', 'de', 'They left.', 'Sie gin\u200bgen\ufeff.', 'Sie gingen.'],
    ['odd-character', 'be', 'We all left.', 'Мы у\u0306се пайшлі.', 'Мы ўсе пайшлі.'],
    ['directional-marks', 'ar', 'They left.', 'غادروا\u202c.', 'غادروا.'],
    ['engine-leftover', 'de', 'Q and A here', 'F &amp; A&nbsp;hier', `F & A${NB}hier`],
    [
      'urls-differ',
      'de',
      'See https://a.org/Help now.',
      'Siehe https://a.org/hilfe jetzt.',
      'Siehe https://a.org/Help jetzt.',
    ],
  ])('%s in %s: “%s”', (id, to, source, target, expected) => {
    expect(ids(source, target, to).some((found) => found.startsWith(`${id}:`))).toBe(true)
    expect(mend(source, target, to, id)).toBe(expected)
  })

  it('keeps the codes that stand inside what it replaces', () => {
    const code = codeCharacter(0)
    const target = `das “${code}neue” Gesetz`
    expect(mend(`the “${code}new” law`, target, 'de', 'quote-style')).toBe(`das „${code}neue“ Gesetz`)
    expect(mend('the cat', `die Katze${code} Katze schläft`, 'de', 'doubled-word')).toContain(code)
  })

  it('that points outside the text changes nothing', () => {
    expect(applyFix('kurz', { start: 2, end: 9, text: 'x' })).toBe('kurz')
    expect(applyFix('kurz', { start: -1, end: 2, text: 'x' })).toBe('kurz')
  })
})

describe('checks that could cry wolf', () => {
  it.each([
    ['de', 'It ran version 3.5 then.', 'Damals lief Version 3.5.'],
    ['de', 'They met at Gate 3.2 by noon', 'Sie trafen sich mittags an Tor 3.2'],
    ['fr', 'It is 20:30 in Minsk.', 'Il est 20:30 à Minsk.'],
    ['de', 'Workers of all genders met.', 'Alle Arbeiter:innen trafen sich.'],
    ['ru', 'the Moscow–Minsk train', 'поезд Москва—Минск'],
    ['de', 'eBay closed its office.', 'eBay hat sein Büro geschlossen.'],
    ['de', '25 workers left early.', 'Fünfundzwanzig Arbeiter gingen früher.'],
    ['es', 'He is 25 years old.', 'Tiene veinticinco años.'],
    ['ru', 'There were 25 of them.', 'Их было двадцать пять.'],
    ['de', 'The channel nexta reported it.', 'nexta berichtete als erster darüber.'],
    ['ru', 'OMON men beat him.', 'ОМОНовцы его избили.'],
    ['de', 'PCs and TVs were taken.', 'PCs und TVs wurden mitgenommen.'],
    ['es', 'On Good Friday 10 April it rained.', 'El Viernes Santo 10 de abril llovió.'],
    [
      'de',
      'See https://en.wikipedia.org/wiki/Minsk here.',
      'Siehe https://de.wikipedia.org/wiki/Minsk hier.',
    ],
    ['de', 'Alexander Lukashenko spoke twice.', 'Alexander Lukaschenko sprach zweimal.'],
    ['es', 'Sviatlana Tsikhanouskaya spoke twice.', 'Svetlana Tijanóvskaya habló dos veces.'],
    ['de', 'He was fined 20 roubles (about $6).', 'Er zahlte 20 Rubel (etwa 6 Dollar) Strafe.'],
    ['de', '“Who?” he asked.', 'Er fragte: „Wer?“'],
    ['de', 'He asked: “Who?”', '„Wer?“, fragte er.'],
    ['be', 'They wrote for “Novaya Gazeta” then.', 'Тады яны пісалі для «Новая газета: истории».'],
    ['de', 'The title reads “The people of the city”.', 'Der Titel lautet „The people of the city“.'],
    ['zh', 'NATO met, EU too.', '北约和EU都开会了。'],
    ['en-GB', 'They left at 8 p.m. on May 3, 2020.', 'They left at 8 p.m. on May 3, 2020.'],
  ])('are silent in %s about “%s”', (to, source, target) => {
    expect(ids(source, target, to).filter((found) => !found.endsWith(':info'))).toEqual([])
  })

  it('tell an ordinary space that may break the line more softly than a missing one', () => {
    expect(ids('Who left then?', 'Qui est parti ?', 'fr')).toEqual(['punctuation-space:info'])
    expect(ids('Who left then?', 'Qui est parti?', 'fr')).toEqual(['punctuation-space:warning'])
    expect(ids('It rose by 5%.', 'Es stieg um 5 %.', 'de')).toEqual(['percent-space:info'])
    expect(ids('It rose by 5%.', 'Es stieg um 5%.', 'de')).toEqual(['percent-space:warning'])
  })

  it('say how bad it is by the locale', () => {
    expect(ids('the “new” law', 'la “nouvelle” loi', 'fr')).toEqual(['quote-style:info'])
    expect(ids('the “new” law', 'новый “новый” закон', 'ru')).toContain('quote-style:warning')
    expect(ids('the "new" law', 'das "neue" Gesetz', 'de')).toEqual(['quote-style:info'])
    expect(ids('It cost $5 then.', 'Custou $5 na altura.', 'pt-PT')).toEqual([])
    expect(ids('It cost $5 then.', 'Es kostete damals $5.', 'de')).toEqual(['currency-place:warning'])
  })
})

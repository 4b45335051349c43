/**
 * Numbers that prose writes as words, by the beginning of the word in lower case (ё as е), so that cases, genders and
 * ordinals are covered: `zweite`, `двух`, `primeira`. Only to excuse a digit that has become a word or the other way
 * round; a word alone never raises a finding.
 */

/** @returns the values that the words of a text may stand for; a word may stand for several */
export function numberWordsIn(words: readonly string[], language: string): ReadonlySet<number> {
  const values = new Set<number>()
  const table = TABLES.get(language)
  if (table === undefined) return values
  let tens: readonly number[] = []
  for (const word of words) {
    const found = valuesOf(word, table)
    for (const { value } of found) {
      values.add(value)
      // twenty five, двадцать пять
      if (value > 0 && value < 10) for (const ten of tens) values.add(ten + value)
    }
    for (const { prefix, value } of found) {
      // veinticinco, venticinque
      if (value < 20 || value > 90) continue
      const rest = word.slice(prefix.length).replace(/^(?:[aeio]i?|y)/, '')
      for (const unit of valuesOf(rest, table)) if (unit.value < 10) values.add(value + unit.value)
    }
    // fünfundzwanzig
    const joint = language === 'de' ? word.indexOf('und') : -1
    if (joint > 0) {
      for (const ten of valuesOf(word.slice(joint + 3), table)) {
        for (const { value } of found) if (ten.value >= 20 && value < 10) values.add(ten.value + value)
      }
    }
    const now = found.map(({ value }) => value).filter((value) => value >= 20 && value <= 90)
    // “y” and “e” may stand between.
    if (now.length > 0 || word.length > 1) tens = now
  }
  return values
}

function valuesOf(word: string, table: ReadonlyMap<string, readonly Prefix[]>): readonly Prefix[] {
  return (table.get(word.slice(0, 2)) ?? []).filter(({ prefix }) => word.startsWith(prefix))
}

/** Whether we know the number words of a language, so that a small number that is gone means something. */
export function knowsNumberWords(language: string): boolean {
  return TABLES.has(language)
}

/** The largest number that a language without a table may have turned into a word. */
export const LARGEST_WORD = 12

type Prefix = { readonly prefix: string; readonly value: number }

/** @param rows `1 one first | 2 two second` */
function table(rows: string): ReadonlyMap<string, readonly Prefix[]> {
  const map = new Map<string, Prefix[]>()
  for (const row of rows.split('|')) {
    const [value, ...prefixes] = row.trim().split(/\s+/)
    for (const prefix of prefixes) {
      const list = map.get(prefix.slice(0, 2)) ?? []
      list.push({ prefix, value: Number(value) })
      map.set(prefix.slice(0, 2), list)
    }
  }
  return map
}

const TABLES: ReadonlyMap<string, ReadonlyMap<string, readonly Prefix[]>> = new Map([
  [
    'en',
    table(`
      0 zero | 1 one first once single | 2 two second twice twin pair couple both double |
      3 three third thrice triple | 4 four | 5 five fifth | 6 six | 7 seven | 8 eight | 9 nine nint |
      10 ten | 11 eleven | 12 twelve twelfth dozen | 13 thirteen | 14 fourteen | 15 fifteen |
      16 sixteen | 17 seventeen | 18 eighteen | 19 nineteen | 20 twent | 30 thirt | 40 fort |
      50 fift half | 60 sixt | 70 sevent | 80 eight | 90 ninet | 100 hundred | 1000 thousand
    `),
  ],
  [
    'de',
    table(`
      0 null | 1 ein erst | 2 zwei zwo beid paar doppel | 3 drei dritt | 4 vier | 5 fünf | 6 sechs |
      7 sieb | 8 acht | 9 neun | 10 zehn | 11 elf | 12 zwölf dutzend | 13 dreizehn | 14 vierzehn |
      15 fünfzehn | 16 sechzehn | 17 siebzehn | 18 achtzehn | 19 neunzehn | 20 zwanzig | 30 dreißig |
      40 vierzig | 50 fünfzig hälfte halb | 60 sechzig | 70 siebzig | 80 achtzig | 90 neunzig |
      100 hundert einhundert | 1000 tausend eintausend
    `),
  ],
  [
    'es',
    table(`
      0 cero | 1 un primer | 2 dos segund ambos ambas par doble | 3 tres tercer | 4 cuatro cuart |
      5 cinco quint | 6 seis sext | 7 siete séptim | 8 ocho octav | 9 nueve noven | 10 diez décim |
      11 once undécim | 12 doce duodécim docena | 13 trece | 14 catorce | 15 quince | 16 dieciséis |
      17 diecisiete | 18 dieciocho | 19 diecinueve | 20 veint | 30 treint | 40 cuarent |
      50 cincuent mitad | 60 sesent | 70 setent | 80 ochent | 90 novent | 100 cien | 1000 mil
    `),
  ],
  [
    'fr',
    table(`
      0 zéro | 1 un premi | 2 deux second double paire | 3 trois | 4 quatr | 5 cinq | 6 six | 7 sept |
      8 huit | 9 neuf neuv | 10 dix | 11 onz | 12 douz | 13 treiz | 14 quatorz | 15 quinz | 16 seiz |
      17 dix-sept | 18 dix-huit | 19 dix-neuf | 20 vingt | 30 trent | 40 quarant | 50 cinquant moitié |
      60 soixant | 100 cent | 1000 mill
    `),
  ],
  [
    'pt',
    table(`
      0 zero | 1 um primeir | 2 dois duas segund dobro par | 3 três terceir | 4 quatro quart |
      5 cinco quint | 6 seis sext | 7 sete sétim | 8 oito oitav | 9 nove non | 10 dez décim | 11 onze |
      12 doze dúzia | 13 treze | 14 catorze quatorze | 15 quinze | 16 dezasseis dezesseis |
      17 dezassete dezessete | 18 dezoito | 19 dezanove dezenove | 20 vinte | 30 trinta | 40 quarenta |
      50 cinquenta metade | 60 sessenta | 70 setenta | 80 oitenta | 90 noventa | 100 cem cento |
      1000 mil
    `),
  ],
  [
    'it',
    table(`
      0 zero | 1 un prim | 2 due second entramb doppio paio | 3 tre terz | 4 quattro quart |
      5 cinque quint | 6 sei sest | 7 sette settim | 8 otto ottav | 9 nove non | 10 dieci decim |
      11 undici | 12 dodici dozzin | 20 vent | 30 trent | 40 quarant | 50 cinquant metà | 60 sessant |
      70 settant | 80 ottant | 90 novant | 100 cent | 1000 mill
    `),
  ],
  [
    'ru',
    table(`
      0 ноль нуле нуля | 1 один одн перв | 2 два две двух двум двое двои втор дву оба обе обои пара |
      3 три тре | 4 четыр четв | 5 пят | 6 шест | 7 сем седьм | 8 восем восьм | 9 девят | 10 десят |
      11 одиннадцат | 12 двенадцат дюжин | 13 тринадцат | 14 четырнадцат | 15 пятнадцат |
      16 шестнадцат | 17 семнадцат | 18 восемнадцат | 19 девятнадцат | 20 двадцат | 30 тридцат |
      40 сорок | 50 пятьдесят пятидесят половин | 60 шест | 70 семьдесят семидесят |
      80 восемьдесят восьмидесят | 90 девяност | 100 сто ста | 1000 тысяч тыс
    `),
  ],
  [
    'be',
    table(`
      0 нуль нуля | 1 адзін адн перш | 2 два две двух двум двое друг абод пара | 3 тры тро трэц трох |
      4 чатыр чацв чатыро | 5 пят пяц | 6 шэсц шасц шост | 7 сем сям сём | 8 восем васьм восьм |
      9 дзевя дзявя | 10 дзеся дзяся | 11 адзінацц | 12 дванацц | 20 дваццац | 30 трыццац | 40 сорак |
      50 пяцьдзясят палов | 60 шэсцьдзясят | 70 семдзесят | 80 восемдзесят | 90 дзевяноста |
      100 сто ста | 1000 тысяч тыс
    `),
  ],
  [
    'uk',
    table(`
      0 нуль нуля | 1 один одн перш | 2 два дві двох двом двоє друг обид пара | 3 три трьо трет троє |
      4 чотир четв | 5 п'ят п’ят пят | 6 шіст шест шост | 7 сім сем сьом | 8 вісім восьм |
      9 дев'ят дев’ят | 10 десят | 11 одинадцят | 12 дванадцят | 20 двадцят | 30 тридцят | 40 сорок |
      50 п'ятдесят п’ятдесят половин | 100 сто ста | 1000 тисяч тис
    `),
  ],
  [
    'pl',
    table(`
      0 zero zera | 1 jeden jedn pierw | 2 dwa dwie dwó dwo drug oba obie obyd par |
      3 trzy trze trzec tro | 4 czter czwart | 5 pięć pięci piąt | 6 sześ szóst | 7 siedem siedm siódm |
      8 osiem ośm ósm | 9 dziewię dziewią | 10 dziesię dziesią | 11 jedenast |
      12 dwanaście dwunast tuzin | 20 dwadzieścia dwudziest | 30 trzydzie trzydziest | 40 czterdzie |
      50 pięćdziesi połow | 100 sto stu | 1000 tysiąc tys
    `),
  ],
])

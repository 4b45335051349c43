import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DomainError, type ErrorCode } from '../../src/domain/errors.ts'
import { say } from '../../src/domain/saying.ts'
import { problemHandler } from '../../src/http/problem.ts'
import type { Problem } from '../../src/http/schemas.ts'
import type { Failure } from '../../src/web/request.ts'

/** The interface speaks one language from its start on: its modules are loaded after the words, as in a browser. */
const load = async (locale: string) => {
  vi.resetModules()
  vi.stubGlobal('navigator', { languages: [locale] })
  vi.stubGlobal('document', { documentElement: {} })
  await (await import('../../src/web/i18n.ts')).loadWords()
  const [{ saidWords }, { describeFailure }, { checkName, explainCheck }, { PROBLEM_WORDS }] =
    await Promise.all([
      import('../../src/web/said.tsx'),
      import('../../src/web/request.ts'),
      import('../../src/web/editor/check-words.ts'),
      import('../../src/web/problem-words.ts'),
    ])
  return { saidWords, describeFailure, checkName, explainCheck, PROBLEM_WORDS }
}

const refused = (code: string, detail: string): Failure => ({
  kind: 'problem',
  problem: { type: '', title: 'Not allowed', status: 403, detail, code },
})

let spanish: Awaited<ReturnType<typeof load>>
let english: Awaited<ReturnType<typeof load>>
beforeAll(async () => {
  english = await load('en')
  spanish = await load('es')
})
afterAll(() => vi.unstubAllGlobals())

/** A value in its isolates. */
const own = (value: string) => `\u2068${value}\u2069`

describe('a sentence of the domain, on a page', () => {
  it('is said in the language of the interface, its values isolated', () => {
    const said = say('The number {number} is not in the source.', { number: 3 })
    expect(spanish.saidWords(said)).toBe(`El número ${own('3')} no está en el original.`)
    expect(english.saidWords(said)).toBe(`The number ${own('3')} is not in the source.`)
    expect(spanish.saidWords(say('The translation is empty.'))).toBe('La traducción está vacía.')
  })

  it('names languages, terms and parts as its readers do', () => {
    expect(spanish.saidWords(say('This looks like {language}.', { language: 'ru' }))).toBe(
      `Esto parece ${own('ruso')}.`,
    )
    const terms = say('“{word}” must be {terms} here.', { word: 'militia', terms: ['Miliz', 'OMON'] })
    expect(spanish.saidWords(terms)).toBe(
      `«${own('militia')}» debe ser «${own('Miliz')}» o «${own('OMON')}» aquí.`,
    )
    const parts = say('the same but for what was put right: {parts}', { parts: ['number', 'month'] })
    expect(spanish.saidWords(parts)).toBe(`igual salvo lo que se ajustó: ${own('número, mes')}`)
  })

  it('stays English where an older version stored it with its values in it', () => {
    expect(spanish.saidWords({ message: 'The number 3 is not in the source.' })).toBe(
      'The number 3 is not in the source.',
    )
  })
})

describe('a check, on a page', () => {
  it('has its name and meaning in the language of the interface', () => {
    expect(spanish.checkName('doubled-word')).toBe('Palabra repetida')
    expect(spanish.explainCheck('brackets')).toBe(
      'Paréntesis sin pareja: Se abrió un paréntesis y no se cerró, o al revés.',
    )
    expect(english.checkName('doubled-word')).toBe('Word twice')
  })

  it('is called by its id where it is none of the catalogue', () => {
    expect(spanish.checkName('codes-unknown')).toBe('codes unknown')
    expect(spanish.explainCheck('codes-unknown')).toBeUndefined()
  })
})

describe('a refused request, on a page', () => {
  it('has its title in the language of the interface, with the detail behind it', () => {
    const failure = refused('forbidden', 'only editors approve')
    expect(spanish.describeFailure(failure)).toBe('No está permitido: only editors approve')
    expect(english.describeFailure(failure)).toBe('only editors approve')
  })

  it('has the title that the server gives it, by its code', async () => {
    const app = new Hono()
    app.onError(problemHandler(() => undefined))
    const {
      unauthorized: _1,
      internal: _,
      'too-many': __,
      'too-many-tries': ___,
      ...ours
    } = english.PROBLEM_WORDS
    const codes = Object.keys(ours) as ErrorCode[]
    for (const code of codes) app.get(`/${code}`, () => Promise.reject(new DomainError(code, 'x')))
    for (const code of codes) {
      const { title } = (await (await app.request(`/${code}`)).json()) as Problem
      expect(english.PROBLEM_WORDS[code]).toBe(title)
      expect(spanish.PROBLEM_WORDS[code]).not.toBe(title)
    }
  })

  it('is told by its title alone where there is no detail, and by the server’s where the code is not known', () => {
    expect(spanish.describeFailure(refused('forbidden', ''))).toBe('No está permitido')
    expect(english.describeFailure(refused('forbidden', ''))).toBe('Not allowed')
    expect(spanish.describeFailure(refused('constructor', 'x'))).toBe('Not allowed: x')
    const failed: Failure = {
      kind: 'problem',
      problem: { type: '', title: 'It did not work', status: 400, detail: 'x', code: 'invalid-input' },
    }
    expect(spanish.describeFailure(failed)).toBe('No funcionó: x')
  })
})

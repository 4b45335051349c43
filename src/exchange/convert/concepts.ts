import { plainText } from '../../domain/document.ts'
import type { Concept, Term } from '../../domain/term.ts'
import { DEFAULT_ENFORCEMENT, defaultTraits } from '../../domain/term-defaults.ts'
import { localeChain, termsRead, termsWanted } from '../../domain/term-lookup.ts'
import type { TmxPair } from '../tmx-model.ts'
import type { Losses } from './losses.ts'

/** Each pair as a concept with two terms; translations of the same text are one concept. */
export function conceptsOfPairs(pairs: readonly TmxPair[], losses: Losses): readonly Concept[] {
  const concepts = new Map<string, { readonly concept: Concept; readonly terms: Term[] }>()
  for (const { source, target, note, properties, created, changed } of pairs) {
    losses.add(
      'a text lost its inline codes: a term has none',
      source.codes.length + target.codes.length > 0 ? 1 : 0,
    )
    losses.add('a property of a pair is left out', properties?.length ?? 0)
    losses.add('a date of a pair is left out', created === undefined && changed === undefined ? 0 : 1)
    const text = plainText(source.text, source.codes).trim()
    const translation = plainText(target.text, target.codes).trim()
    if (text === '' || translation === '') {
      losses.add('a pair with an empty side is left out')
      continue
    }
    const key = `${source.locale}\n${text}`
    const known = concepts.get(key) ?? {
      concept: {
        id: `c${concepts.size + 1}`,
        subject: '',
        definition: note ?? '',
        source: '',
        enforcement: DEFAULT_ENFORCEMENT,
        terms: [],
      },
      terms: [term(source.locale, text, 'preferred')],
    }
    const same = known.terms.filter(({ locale }) => locale === target.locale)
    if (same.every((one) => one.text !== translation)) {
      known.terms.push(term(target.locale, translation, same.length === 0 ? 'preferred' : 'admitted'))
    }
    concepts.set(key, known)
  }
  return [...concepts.values()].map(({ concept, terms }) => ({ ...concept, terms }))
}

function term(locale: string, text: string, status: Term['status']): Term {
  return { locale, text, status, ...defaultTraits(text), forms: [] }
}

/** Every source term with the preferred term of the other language, as a pair of texts. */
export function pairsOfConcepts(
  concepts: readonly Concept[],
  locales: { readonly source: string; readonly target: string },
  losses: Losses,
): readonly TmxPair[] {
  const sourceChain = localeChain(locales.source)
  const targetChain = localeChain(locales.target)
  return concepts.flatMap((concept): readonly TmxPair[] => {
    const sources = termsRead(concept, sourceChain).filter(({ status }) => status !== 'forbidden')
    const { allowed, forbidden } = termsWanted(concept, targetChain)
    const [preferred, ...others] = allowed
    losses.add('a forbidden term is left out', forbidden.length)
    losses.add('an admitted translation is left out', others.length)
    losses.add('rules of a term (case, forms, inflection) are left out', sources.length)
    if (preferred === undefined) {
      losses.add(`a concept without a term in ${locales.target} is left out`)
      return []
    }
    return sources.map(({ text }, at) => ({
      id: at === 0 ? concept.id : `${concept.id}-${at + 1}`,
      source: { locale: locales.source, text, codes: [] },
      target: { locale: locales.target, text: preferred.text, codes: [] },
      ...(concept.definition === '' ? {} : { note: concept.definition }),
    }))
  })
}

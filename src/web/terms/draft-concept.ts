import type { ConceptContent, ConceptInput, ConceptView, TermView } from '../../http/term-schemas.ts'
import { shownOf } from './term-words.ts'

/** A term while it is written: everything is text, and nothing has to be right yet. */
export type DraftTerm = {
  /** For the page alone. */
  readonly key: number
  readonly locale: string
  readonly text: string
  readonly status: TermView['status']
  /** '' leaves it to the server, which looks at the word. */
  readonly caseMode: TermView['caseMode'] | ''
  readonly inflecting: '' | 'yes' | 'no'
  /** With commas or `|` between them. */
  readonly forms: string
  readonly note: string
}

export type DraftConcept = Pick<ConceptContent, 'definition' | 'subject' | 'source' | 'enforcement'> & {
  readonly terms: readonly DraftTerm[]
}

/** What the form starts with: a concept, or one word and empty places for the other languages. */
export function draftOf(
  start: ConceptView | { readonly locale: string; readonly text: string },
  edition: readonly string[],
): DraftConcept {
  const content = 'id' in start ? shownOf(start) : null
  if (content !== null) {
    const { definition, subject, source, enforcement, terms } = content
    return { definition, subject, source, enforcement, terms: terms.map(draftTerm) }
  }
  const { locale, text } = 'id' in start ? { locale: 'en', text: '' } : start
  const others = edition.filter((one) => one !== locale)
  const terms = [{ ...emptyTerm(0, locale), text }, ...others.map((one, at) => emptyTerm(at + 1, one))]
  return { definition: '', subject: '', source: '', enforcement: 'hard', terms }
}

/** An empty term for the first locale of the edition that has none. */
export function newTerm(terms: readonly DraftTerm[], edition: readonly string[]): DraftTerm {
  const free = edition.find((locale) => terms.every((term) => term.locale !== locale))
  return emptyTerm(Math.max(-1, ...terms.map(({ key }) => key)) + 1, free ?? terms.at(-1)?.locale ?? 'en')
}

/** What is sent: terms without text are left out. */
export function inputOf({ terms, ...facts }: DraftConcept): ConceptInput {
  return {
    ...facts,
    terms: terms
      .filter(({ text }) => text.trim() !== '')
      .map(({ locale, text, status, caseMode, inflecting, forms, note }) => ({
        ...{ locale: locale.trim(), text: text.trim(), status },
        ...(caseMode === '' ? {} : { caseMode }),
        ...(inflecting === '' ? {} : { inflecting: inflecting === 'yes' }),
        forms: forms
          .split(/[|,]/)
          .map((form) => form.trim())
          .filter((form) => form !== ''),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      })),
  }
}

function emptyTerm(key: number, locale: string): DraftTerm {
  const unsaid = { caseMode: '', inflecting: '', forms: '', note: '' } as const
  return { key, locale, text: '', status: 'preferred', ...unsaid }
}

function draftTerm({ inflecting, forms, note, ...term }: TermView, key: number): DraftTerm {
  return { ...term, key, inflecting: inflecting ? 'yes' : 'no', forms: forms.join(' | '), note: note ?? '' }
}

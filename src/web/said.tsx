import type { ComponentChild } from 'preact'
import type { Template } from '../domain/saying.ts'
import { type InterfaceLocale, interfaceLocale, t, wordingOf } from './i18n.ts'
import { localeName } from './words.ts'

type Sentence = { readonly message: string; readonly template?: Template | undefined }
type Value = Template['values'][string]

/**
 * What the domain said (`say` of `domain/saying.ts`), in the language of the interface. Each value stands in an element
 * of its own, so that Arabic in a Spanish sentence does not turn it around. What an older version stored with its values
 * in it stays English.
 */
export function SaidText({ said }: { readonly said: Sentence }) {
  return <>{piecesOf(said).map((piece) => (piece.value === undefined ? piece.text : shown(piece)))}</>
}

/** The same as plain text; its values are isolated by characters (U+2068, U+2069). */
export function saidWords(said: Sentence): string {
  return piecesOf(said)
    .map(({ name, text, value }) => (value === undefined ? text : spoken(name, value)))
    .join('')
}

type Piece = { readonly name: string; readonly text: string; readonly value: Value | undefined }

/** The translated sentence, cut at its values. */
function piecesOf({ message, template }: Sentence): readonly Piece[] {
  if (template === undefined) return [{ name: '', text: wordingOf(message), value: undefined }]
  return wordingOf(template.text)
    .split(/(\{\w{1,40}\})/)
    .map((text) => {
      const name = text.startsWith('{') ? text.slice(1, -1) : ''
      return { name, text, value: Object.hasOwn(template.values, name) ? template.values[name] : undefined }
    })
}

function shown({ name, value = '' }: Piece): ComponentChild {
  if (name !== 'terms' || typeof value === 'string') return <bdi>{plain(name, value)}</bdi>
  return value.map((term, place) => (
    <>
      {place > 0 && ` ${t('or')} `}
      {opening}
      <bdi>{term}</bdi>
      {closing}
    </>
  ))
}

function spoken(name: string, value: Value): string {
  if (name !== 'terms' || typeof value === 'string') return isolate(plain(name, value))
  return value.map((term) => `${opening}${isolate(term)}${closing}`).join(` ${t('or')} `)
}

/** A value by the conventions of `Template`. */
function plain(name: string, value: Value): string {
  if (typeof value === 'string') return name === 'language' ? localeName(value) : value
  return value.map((one) => (name === 'parts' ? wordingOf(one) : one)).join(', ')
}

/** Quotation marks of each language of the interface. A list needs them around each of its terms. */
const QUOTES: Readonly<Record<InterfaceLocale, readonly [opening: string, closing: string]>> = {
  en: ['“', '”'],
  de: ['„', '“'],
  es: ['«', '»'],
  fr: ['«\u00a0', '\u00a0»'],
  'pt-BR': ['“', '”'],
  'pt-PT': ['“', '”'],
}
const [opening, closing] = QUOTES[interfaceLocale()]

const isolate = (text: string): string => `\u2068${text}\u2069`

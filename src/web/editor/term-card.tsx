import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { VerdictView } from '../../http/schemas.ts'
import { t } from '../i18n.ts'
import { keyCaps, keysOf, onMac } from './key-press.ts'
import { bindings } from './key-settings.ts'
import { verdictWords } from './verdict-words.ts'

type OpenTerm = {
  readonly verdict: VerdictView
  readonly locale: string
  readonly at: DOMRect
  /** Of the key that inserts it; 0: none. */
  readonly number: number
}

export const TERM_CARD_ID = 'term-card'
export const openTerm = signal<OpenTerm | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

/** Opens the card of a term beside it. @param locale of the target; @param number see `OpenTerm` */
export function showTerm(verdict: VerdictView, term: HTMLElement, locale: string, number: number): void {
  clearTimeout(timer)
  openTerm.value = { verdict, locale, number, at: term.getClientRects()[0] ?? term.getBoundingClientRect() }
}

/** @param after milliseconds in which the pointer may reach the card */
export function hideTerm(after: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => {
    openTerm.value = null
  }, after)
}

/** Definition and right translation of the term under the pointer or the focus. Render it once. */
export function TermCard() {
  const card = useRef<HTMLDivElement>(null)
  const open = openTerm.value
  useLayoutEffect(() => {
    if (card.current === null || open === null) return
    const { offsetWidth: width, offsetHeight: height, style } = card.current
    const below = open.at.bottom + 6
    const room = document.documentElement.clientWidth
    style.left = `${Math.max(8, Math.min(open.at.left, room - width - 8))}px`
    style.top = `${below + height > window.innerHeight ? Math.max(8, open.at.top - height - 6) : below}px`
  }, [open])
  if (open === null) return null
  const { verdict, locale } = open
  return (
    <div
      ref={card}
      class="term-card"
      id={TERM_CARD_ID}
      role="tooltip"
      onMouseEnter={() => clearTimeout(timer)}
      onMouseLeave={() => hideTerm(100)}
    >
      <p class="term-right">
        {verdict.expected.map((term, place) => (
          <bdi key={term} lang={locale} class={place === 0 ? 'preferred' : undefined}>
            {term}
          </bdi>
        ))}
        {verdict.expected.length === 0 && t('No translation in the glossary')}
      </p>
      {verdict.definition !== '' && <p>{verdict.definition}</p>}
      {open.number > 0 && verdict.expected.length > 0 && <InsertKey number={open.number} />}
      <p class={`term-status term-status-${verdict.status}`}>{verdictWords(verdict)}</p>
    </div>
  )
}

/** The key that inserts the term, as this person has it. */
function InsertKey({ number }: { readonly number: number }) {
  const mac = onMac()
  const binding = bindings.value.find(({ command }) => command === 'insert-term')
  const key = binding === undefined ? undefined : keysOf(binding, mac)[0]
  if (key === undefined) return null
  return (
    <p class="hint">
      {t('Insert it:')}
      {keyCaps(key.replace('#', String(number)), mac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </p>
  )
}

import { useSignal } from '@preact/signals'
import type { Priority } from '../../domain/assignment.ts'
import type { Format } from '../../domain/document.ts'
import type { ArticlePreview } from '../../http/file-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { type NewPage, previewArticle, submitDocument } from '../api.ts'
import { t, tn } from '../i18n.ts'
import { announce } from '../notices.tsx'
import { describeFailure } from '../request.ts'

import type { PagePart } from './article-preview.tsx'
import { sourceToShow } from './detected-language.ts'
import { refresh } from './documents.ts'
import { addressOf, formatOfName, guessFormat, mayBePage } from './guess-format.ts'
import { readLocale } from './locale-picker.tsx'

/** What a look at a page or an article brought. */
type Look = {
  readonly article: ArticlePreview
  /** Of an address only the article is taken; an article by itself is shown to nobody. */
  readonly from: 'address' | 'page' | 'article'
}

type Targets = { readonly offered: readonly string[]; readonly chosen: readonly string[] }

/** The state of the form for a new document, and what can be done with it. */
export function useDraft(session: SessionView) {
  const text = useSignal('')
  const format = useSignal<Format | null>(null)
  const file = useSignal<File | null>(null)
  const usual = useSignal(session.edition[0] ?? 'en')
  const decided = useSignal(false)
  const targets = useSignal<Targets>({ offered: session.edition.slice(1), chosen: session.edition.slice(1) })
  const priority = useSignal<Priority>('normal')
  /** What it is about; it stays for the next one. */
  const domain = useSignal('')
  const busy = useSignal<'looking' | 'sending' | null>(null)
  const wrong = useSignal<string | null>(null)
  const look = useSignal<Look | null>(null)
  const part = useSignal<PagePart>('article')

  const source = () => sourceToShow(usual.value, look.value?.article.language ?? null, decided.value)
  const lookedAt = () => look.value?.from
  const formatOfText = () => format.value ?? guessFormat(text.value)

  const forget = () => {
    look.value = null
    part.value = 'article'
    wrong.value = null
    // The look that was under way is at something else.
    if (busy.value === 'looking') busy.value = null
  }
  const setText = (next: string) => {
    text.value = next
    forget()
  }
  const setFile = (next: File | null) => {
    file.value = next
    forget()
  }

  /** @returns whether the sending may go on: there is nothing to be asked first */
  const lookAt = async (page: NewPage, from: 'address' | 'page'): Promise<boolean> => {
    const [sameText, sameFile] = [text.value, file.value]
    busy.value = 'looking'
    const answer = await previewArticle(page)
    if (text.value !== sameText || file.value !== sameFile) return false
    busy.value = null
    if (answer.kind !== 'ok') {
      // An HTML file in which no article is found is a document like any other.
      const plain = from === 'page' && answer.kind === 'problem'
      if (!plain) wrong.value = describeFailure(answer)
      return plain
    }
    const before = source()
    const asks = from === 'address' || answer.value.wholePage
    look.value = { article: answer.value, from: asks ? from : 'article' }
    if (asks)
      announce(t('The article was found: {title}. Check it, then send it.', { title: answer.value.title }))
    return !asks && source() === before
  }

  const take = (next: File | undefined) => {
    if (next === undefined) return
    const known = formatOfName(next.name, session.formats)
    if (known === null) {
      const labels = session.formats.map(({ label }) => label).join(', ')
      wrong.value = t('“{name}” cannot be read. Choose one of: {formats}.', {
        name: next.name,
        formats: labels,
      })
      return
    }
    setFile(next)
    if (known === 'html') void lookAt({ file: next }, 'page')
  }

  const submit = async () => {
    const from = readLocale(source())
    const targetLocales = targets.value.chosen.filter((tag) => !('tag' in from) || tag !== from.tag)
    if (busy.value !== null) return
    if (file.value === null && text.value.trim() === '')
      wrong.value = t('Paste a text or choose a file first.')
    else if ('wrong' in from) wrong.value = from.wrong
    else if (targetLocales.length === 0) wrong.value = t('Choose at least one language to translate into.')
    else {
      wrong.value = null
      const url = file.value === null ? addressOf(text.value) : null
      if (lookedAt() === undefined && file.value === null) {
        const html = url === null && formatOfText() === 'html' && mayBePage(text.value) ? text.value : null
        if (url !== null && !(await lookAt({ url }, 'address'))) return
        if (html !== null && !(await lookAt({ html }, 'page'))) {
          // The language changed under the hand of who was sending: it is said, not just shown.
          if (lookedAt() === 'article') wrong.value = t('Check the language it is in, then send it.')
          return
        }
      }
      const locales = {
        sourceLocale: from.tag,
        targetLocales,
        priority: priority.value,
        domain: domain.value,
      }
      const articleOnly = lookedAt() === 'page' && part.value === 'article'
      busy.value = 'sending'
      const answer = await submitDocument(
        url !== null
          ? { url, ...locales }
          : file.value === null
            ? { text: text.value, format: formatOfText(), articleOnly, ...locales }
            : { file: file.value, articleOnly, ...locales },
      )
      // What was sent leaves the form when it stands on the board.
      if (answer.kind === 'ok') await refresh()
      busy.value = null
      if (answer.kind !== 'ok') {
        wrong.value = describeFailure(answer)
        return
      }
      text.value = ''
      format.value = null
      priority.value = 'normal'
      decided.value = false
      setFile(null)
      announce(
        tn(targetLocales.length, 'Sent. {count} language on the way.', 'Sent. {count} languages on the way.'),
      )
    }
  }

  return {
    text,
    format,
    file,
    targets,
    priority,
    domain,
    busy,
    wrong,
    look,
    part,
    source,
    formatOfText,
    setText,
    setFile,
    take,
    submit,
    forget,
    setFormat: (next: Format | null) => {
      format.value = next
      forget()
    },
    decideSource: (typed: string) => {
      usual.value = typed
      decided.value = true
    },
  }
}

import { parentPort } from 'node:worker_threads'
import { DomainError, type ErrorCode, type Place } from '../domain/errors.ts'
import { type Article, type ArticleOptions, extractArticle } from '../formats/article.ts'
import { looksLikeWebPage } from '../formats/article-signs.ts'

/** One page to read; the thread has one at a time. */
export type ArticleTask = { readonly html: string; readonly options: ArticleOptions }

/** What the thread says: once that it is there, then once a task. */
export type ArticleAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'article'; readonly article: Article; readonly wholePage: boolean }
  /** A `DomainError`, which would lose its class on the way. */
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly place: Place }

/**
 * The thread of `article-extractor.ts`: takes articles out of pages, which blocks it. Any other error than a
 * refusal ends it.
 */
function answer({ html, options }: ArticleTask): ArticleAnswer {
  try {
    const article = extractArticle(html, options)
    return { kind: 'article', article, wholePage: looksLikeWebPage(html) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { kind: 'refused', code: error.code, message: error.message, place: error.place ?? {} }
  }
}

const say = (answered: ArticleAnswer) => parentPort?.postMessage(answered)
parentPort?.on('message', (task: ArticleTask) => say(answer(task)))
say({ kind: 'ready' })

import { Worker } from 'node:worker_threads'
import { DomainError } from '../domain/errors.ts'
import type { Article, ArticleOptions } from '../formats/article.ts'
import type { ArticleAnswer, ArticleTask } from './article-thread.ts'

export type ArticleLimits = {
  /** Pages that are read at the same time, each by a thread of its own; 2 by default. */
  readonly atOnce?: number
  /** Pages that may wait for a thread; 20 by default. */
  readonly waiting?: number
  /** For one page, from when a thread has it; 15,000 by default. */
  readonly timeoutMs?: number
  /** For one thread, in MiB; 512 by default. */
  readonly memoryMb?: number
  /** A thread without work ends after this; 60,000 by default. */
  readonly idleMs?: number
}

export type ExtractedArticle = {
  readonly article: Article
  /** See `looksLikeWebPage`. */
  readonly wholePage: boolean
}

export type ArticleExtractor = {
  /**
   * `extractArticle` of `formats/article.ts`, in a thread, so that a page that takes long holds nobody else up.
   *
   * @throws DomainError what `extractArticle` throws; `too-large` for a page that takes too long or too much
   * memory; `not-ready` when too many pages wait, or when the server stops
   */
  readonly extract: (html: string, options?: ArticleOptions) => Promise<ExtractedArticle>
  /** Ends all threads; pages at work and in line are refused. */
  readonly close: () => Promise<void>
}

type Job = {
  readonly task: ArticleTask
  readonly resolve: (extracted: ExtractedArticle) => void
  readonly reject: (error: unknown) => void
}

type Thread = {
  readonly worker: Worker
  job: Job | undefined
  ready: boolean
  /** Of the job, or of idleness. */
  timer: NodeJS.Timeout | undefined
}

/** Threads that take articles out of pages. They are started when there is work, and kept for a while. */
export function openArticleExtractor(limits: ArticleLimits = {}): ArticleExtractor {
  const { atOnce = 2, waiting = 20, timeoutMs = 15_000, memoryMb = 512, idleMs = 60_000 } = limits
  const threads = new Set<Thread>()
  const line: Job[] = []
  let closed = false

  const start = (): Thread => {
    const worker = new Worker(new URL('./article-thread.ts', import.meta.url), {
      name: 'article',
      // A thread that reads pages of strangers needs no secrets, and no flags of the process.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    const thread: Thread = { worker, job: undefined, ready: false, timer: undefined }
    threads.add(thread)
    worker.on('message', (answer: ArticleAnswer) => hear(thread, answer))
    worker.on('error', (error) => end(thread, explain(error)))
    worker.on('exit', () => end(thread, new Error('the thread that reads articles ended')))
    // An idle thread keeps no command alive.
    worker.unref()
    return thread
  }

  const hear = (thread: Thread, answer: ArticleAnswer): void => {
    if (answer.kind === 'ready') {
      thread.ready = true
      begin(thread)
      return
    }
    const { job } = thread
    rest(thread)
    if (answer.kind === 'article') job?.resolve({ article: answer.article, wholePage: answer.wholePage })
    else job?.reject(new DomainError(answer.code, answer.message, { place: answer.place }))
    next()
  }

  /** The clock runs from when the thread can work: on a busy machine it takes seconds to start. */
  const begin = (thread: Thread): void => {
    if (!thread.ready || thread.job === undefined) return
    thread.timer = setTimeout(() => end(thread, tooSlow(timeoutMs)), timeoutMs)
    thread.worker.postMessage(thread.job.task)
  }

  const rest = (thread: Thread): void => {
    clearTimeout(thread.timer)
    thread.job = undefined
    thread.worker.unref()
    thread.timer = setTimeout(() => end(thread, new Error('idle')), idleMs).unref()
  }

  /** Takes a thread out; what it was at fails with `error`. Does nothing the second time. */
  const end = (thread: Thread, error: unknown): void => {
    if (!threads.delete(thread)) return
    clearTimeout(thread.timer)
    void thread.worker.terminate()
    thread.job?.reject(error)
    next()
  }

  const next = (): void => {
    while (line.length > 0) {
      const idle = [...threads].find(({ job }) => job === undefined)
      if (idle === undefined && threads.size >= atOnce) return
      const job = line.shift()
      if (job === undefined) return
      const thread = idle ?? start()
      clearTimeout(thread.timer)
      thread.job = job
      thread.worker.ref()
      begin(thread)
    }
  }

  return {
    extract: (html, options = {}) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(stopping())
        if (line.length >= waiting) return reject(tooMany())
        line.push({ task: { html, options }, resolve, reject })
        next()
      }),
    close: async () => {
      closed = true
      for (const job of line.splice(0)) job.reject(stopping())
      const ended = [...threads].map(({ worker }) => worker.terminate())
      for (const thread of [...threads]) end(thread, stopping())
      await Promise.all(ended)
    },
  }
}

function explain(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return error
  return new DomainError('too-large', 'the page needs too much memory to be read; give the article alone', {
    cause: error,
  })
}

function tooSlow(timeoutMs: number): DomainError {
  const seconds = Math.ceil(timeoutMs / 1000)
  return new DomainError(
    'too-large',
    `the article was not found within ${seconds} seconds: the page is too large or too tangled; give the article alone`,
  )
}

function tooMany(): DomainError {
  return new DomainError('not-ready', 'too many pages are being read at the moment; try again in a minute')
}

function stopping(): DomainError {
  return new DomainError('not-ready', 'the server is stopping; try again in a minute')
}

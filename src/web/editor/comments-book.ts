import { batch, signal } from '@preact/signals'
import type { CommentView } from '../../http/comment-schemas.ts'
import type { Answer, Failure } from '../request.ts'
import {
  addComment,
  deleteComment,
  editComment,
  listComments,
  listNames,
  settleThread,
} from './comments-api.ts'
import type { Editor } from './store.ts'

/** A comment and the answers to it, oldest first. */
export type Thread = { readonly root: CommentView; readonly answers: readonly CommentView[] }

export type CommentBook = {
  /** Open threads first, each with its oldest comment first. */
  readonly threadsOf: (segmentId: string) => readonly Thread[]
  readonly openCount: (segmentId: string) => number
  readonly load: () => Promise<void>
  /** @returns null: it worked */
  readonly add: (
    segmentId: string,
    comment: { readonly text: string; readonly locale: string | null; readonly replyTo?: string },
  ) => Promise<Failure | null>
  readonly edit: (id: string, text: string) => Promise<Failure | null>
  readonly remove: (id: string) => Promise<Failure | null>
  readonly settle: (id: string, resolved: boolean) => Promise<Failure | null>
  /** People who can be mentioned; asked for once. */
  readonly names: () => Promise<readonly string[]>
  /** The segment whose comment field is to have the focus. */
  readonly wanted: { value: string | null }
}

const NONE: readonly Thread[] = []

/** The comments of one editor page, by segment. */
export function createCommentBook(editor: Editor): CommentBook {
  const threads = signal<ReadonlyMap<string, readonly Thread[]>>(new Map())
  let names: Promise<readonly string[]> | undefined

  const take = (comments: readonly CommentView[]) => {
    const answers = Map.groupBy(
      comments.filter(({ thread }) => thread !== null),
      ({ thread }) => thread ?? '',
    )
    const made = comments
      .filter(({ thread }) => thread === null)
      .map((root) => ({ root, answers: answers.get(root.id) ?? [] }))
      .sort((a, b) => Number(a.root.resolvedAt !== null) - Number(b.root.resolvedAt !== null))
    batch(() => {
      threads.value = Map.groupBy(made, ({ root }) => root.segment)
      editor.commented.value = new Set(made.map(({ root }) => root.segment))
    })
  }
  let asked = 0
  let taken = 0
  const load = async () => {
    asked += 1
    const turn = asked
    const answer = await listComments(editor.documentId, editor.locale)
    // An answer that was overtaken says less than the one that stands.
    if (answer.kind !== 'ok' || turn < taken) return
    taken = turn
    take(answer.value.comments)
  }
  /** What was done stands on the server: the list is read again, with what others said meanwhile. */
  const done = async (answer: Answer<unknown>): Promise<Failure | null> => {
    if (answer.kind !== 'ok') return answer
    await load()
    return null
  }

  return {
    threadsOf: (segmentId) => threads.value.get(segmentId) ?? NONE,
    openCount: (segmentId) =>
      (threads.value.get(segmentId) ?? NONE).filter(({ root }) => root.resolvedAt === null).length,
    load,
    add: async (segmentId, comment) => done(await addComment(segmentId, comment)),
    edit: async (id, text) => done(await editComment(id, text)),
    remove: async (id) => done(await deleteComment(id)),
    settle: async (id, resolved) => done(await settleThread(id, resolved)),
    names: () => {
      names ??= listNames(editor.documentId).then((answer) => {
        if (answer.kind === 'ok') return answer.value.names
        names = undefined
        return []
      })
      return names
    },
    wanted: signal<string | null>(null),
  }
}

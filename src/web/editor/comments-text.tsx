import type { ComponentChildren } from 'preact'
import type { CommentView } from '../../http/comment-schemas.ts'

/** A comment's text with the names in it marked. */
export function withMentions({
  text,
  mentions,
}: Pick<CommentView, 'text' | 'mentions'>): ComponentChildren[] {
  const parts: ComponentChildren[] = []
  let from = 0
  for (const { start, end } of mentions) {
    parts.push(text.slice(from, start), <strong class="mention">{text.slice(start, end)}</strong>)
    from = end
  }
  parts.push(text.slice(from))
  return parts
}

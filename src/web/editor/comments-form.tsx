import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { describeFailure, type Failure } from '../request.ts'
import type { CommentBook } from './comments-book.ts'
import { mentionAt, namesLike } from './comments-mention.ts'

type CommentFormProps = {
  readonly comments: CommentBook
  readonly label: string
  readonly submit: string
  readonly text?: string
  readonly onSend: (text: string) => Promise<Failure | null>
  readonly onCancel: () => void
  readonly children?: ComponentChildren
}

/** A field for a comment. After `@` it offers names: arrows choose one, Enter takes it, Escape closes the list. */
export function CommentForm(props: CommentFormProps) {
  const { comments, label, submit, onSend, onCancel } = props
  const text = useSignal(props.text ?? '')
  const offers = useSignal<readonly string[]>([])
  const chosen = useSignal(0)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  // Before the next key: what is typed at once belongs here.
  useLayoutEffect(() => field.current?.focus(), [])

  const offer = async () => {
    const area = field.current
    const mention = area === null ? null : mentionAt(area.value, area.selectionStart)
    if (mention === null) {
      offers.value = []
      return
    }
    const names = await comments.names()
    // Typed on while the names were on their way.
    if (
      field.current === null ||
      mentionAt(field.current.value, field.current.selectionStart)?.typed !== mention.typed
    )
      return
    offers.value = namesLike(names, mention.typed)
    chosen.value = 0
  }
  const take = (name: string) => {
    const area = field.current
    const mention = area === null ? null : mentionAt(area.value, area.selectionStart)
    offers.value = []
    if (area === null || mention === null) return
    area.setRangeText(`@${name} `, mention.start, area.selectionStart, 'end')
    text.value = area.value
    area.focus()
  }
  const send = async () => {
    if (text.value.trim() === '' || busy.value) return
    busy.value = true
    const failure = await onSend(text.value)
    busy.value = false
    wrong.value = failure === null ? null : describeFailure(failure)
  }
  const onKey = (event: KeyboardEvent) => {
    const list = offers.value
    if (list.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      chosen.value = (chosen.value + (event.key === 'ArrowDown' ? 1 : list.length - 1)) % list.length
    } else if (
      list.length > 0 &&
      (event.key === 'Enter' || event.key === 'Tab') &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      event.preventDefault()
      take(list[chosen.value] ?? '')
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (list.length > 0) offers.value = []
      else onCancel()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.stopPropagation()
      void send()
    }
  }
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label class="field" for={`${id}-text`}>
        {label}
      </label>
      <textarea
        ref={field}
        id={`${id}-text`}
        class="input"
        rows={2}
        maxLength={5000}
        dir="auto"
        value={text.value}
        aria-autocomplete="list"
        aria-controls={`${id}-names`}
        aria-activedescendant={offers.value.length > 0 ? `${id}-name-${chosen.value}` : undefined}
        data-own-keys
        onInput={(event) => {
          text.value = event.currentTarget.value
          void offer()
        }}
        onKeyDown={onKey}
        onBlur={() => setTimeout(() => (offers.value = []), 150)}
      />
      <div
        id={`${id}-names`}
        class="mention-offers"
        role="listbox"
        aria-label={t('People')}
        hidden={offers.value.length === 0}
      >
        {offers.value.map((name, place) => (
          <div
            key={name}
            id={`${id}-name-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen.value}
            onMouseDown={(event) => {
              event.preventDefault()
              take(name)
            }}
          >
            <bdi>{name}</bdi>
          </div>
        ))}
      </div>
      {props.children}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <div class="comment-form-foot">
        <button type="submit" class="button small primary" disabled={busy.value || text.value.trim() === ''}>
          {submit}
        </button>
        <button type="button" class="button small" onClick={onCancel}>
          {t('Cancel')}
        </button>
        <span class="hint">{t('@ and a name tells somebody.')}</span>
      </div>
    </form>
  )
}

import { directionOf } from '../../domain/locale.ts'
import type { CodeView } from '../../http/schemas.ts'
import { piecesOf } from './pieces.ts'
import { Chip } from './text-pieces.tsx'
import { diffWordwise } from './word-diff.ts'

type DiffTextProps = {
  readonly before: string
  readonly after: string
  readonly codes: readonly CodeView[]
  readonly locale: string
}

/** `after` with what is new in it marked; with `before` equal to it, simply the text with its chips. */
export function DiffText({ before, after, codes, locale }: DiffTextProps) {
  return (
    <p class="version-text" lang={locale} dir={directionOf(locale)}>
      {diffWordwise(before, after, locale).map((part, place) => {
        if (part.kind === 'removed') return null
        const inner = piecesOf(part.text, []).map((piece) =>
          piece.kind === 'code' ? (
            <Chip key={piece.start} codes={codes} index={piece.index} />
          ) : (
            <span key={piece.start}>{piece.text}</span>
          ),
        )
        return part.kind === 'added' ? <mark key={place}>{inner}</mark> : <span key={place}>{inner}</span>
      })}
    </p>
  )
}

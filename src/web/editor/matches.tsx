import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { directionOf } from '../../domain/locale.ts'
import type { MatchView } from '../../http/memory-schemas.ts'
import { getMatches } from '../api.ts'
import { t } from '../i18n.ts'
import { saidWords } from '../said.tsx'
import { moment } from '../words.ts'
import { piecesOf } from './pieces.ts'
import { type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'
import { Chip } from './text-pieces.tsx'

type MatchesProps = { readonly editor: Editor; readonly row: Row; readonly sourceLocale: string }

/** Whoever only passes by needs no matches. */
const REST_MS = 120

/** What memory has for the active segment: each with its score, why, and what differs. */
export function Matches({ editor, row, sourceLocale }: MatchesProps) {
  const found = useSignal<readonly MatchView[]>([])
  useEffect(() => {
    let gone = false
    const timer = setTimeout(async () => {
      const answer = await getMatches(row.id, editor.locale)
      if (gone || answer.kind !== 'ok') return
      found.value = answer.value.matches
      editor.matches.current = found.value
    }, REST_MS)
    return () => {
      gone = true
      clearTimeout(timer)
      editor.matches.current = []
    }
  }, [editor, row])
  const text = textOf(row)
  if (found.value.length === 0) return null
  return (
    <section class="matches" aria-label={t('Segment {number}: from memory', { number: row.index + 1 })}>
      <ol>
        {found.value.map((match, place) => (
          <li key={match.id} class="match">
            <span class="match-score" title={reasonsOf(match)}>
              <span class="match-number">{place + 1}</span> {match.score} %
            </span>
            <div class="match-texts">
              <p class="version-text" lang={editor.locale} dir={directionOf(editor.locale)}>
                <MatchText match={match} row={row} />
              </p>
              {match.score < 100 && (
                <p class="match-diff" lang={sourceLocale} dir={directionOf(sourceLocale)}>
                  {match.diff.map((part, place) => {
                    if (part.kind === 'added') return <ins key={place}>{part.text}</ins>
                    if (part.kind === 'removed') return <del key={place}>{part.text}</del>
                    return <span key={place}>{part.text}</span>
                  })}
                </p>
              )}
              <p class="hint">{describeMatch(match)}</p>
            </div>
            <button
              type="button"
              class="button small"
              disabled={match.target === text}
              onClick={() => editor.field.current?.replaceAll(match.target)}
            >
              {match.target === text ? t('In place') : t('Use')}
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

function MatchText({ match, row }: { readonly match: MatchView; readonly row: Row }) {
  const { codes } = row.segment.value
  return (
    <>
      {piecesOf(match.target, []).map((piece) =>
        piece.kind === 'code' ? (
          <Chip key={piece.start} codes={codes} index={piece.index} />
        ) : (
          <span key={piece.start}>{piece.text}</span>
        ),
      )}
    </>
  )
}

const reasonsOf = ({ why }: MatchView): string =>
  why.map(({ words, template }) => saidWords({ message: words, template })).join('; ')

/** Why it has its score and where it comes from, in one line. */
function describeMatch(match: MatchView): string {
  const { by, document, memory, changedAt } = match
  const from = [by, document === '' ? memory : document, moment(changedAt)].filter((part) => part !== '')
  return `${reasonsOf(match)} · ${from.join(', ')}`
}

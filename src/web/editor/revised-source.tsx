import { directionOf } from '../../domain/locale.ts'
import { t } from '../i18n.ts'
import { piecesOf } from './pieces.ts'
import { isApproved, type Row } from './rows.ts'

type RevisedSourceProps = {
  readonly row: Row
  readonly sourceLocale: string
  readonly locale: string
}

const TITLES = {
  edited: t('The source of this segment has changed'),
  split: t('This segment is a part of a longer one, which was divided'),
  merged: t('This segment was put together of several'),
} as const

/** What changed in the source since it was translated, and that translation. Nothing once it is approved again. */
export function RevisedSource({ row, sourceLocale, locale }: RevisedSourceProps) {
  const { revised } = row.segment.value
  if (revised === null || isApproved(row.segment.value)) return null
  const { fate, diff, target, by, revision } = revised
  return (
    <section
      class="revised"
      aria-label={t('Segment {number}: changed since revision {revision}', {
        number: row.index + 1,
        revision,
      })}
    >
      <p class="revised-title">
        {fate === 'edited' && revised.score === 100
          ? t('The same words stood elsewhere before: look whether the translation still fits.')
          : t('{what} since revision {revision}:', { what: TITLES[fate], revision })}
      </p>
      <p class="version-text" lang={sourceLocale} dir={directionOf(sourceLocale)}>
        {diff.map(({ kind, text }, place) => {
          const words = withoutCodes(text)
          if (kind === 'added') return <ins key={place}>{words}</ins>
          if (kind === 'removed') return <del key={place}>{words}</del>
          return <span key={place}>{words}</span>
        })}
      </p>
      {target !== null && (
        <>
          <p class="revised-title">
            {by === '' ? t('It was translated as:') : t('It was translated by {name} as:', { name: by })}
          </p>
          <p class="version-text" lang={locale} dir={directionOf(locale)}>
            {withoutCodes(target)}
          </p>
        </>
      )}
    </section>
  )
}

/** Codes of the old segment mean nothing in the new one. */
function withoutCodes(text: string): string {
  return piecesOf(text, [])
    .map((piece) => (piece.kind === 'code' ? '' : piece.text))
    .join('')
}

import type { CostView } from '../../http/cost-schemas.ts'
import { t } from '../i18n.ts'
import { count, engineName, localeName } from '../words.ts'
import { ScrollBox } from './scroll-box.tsx'

type CostProps = { readonly cost: CostView }

const BANDS: readonly (readonly [string, string])[] = [
  ['kept', t('Kept from before')],
  ['context', t('In context')],
  ['exact', t('Exact')],
  ['95-99', '95–99 %'],
  ['85-94', '85–94 %'],
  ['70-84', '70–84 %'],
  ['repetition', t('Repeated')],
  ['new', t('New')],
]

/** Words of each language by match band. */
export function BandTable({ cost }: CostProps) {
  return (
    <ScrollBox label={t('Words by match band')}>
      <table class="cost-table">
        <caption class="visually-hidden">{t('Words by match band and language')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Language')}</th>
            {BANDS.map(([band, words]) => (
              <th key={band} scope="col">
                {words}
              </th>
            ))}
            <th scope="col">{t('All')}</th>
          </tr>
        </thead>
        <tbody>
          {cost.locales.map(({ locale, bands }) => (
            <tr key={locale}>
              <th scope="row">{localeName(locale)}</th>
              {BANDS.map(([band]) => (
                <td key={band}>{count(bands[band]?.words ?? 0)}</td>
              ))}
              <td>{count(cost.words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Characters of each language: still to be billed, saved, billed so far. */
export function EngineTable({ cost }: CostProps) {
  return (
    <ScrollBox label={t('Characters by engine')}>
      <table class="cost-table">
        <caption class="visually-hidden">{t('Characters by language and engine')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Language')}</th>
            <th scope="col">{t('Engine asked first')}</th>
            <th scope="col">{t('To be billed')}</th>
            <th scope="col">{t('Saved by the version before')}</th>
            <th scope="col">{t('Billed so far')}</th>
          </tr>
        </thead>
        <tbody>
          {cost.locales.map(({ locale, engines, saved, spent }) => {
            const [first, ...others] = engines
            return (
              <tr key={locale}>
                <th scope="row">{localeName(locale)}</th>
                <td class="cost-words">
                  {first === undefined ? t('none: memory only') : engineName(first.engine)}
                  {others.length > 0 && (
                    <small>
                      {' '}
                      {t('then {names}', {
                        names: others.map(({ engine }) => engineName(engine)).join(', '),
                      })}
                    </small>
                  )}
                </td>
                <td>{count(first?.characters ?? 0)}</td>
                <td>{count(saved)}</td>
                <td>{count(spent)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** What is left this month under the ceilings of engines. */
export function CeilingList({ cost }: CostProps) {
  const ceilings = new Map(
    cost.locales.flatMap(({ engines }) =>
      engines.flatMap(({ engine, ceiling }) => (ceiling === null ? [] : [[engine, ceiling] as const])),
    ),
  )
  if (ceilings.size === 0) {
    return <p class="hint">{t('No engine has a ceiling (TALMACH_MT_CEILING).')}</p>
  }
  return (
    <dl class="cost-ceilings">
      {[...ceilings].map(([engine, { unit, most, used }]) => {
        const values = { used: count(used), most: count(most), left: count(Math.max(0, most - used)) }
        return (
          <div key={engine}>
            <dt id={`ceiling-${engine}`}>{engineName(engine)}</dt>
            <dd>
              <meter
                min={0}
                max={most}
                high={most * 0.9}
                value={used}
                aria-labelledby={`ceiling-${engine}`}
              />
              <p>
                {unit === 'characters'
                  ? t('{used} of {most} characters used this month, {left} left', values)
                  : t('{used} of {most} tokens used this month, {left} left', values)}
              </p>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

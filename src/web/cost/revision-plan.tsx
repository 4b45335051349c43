import type { CostView } from '../../http/cost-schemas.ts'
import { t } from '../i18n.ts'
import { count, engineName, localeName } from '../words.ts'
import { CeilingList } from './cost-tables.tsx'
import { ScrollBox } from './scroll-box.tsx'

/** What a new version keeps, changes and costs, one language a row. */
export function RevisionPlan({ plan }: { readonly plan: CostView }) {
  return (
    <section class="cost-part" aria-label={t('What would change')}>
      <ScrollBox label={t('Sentences by language')}>
        <table class="cost-table">
          <caption class="visually-hidden">{t('Sentences that stay and change, by language')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Language')}</th>
              <th scope="col">{t('Kept')}</th>
              <th scope="col">{t('of them approved')}</th>
              <th scope="col">{t('Changed, to confirm again')}</th>
              <th scope="col">{t('Changed, done anew')}</th>
              <th scope="col">{t('New')}</th>
              <th scope="col">{t('Removed')}</th>
              <th scope="col">{t('Characters to be billed')}</th>
              <th scope="col">{t('Characters saved')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.locales.map(({ locale, changes, engines, saved }) => (
              <tr key={locale}>
                <th scope="row">{localeName(locale)}</th>
                <td>{count(changes?.kept ?? 0)}</td>
                <td>{count(changes?.approved ?? 0)}</td>
                <td>{count(changes?.draft ?? 0)}</td>
                <td>{count(changes?.again ?? 0)}</td>
                <td>{count(changes?.added ?? 0)}</td>
                <td>{count(changes?.removed ?? 0)}</td>
                <td>
                  {count(engines[0]?.characters ?? 0)}
                  {engines[0] !== undefined && <small> {engineName(engines[0].engine)}</small>}
                </td>
                <td>{count(saved)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p class="hint">{t('Removed sentences stay in the history of the version that is here now.')}</p>
      <CeilingList cost={plan} />
    </section>
  )
}

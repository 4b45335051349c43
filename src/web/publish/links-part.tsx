import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { CopyLine } from './copy-line.tsx'

/** Addresses that a site needs once, whatever the document. */
export function LinksPart({ session }: { readonly session: SessionView }) {
  const at = (path: string) => `${location.origin}${path}`
  const [, ...targets] = session.edition
  const locales = session.locales.length > 0 ? session.locales : targets
  return (
    <>
      <p class="lead">
        {t(
          'A site fetches these with a token of the role “publisher”. Where the server is set to public feeds, it needs none.',
        )}
      </p>
      <section class="panel" aria-labelledby="links-news">
        <h2 id="links-news">{t('What is new')}</h2>
        <p class="hint">
          {t('For a site that keeps its own copies: everything that came out, in order, with a cursor.')}
        </p>
        <CopyLine label={t('Releases since a cursor')} text={at('/api/releases?since=0')} />
        <CopyLine label={t('Key of releases')} text={at('/.well-known/talmach-release-key')} />
      </section>
      <section class="panel" aria-labelledby="links-feeds">
        <h2 id="links-feeds">{t('Feeds')}</h2>
        <p class="hint">{t('For feed readers and sites that show the newest articles.')}</p>
        <CopyLine label={t('All languages, JSON Feed')} text={at('/feed.json')} />
        <CopyLine label={t('All languages, Atom')} text={at('/feed.atom')} />
        {locales.map((locale) => (
          <CopyLine
            key={locale}
            label={t('{language}, Atom', { language: localeName(locale) })}
            text={at(`/feed.atom?locale=${locale}`)}
          />
        ))}
      </section>
      <section class="panel" aria-labelledby="links-command">
        <h2 id="links-command">{t('On the command line')}</h2>
        <p class="hint">
          {t(
            'Fetches what is published into a folder, or a release as a ZIP, whose signature can be checked without this server.',
          )}
        </p>
        <CopyLine
          label={t('Everything, into a folder')}
          text="npx talmach bundle --all --dir published --as html"
        />
        <CopyLine label={t('Fetch')} text="npx talmach bundle DOCUMENT --out release.zip" />
        <CopyLine
          label={t('Check')}
          text={`npx talmach bundle --verify release.zip --key ${at('/.well-known/talmach-release-key')}`}
        />
      </section>
    </>
  )
}

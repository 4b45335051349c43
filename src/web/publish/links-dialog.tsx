import type { PublishedDocument } from '../../http/publication-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { CopyLine } from './copy-line.tsx'

type LinksDialogProps = { readonly document: PublishedDocument; readonly onClose: () => void }

/** Where a document is fetched. */
export function LinksDialog({ document, onClose }: LinksDialogProps) {
  const base = `${location.origin}/api/documents/${document.id}/bundle`
  const published = document.locales.filter((one) => one.published !== null)
  return (
    <Dialog title={t('Addresses of this document')} wide onClose={onClose}>
      <div class="copy-lines">
        <CopyLine label={t('Newest release, ZIP')} text={base} />
        {document.release !== null && (
          <CopyLine
            label={t('This release for ever, ZIP')}
            text={`${location.origin}/api/releases/${document.release.sha256}`}
          />
        )}
        {published.map(({ locale }) => (
          <CopyLine
            key={locale}
            label={t('{language}, HTML', { language: localeName(locale) })}
            text={`${base}/${locale}?as=html`}
          />
        ))}
      </div>
      <p class="hint">
        {t(
          'In place of html: md, txt, json or manifest; without it, the document in its own format. Names give the newest text, hashes one that never changes.',
        )}
      </p>
    </Dialog>
  )
}

import { countChanges } from './bundle-changes.ts'
import { linesIn } from './corrections.ts'
import type { PublicationEvent } from './publication-events.ts'

const TYPES = {
  bundle: 'bundle.published',
  release: 'release.published',
  retraction: 'document.retracted',
  reinstatement: 'document.reinstated',
} as const

/** An event as the world outside sees it: the items of `/api/releases` and, with `type` and time, a webhook’s message. */
export function messageOf(event: PublicationEvent) {
  const { manifest } = event
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
  return {
    id: event.id,
    type: TYPES[event.kind],
    timestamp: event.publishedAt.toISOString(),
    data: {
      number: event.number,
      document: event.documentId,
      sha256: event.sha256 === '' ? null : event.sha256,
      locale: event.locale === '' ? null : event.locale,
      title: text(manifest.title),
      locales: event.kind === 'release' ? list(manifest.locales) : null,
      missing: event.kind === 'release' ? list(manifest.missing) : null,
      notice: event.kind === 'retraction' ? text(manifest.notice) : null,
      notices: event.kind === 'retraction' ? manifest.notices : null,
      href: hrefOf(event),
      changes: event.kind === 'bundle' ? countChanges(manifest.changes) : null,
      corrections: event.kind === 'bundle' ? linesIn(manifest.corrections) : null,
    },
  }
}

function hrefOf({ kind, documentId, locale, sha256 }: PublicationEvent): string | null {
  if (kind === 'bundle') return `/api/documents/${documentId}/bundle/${locale}`
  return kind === 'release' ? `/api/releases/${sha256}` : null
}

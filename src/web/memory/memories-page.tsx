import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { MemoryView } from '../../http/memory-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { describeFailure } from '../request.ts'
import { TopBar } from '../top-bar.tsx'
import { CleaningPart } from './cleaning-part.tsx'
import { ConcordancePart } from './concordance-part.tsx'
import './memory.css'
import { listMemories } from './memory-api.ts'
import { MemoryList } from './memory-list.tsx'

type MemoriesPageProps = { readonly session: SessionView; readonly part?: string }

/** Translation memories: which there are and how they are read, what stands in them, and cleaning them. */
export function MemoriesPage({ session, part }: MemoriesPageProps) {
  const memories = useSignal<readonly MemoryView[] | null>(null)
  const wrong = useSignal<string | null>(null)
  const load = async () => {
    const answer = await listMemories()
    if (answer.kind === 'ok') memories.value = answer.value.memories
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
  }
  useEffect(() => {
    document.title = t('Memories · Talmach')
    void load()
  }, [])
  const all = memories.value
  const parts = [
    { path: '/memories', name: t('Memories'), here: part === undefined },
    { path: '/memories/search', name: t('Search'), here: part === 'search' },
    { path: '/memories/clean', name: t('Clean'), here: part === 'clean' },
  ]
  return (
    <div class="desk">
      <TopBar session={session} page="memories" />
      <main class="desk-main memory-main">
        <header class="page-head">
          <h1>{t('Translation memories')}</h1>
          <nav class="parts" aria-label={t('Parts of the memories')}>
            {parts.map(({ path, name, here }) => (
              <a key={path} href={path} aria-current={here ? 'page' : undefined}>
                {name}
              </a>
            ))}
          </nav>
        </header>
        {wrong.value !== null && <LoadFailure wrong={wrong.value} again={() => void load()} />}
        {all === null && wrong.value === null && <p role="status">{t('Loading…')}</p>}
        {all !== null && part === undefined && (
          <MemoryList memories={all} session={session} onChanged={() => void load()} />
        )}
        {all !== null && part === 'search' && <ConcordancePart memories={all} session={session} />}
        {all !== null && part === 'clean' && (
          <CleaningPart memories={all} session={session} onChanged={() => void load()} />
        )}
      </main>
    </div>
  )
}

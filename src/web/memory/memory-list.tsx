import { useSignal } from '@preact/signals'
import type { MemoryView } from '../../http/memory-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { may } from '../session.ts'
import { count, localeName } from '../words.ts'
import { ImportDialog } from './import-dialog.tsx'
import { exportPath } from './memory-api.ts'
import { DeleteMemoryDialog, MemoryDialog } from './memory-dialogs.tsx'

type MemoryListProps = {
  readonly memories: readonly MemoryView[]
  readonly session: SessionView
  readonly onChanged: () => void
}

type Doing =
  | { readonly kind: 'new' }
  | { readonly kind: 'change' | 'import' | 'delete'; readonly memory: MemoryView }

/** Which memories there are, in the order in which they are read. */
export function MemoryList({ memories, session, onChanged }: MemoryListProps) {
  const doing = useSignal<Doing | null>(null)
  const manages = may(session, 'manage')
  const close = () => (doing.value = null)
  const now = doing.value
  return (
    <section class="memory-list" aria-label={t('Memories')}>
      {manages && (
        <p>
          <button type="button" class="button primary" onClick={() => (doing.value = { kind: 'new' })}>
            {t('New memory')}
          </button>
        </p>
      )}
      <p class="hint">
        {t(
          'They are read from top to bottom: of equal matches the upper one comes first. What is approved here goes into “approved”.',
        )}
      </p>
      {memories.map((memory) => (
        <MemoryCard
          key={memory.id}
          memory={memory}
          manages={manages}
          onDo={(kind) => (doing.value = { kind, memory })}
        />
      ))}
      {now?.kind === 'new' && <MemoryDialog onClose={close} onChanged={onChanged} />}
      {now?.kind === 'change' && <MemoryDialog memory={now.memory} onClose={close} onChanged={onChanged} />}
      {now?.kind === 'import' && <ImportDialog memory={now.memory} onClose={close} onChanged={onChanged} />}
      {now?.kind === 'delete' && (
        <DeleteMemoryDialog memory={now.memory} onClose={close} onChanged={onChanged} />
      )}
    </section>
  )
}

type MemoryCardProps = {
  readonly memory: MemoryView
  readonly manages: boolean
  readonly onDo: (kind: 'change' | 'import' | 'delete') => void
}

function MemoryCard({ memory, manages, onDo }: MemoryCardProps) {
  const { id, name, pairs } = memory
  const units = pairs.reduce((sum, pair) => sum + pair.units, 0)
  return (
    <article class="card memory-card" aria-labelledby={`memory-${id}`} data-active={memory.active}>
      <header class="card-head">
        <div>
          <h2 id={`memory-${id}`} class="card-title">
            {name}
          </h2>
          <p class="card-meta">
            <span>{tn(units, '{count} pair', '{count} pairs')}</span>
            <span>{t('Priority {number}', { number: memory.priority })}</span>
            <span>
              {memory.penalty === 0
                ? t('no penalty')
                : tn(memory.penalty, '{count} point off', '{count} points off')}
            </span>
            {memory.domain !== '' && <span>{t('Subject: {name}', { name: memory.domain })}</span>}
            {!memory.active && <strong class="alarm">{t('Not read')}</strong>}
          </p>
        </div>
        <div class="memory-actions">
          {manages && (
            <>
              <button type="button" class="button small" onClick={() => onDo('import')}>
                {t('Import TMX…')}
                <span class="visually-hidden"> {t('into {name}', { name })}</span>
              </button>
              <button type="button" class="button small" onClick={() => onDo('change')}>
                {t('Settings…')}
                <span class="visually-hidden"> {t('of {name}', { name })}</span>
              </button>
              {name !== 'approved' && (
                <button type="button" class="button small" onClick={() => onDo('delete')}>
                  {t('Delete…')}
                  <span class="visually-hidden"> {name}</span>
                </button>
              )}
            </>
          )}
          {units > 0 && (
            <a class="button small" href={exportPath(id, null)} download>
              {t('Export all')}
              <span class="visually-hidden"> {t('of {name} as TMX', { name })}</span>
            </a>
          )}
        </div>
      </header>
      {pairs.length > 0 && (
        <table class="memory-table">
          <caption class="visually-hidden">{t('Languages in {name}', { name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('From')}</th>
              <th scope="col">{t('To')}</th>
              <th scope="col" class="number">
                {t('Pairs')}
              </th>
              <th scope="col">
                <span class="visually-hidden">{t('Export')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ source, target, units: held }) => (
              <tr key={`${source} ${target}`}>
                <td>{localeName(source)}</td>
                <td>{localeName(target)}</td>
                <td class="number">{count(held)}</td>
                <td>
                  <a href={exportPath(id, { source, target })} download>
                    {t('Export')}
                    <span class="visually-hidden">
                      {' '}
                      {t('{source} to {target} of {name} as TMX', {
                        ...{ source: localeName(source), target: localeName(target), name },
                      })}
                    </span>
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  )
}

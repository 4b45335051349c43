import { useSignal } from '@preact/signals'
import type { MemoryView } from '../../http/memory-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { changeMemory, createMemory, deleteMemory } from './memory-api.ts'

type DialogProps = { readonly onClose: () => void; readonly onChanged: () => void }

/** How a memory is read; without `memory` a new one is made. */
export function MemoryDialog({ memory, onClose, onChanged }: DialogProps & { readonly memory?: MemoryView }) {
  const name = useSignal('')
  const wish = useSignal({
    priority: memory?.priority ?? 100,
    penalty: memory?.penalty ?? 0,
    domain: memory?.domain ?? '',
    active: memory?.active ?? true,
  })
  const wrong = useSignal<string | null>(null)
  const busy = useSignal(false)
  const save = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const answer =
      memory === undefined
        ? await createMemory({ name: name.value, ...wish.value })
        : await changeMemory(memory.id, wish.value)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    onChanged()
    onClose()
  }
  const set = (more: Partial<typeof wish.value>) => (wish.value = { ...wish.value, ...more })
  return (
    <Dialog
      title={memory === undefined ? t('New memory') : t('Settings of {name}', { name: memory.name })}
      onClose={onClose}
    >
      <form onSubmit={(event) => void save(event)}>
        {memory === undefined && (
          <label class="field">
            {t('Name')}
            <input
              class="input"
              required
              maxLength={100}
              value={name.value}
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
          </label>
        )}
        <label class="field">
          {t('Priority: lower is read first')}
          <input
            class="input"
            type="number"
            min={0}
            max={1000}
            value={wish.value.priority}
            onInput={(event) => set({ priority: event.currentTarget.valueAsNumber || 0 })}
          />
        </label>
        <label class="field">
          {t('Points that every match of it loses')}
          <input
            class="input"
            type="number"
            min={0}
            max={30}
            value={wish.value.penalty}
            onInput={(event) => set({ penalty: event.currentTarget.valueAsNumber || 0 })}
          />
        </label>
        <label class="field">
          {t('Subject of its texts, if they have one')}
          <input
            class="input"
            maxLength={100}
            value={wish.value.domain}
            onInput={(event) => set({ domain: event.currentTarget.value })}
          />
        </label>
        <label class="memory-check">
          <input
            type="checkbox"
            checked={wish.value.active}
            onChange={(event) => set({ active: event.currentTarget.checked })}
          />{' '}
          {t('Look for matches in it')}
        </label>
        <FormEnd submit={t('Save')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

/** Deleting a whole memory cannot be undone, so its name has to be written. */
export function DeleteMemoryDialog({
  memory,
  onClose,
  onChanged,
}: DialogProps & { readonly memory: MemoryView }) {
  const said = useSignal('')
  const wrong = useSignal<string | null>(null)
  const busy = useSignal(false)
  const units = memory.pairs.reduce((sum, pair) => sum + pair.units, 0)
  const remove = async (event: Event) => {
    event.preventDefault()
    if (said.value !== memory.name) {
      wrong.value = t('That is not its name.')
      return
    }
    busy.value = true
    const answer = await deleteMemory(memory.id)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    notify(t('The memory “{name}” is gone.', { name: memory.name }))
    onChanged()
    onClose()
  }
  return (
    <Dialog title={t('Delete {name}', { name: memory.name })} onClose={onClose}>
      <form onSubmit={(event) => void remove(event)}>
        <p>
          {tn(
            units,
            'It holds {count} pair. This cannot be undone; export it first if in doubt.',
            'It holds {count} pairs. This cannot be undone; export it first if in doubt.',
          )}
        </p>
        <label class="field">
          {t('Write its name to delete it: {name}', { name: memory.name })}
          <input
            class="input"
            value={said.value}
            autocomplete="off"
            onInput={(event) => (said.value = event.currentTarget.value)}
          />
        </label>
        <FormEnd submit={t('Delete for good')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

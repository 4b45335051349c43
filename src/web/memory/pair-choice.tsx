import type { MemoryView } from '../../http/memory-schemas.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import type { LocalePair } from './memory-api.ts'

/** Pairs of languages that some memories have, each once, the largest first. */
export function pairsOf(memories: readonly MemoryView[]): readonly LocalePair[] {
  const units = new Map<string, number>()
  for (const { pairs } of memories) {
    for (const { source, target, units: held } of pairs) {
      const name = nameOf({ source, target })
      units.set(name, (units.get(name) ?? 0) + held)
    }
  }
  return [...units]
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([name]) => {
      const [source = '', target = ''] = name.split(' ')
      return { source, target }
    })
}

const nameOf = ({ source, target }: LocalePair) => `${source} ${target}`

type PairChoiceProps = {
  readonly pairs: readonly LocalePair[]
  readonly chosen: LocalePair | undefined
  readonly onChoose: (pair: LocalePair) => void
}

/** From which language into which. */
export function PairChoice({ pairs, chosen, onChoose }: PairChoiceProps) {
  return (
    <label class="field">
      {t('Languages')}
      <select
        class="input"
        value={chosen === undefined ? '' : nameOf(chosen)}
        onChange={(event) => {
          const name = event.currentTarget.value
          const pair = pairs.find((one) => nameOf(one) === name)
          if (pair !== undefined) onChoose(pair)
        }}
      >
        {pairs.map((pair) => (
          <option key={nameOf(pair)} value={nameOf(pair)}>
            {t('{source} to {target}', { source: localeName(pair.source), target: localeName(pair.target) })}
          </option>
        ))}
      </select>
    </label>
  )
}

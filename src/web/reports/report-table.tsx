import type { ComponentChild } from 'preact'
import { useId } from 'preact/hooks'

/** One number that is to be seen first. */
export function Figure({ words, value }: { readonly words: string; readonly value: string }) {
  return (
    <div class="figure">
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  )
}

type TableProps = {
  readonly title: string
  readonly note?: string
  /** The first column names, the others count. */
  readonly head: readonly string[]
  readonly rows: readonly {
    readonly key: string
    readonly cells: readonly ComponentChild[]
    /** How much of the whole it is, 0 to 1, drawn behind its name. */
    readonly share?: number
  }[]
}

/** A table with a title that prints well and scrolls by itself where it is too wide. */
export function Table({ title, note, head, rows }: TableProps) {
  const id = useId()
  return (
    <div class="report-part">
      <h3 id={id}>{title}</h3>
      {note !== undefined && <p class="hint">{note}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section class="report-scroll" tabIndex={0} aria-labelledby={id}>
        <table class="report-table">
          <thead>
            <tr>
              {head.map((words) => (
                <th key={words} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [name, ...numbers], share }) => (
              <tr key={key}>
                <th scope="row">
                  {name}
                  {share !== undefined && (
                    <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                      <rect width="100" height="4" class="share-all" />
                      <rect width={100 * share} height="4" class="share-part" />
                    </svg>
                  )}
                </th>
                {numbers.map((number, place) => (
                  <td key={head[place + 1] ?? ''}>{number}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

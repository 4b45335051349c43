import type { ComponentChildren } from 'preact'

/** A wide table that scrolls by itself, also by keys. */
export function ScrollBox({
  label,
  children,
}: {
  readonly label: string
  readonly children: ComponentChildren
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys (WCAG 2.1.1)
    <section class="cost-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

import { signal } from '@preact/signals'

export type Panel = 'jump' | 'concordance' | 'replace'

/** The dialog that is open beside the text; only one at a time. */
export const panel = signal<Panel | null>(null)

export const openPanel = (which: Panel): void => {
  panel.value = which
}
export const closePanel = (): void => {
  panel.value = null
}

import { signal } from '@preact/signals'
import { browserStorage } from './drafts.ts'

const PLACE = 'talmach.preview'
/** From here on there is room for three columns, in CSS pixels. */
const WIDE = 1400

/** Whether the preview stands beside the editor; on a phone: whether it is the tab that is shown. */
export const previewShown = signal(false)

/** What the person chose last; without a choice the preview is there where it has room. */
export function openPreview(): void {
  const chosen = read()
  previewShown.value = chosen === null ? window.innerWidth >= WIDE : chosen && window.innerWidth > 760
}

/** @param shown left out: the other way round */
export function togglePreview(shown = !previewShown.peek()): void {
  previewShown.value = shown
  try {
    browserStorage()?.setItem(PLACE, String(shown))
  } catch {
    // It is shown this once.
  }
}

function read(): boolean | null {
  try {
    const kept = browserStorage()?.getItem(PLACE) ?? null
    return kept === null ? null : kept === 'true'
  } catch {
    return null
  }
}

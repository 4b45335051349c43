import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export type Near = {
  readonly element: RefObject<HTMLDivElement | null>
  readonly near: ReadonlySignal<boolean>
  /** In pixels: as it was when it was drawn last, before that the guess. */
  readonly height: ReadonlySignal<number>
}

/**
 * Knows of a part of a long list whether it is near what one sees, so that only such parts are drawn, and how much room
 * to leave for it while it is not.
 * @param guess its height before it was ever drawn, in pixels
 * @param margin how far outside is near, as CSS has it
 * @param scroller what scrolls; the window when left out
 */
export function useNear(
  guess: number,
  margin: string,
  scroller?: { readonly current: HTMLElement | null },
): Near {
  const near = useSignal(false)
  const height = useSignal(guess)
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const watched = element.current
    if (watched === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1)
        if (entry === undefined) return
        if (near.peek() && !entry.isIntersecting) height.value = entry.boundingClientRect.height
        near.value = entry.isIntersecting
      },
      { root: scroller?.current ?? null, rootMargin: margin },
    )
    observer.observe(watched)
    return () => observer.disconnect()
  }, [])
  return { element, near, height }
}

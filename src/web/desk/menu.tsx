import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

type MenuProps = {
  /** What the button says. */
  readonly label: ComponentChildren
  /** Goes on after the label for those who do not see what it stands beside. */
  readonly of: string
  readonly quiet?: boolean
  /** List items with one link or button each. */
  readonly children: ComponentChildren
}

/** A button that opens a list of links and buttons. It closes when one is chosen, with Escape, or when one goes elsewhere. */
export function Menu({ label, of, quiet, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const closeOutside = ({ target }: Event) => {
      if (menu.current?.open === true && target instanceof Node && !menu.current.contains(target)) {
        menu.current.open = false
      }
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    }
  }, [])
  return (
    <details ref={menu} class="menu" onKeyDown={closeOnEscape}>
      <summary class={quiet === true ? 'button small quiet' : 'button small'}>
        {label}
        <span class="visually-hidden"> {of}</span>
      </summary>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a chosen item is a link or a button, which keys press as well */}
      <ul class="menu-list" onClick={closeAfterChoice}>
        {children}
      </ul>
    </details>
  )
}

function closeAfterChoice({ target, currentTarget }: Event) {
  if (!(target instanceof Element) || !(currentTarget instanceof Element)) return
  const details = currentTarget.closest('details')
  if (target.closest('a, button') !== null && details !== null) details.open = false
}

function closeOnEscape(event: KeyboardEvent) {
  if (event.key !== 'Escape' || !(event.currentTarget instanceof HTMLDetailsElement)) return
  event.currentTarget.open = false
  event.currentTarget.querySelector('summary')?.focus()
}

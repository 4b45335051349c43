import { StyleModule } from 'style-mod'

/**
 * CodeMirror writes its styles into a `<style>` element, which `style-src 'self'` forbids. Constructed style
 * sheets are allowed: this makes style-mod use one for the document, as it does by itself in shadow roots.
 * Call it once, before the first view is made.
 */
export function useConstructedStyleSheets(): void {
  const mounted = new Set<StyleModule>()
  StyleModule.mount = (root, modules) => {
    for (const module of Array.isArray(modules) ? modules : [modules]) {
      if (mounted.has(module)) continue
      mounted.add(module)
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(module.getRules())
      // The base theme comes first in the list, so that what follows is the stronger.
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    }
  }
}

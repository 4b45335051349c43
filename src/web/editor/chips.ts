import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view'
import { FIRST_CODE } from '../../domain/document.ts'
import type { CodeView } from '../../http/schemas.ts'
import { codeHint, describeCode } from './codes.ts'

/** An inline code drawn as a chip. */
class ChipWidget extends WidgetType {
  private readonly code: CodeView | undefined
  private readonly index: number

  constructor(code: CodeView | undefined, index: number) {
    super()
    this.code = code
    this.index = index
  }
  override eq(other: ChipWidget): boolean {
    return other.index === this.index && other.code === this.code
  }
  override toDOM(): HTMLElement {
    const chip = document.createElement('span')
    chip.className = 'chip'
    chip.dataset.kind = this.code?.kind ?? 'single'
    chip.dir = 'ltr'
    chip.title = codeHint(this.code)
    chip.setAttribute('role', 'img')
    chip.setAttribute('aria-label', describeCode(this.code))
    chip.textContent = this.code?.label ?? String(this.index + 1)
    return chip
  }
}

/** Draws each code character as a chip that the cursor steps over whole. */
export function chips(codes: readonly CodeView[]) {
  const matcher = new MatchDecorator({
    regexp: /[\ue000-\uf8ff]/g,
    decoration: (match) => {
      const index = match[0].charCodeAt(0) - FIRST_CODE
      return Decoration.replace({ widget: new ChipWidget(codes[index], index) })
    },
  })
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations)
      }
    },
    {
      decorations: (plugin) => plugin.decorations,
      provide: (plugin) =>
        EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
    },
  )
}

import type { CodeView } from '../../http/schemas.ts'
import { codeHint, describeCode } from './codes.ts'

/** An inline code in text that is not being edited. */
export function Chip({ codes, index }: { readonly codes: readonly CodeView[]; readonly index: number }) {
  const code = codes[index]
  return (
    <span
      class="chip"
      data-kind={code?.kind ?? 'single'}
      dir="ltr"
      title={codeHint(code)}
      role="img"
      aria-label={describeCode(code)}
    >
      {code?.label ?? index + 1}
    </span>
  )
}

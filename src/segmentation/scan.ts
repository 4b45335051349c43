import type { Enclosures } from './enclosures.ts'
import type { LineShape } from './lines.ts'
import type { ListMarker } from './list-marker.ts'
import type { Rules } from './rules.ts'

/** Where one scan of one text stands. Only `segment.ts` changes it; the decisions read it. */
export type Scan = {
  readonly text: string
  readonly rules: Rules
  readonly lines: boolean
  readonly enclosures: Enclosures
  /** The first enclosure that ends after the current place. */
  enclosure: number
  /** Where the current sentence begins. */
  start: number
  /** The list marker that a sentence began with last. */
  marker: ListMarker | undefined
  /** Measured when the first line break asks for it. */
  shape: LineShape | undefined
  readonly ends: number[]
}

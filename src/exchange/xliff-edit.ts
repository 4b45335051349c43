import { DomainError } from '../domain/errors.ts'
import type { TargetState } from '../domain/target.ts'
import { childrenNamed, parseXml } from '../xml/tree.ts'
import { openUnit1, partsOf1, segmentId, unitsOf1 } from './xliff-1-unit.ts'
import { readMetadata2 } from './xliff-2-modules.ts'
import { openUnit2, unitsOf2 } from './xliff-2-unit.ts'
import { dialectOf } from './xliff-dialect.ts'
import { editUnit1 } from './xliff-edit-1.ts'
import { editSegment2 } from './xliff-edit-2.ts'
import { isOurs1, isOurs2, versionOf } from './xliff-version.ts'
import { applySplices, type XmlSplice } from './xml-splice.ts'

/** What to change in one segment of an XLIFF file. */
export type XliffEdit = {
  /** Place of its `file` element, from 0; default 0. */
  readonly file?: number
  /** As `ReadSegment.id`. Where several segments have it, the nth edit is for the nth of them. */
  readonly id: string
  /** The new translation, with the code characters of `ReadSegment.targetCodes`. Absent: the old one stays. */
  readonly target?: string
  /** Absent: the old one stays, whatever the text. */
  readonly state?: TargetState
}

/**
 * Changes translations and states in an XLIFF file of any tool, and nothing else: every other character stays.
 *
 * A target that is asked for as it stands is left as it is written. A new one is written with the mark-up of its
 * codes as the file has it: of the old target, else of the source; `g` and `pc` that would not nest become `bx`
 * and `ex`, `sc` and `ec`. Annotations (`mrk`, `sm`, `em`) in a target that is written anew are not kept. A code
 * that stands twice has the same id twice. A target that is absent is made where the specification wants it. The
 * state is written as the version and the tool have it: `state` and `approved`, `sdl:seg/@conf`, `mq:status`,
 * `m:confirmed`; what the file says of the machine that wrote the text before (`state-qualifier`, `subState`) goes.
 * A 1.x unit of several segments has one state for all: the least of them.
 *
 * @param text decoded, as `readXliff` takes it; the result is to be encoded as the file was
 * @param file its name, for the places in errors
 * @throws DomainError as `readXliff` does; `not-found`: a file or segment that is not there; `invalid-input`: a code
 *   character that the segment has no code for
 */
export function editXliff(text: string, edits: readonly XliffEdit[], file?: string): string {
  const named = file === undefined ? {} : { file }
  const root = parseXml(text, { ...named, looseNamespaces: true })
  const version = versionOf(root, named, () => {})
  const files = childrenNamed(root, 'file')
  const byFile = Map.groupBy(edits, (edit) => edit.file ?? 0)
  const splices: XmlSplice[] = []
  for (const [at, wanted] of byFile) {
    const element = files[at]
    const queue = new EditQueue(wanted, named)
    if (element !== undefined && version.startsWith('1.')) {
      const context = {
        text,
        dialect: dialectOf(root, element),
        ours: isOurs1(element, childrenNamed(element, 'header').at(0)),
      }
      for (const { unit } of unitsOf1(element)) {
        if (queue.isEmpty) break
        const opened = openUnit1(unit)
        const parts = partsOf1(opened)
        const changes = parts.map(({ name }) => queue.take(segmentId(opened.id, name, parts.length)))
        if (changes.some((change) => change !== undefined)) {
          splices.push(...editUnit1(opened, parts, changes, context))
        }
      }
    } else if (element !== undefined) {
      const context = { text, ours: isOurs2(element, readMetadata2(childrenNamed(element, 'metadata'))) }
      for (const { unit } of unitsOf2(element)) {
        if (queue.isEmpty) break
        const opened = openUnit2(unit)
        for (const part of opened.parts) {
          if (part.ignorable || part.source === undefined) continue
          const change = queue.take(segmentId(opened.id, part.name, opened.segments))
          if (change !== undefined) splices.push(...editSegment2(opened, part, change, context))
        }
      }
    }
    queue.expectEmpty(element !== undefined)
  }
  return applySplices(text, splices)
}

/** The edits of one file that are still to be made, by segment. */
class EditQueue {
  readonly #edits: Map<string, XliffEdit[]>
  readonly #named: { readonly file?: string }

  constructor(edits: readonly XliffEdit[], named: { readonly file?: string }) {
    this.#edits = Map.groupBy(edits.toReversed(), ({ id }) => id)
    this.#named = named
  }

  get isEmpty(): boolean {
    return this.#edits.size === 0
  }

  take(id: string): XliffEdit | undefined {
    const edits = this.#edits.get(id)
    const edit = edits?.pop()
    if (edits?.length === 0) this.#edits.delete(id)
    return edit
  }

  expectEmpty(hasFile: boolean): void {
    const [id] = this.#edits.keys()
    if (id === undefined) return
    const message = hasFile ? 'this XLIFF has no such segment' : 'this XLIFF has no such file element'
    throw new DomainError('not-found', `${message}: ${id.slice(0, 80)}`, {
      place: { ...this.#named, segment: id },
    })
  }
}

import type { CodeType, InlineCode } from '../domain/document.ts'
import type { CodeDraft } from './unit-builder.ts'

/** One code as translators see it: the drafts [first, last], which touch one another. */
export type CodeAtom = {
  readonly kind: InlineCode['kind']
  readonly pair: number | null
  readonly type: CodeType
  readonly label: string
  readonly equiv: string
  readonly first: number
  readonly last: number
  readonly solo: boolean
  readonly deletable: boolean
  readonly reorderable: boolean
}

type Atom = { -readonly [Key in keyof CodeAtom]: CodeAtom[Key] }

/** When codes are merged the most telling type stays. */
const RANK: readonly CodeType[] = ['note', 'image', 'code', 'link', 'break', 'format', 'other', 'char']
const LONGEST_LABEL = 16

/**
 * Finds partners and makes few codes out of many, so that a translator sees few tags: an element without
 * text becomes one single code; nested elements around the same text become one pair; comments join their
 * neighbours. Nothing is lost, for every code still stands for its exact characters.
 *
 * @param codes in order of appearance
 * @param positions where each stands in the unit's text; neighbours in number touch one another
 * @returns atoms in order; `pair` is an index into this list. Linear in the number of codes.
 */
export function simplifyCodes(
  codes: readonly CodeDraft[],
  positions: readonly number[],
): readonly CodeAtom[] {
  const partners = pairCodes(codes)
  const apart = positions.every(
    (position, index) => index === 0 || position !== (positions[index - 1] ?? 0) + 1,
  )
  if (apart) return codes.map((_, index) => atomOf(codes, index, partners[index] ?? null))
  const single = joinEmptyElements(codes, partners, positions)
  return joinNestedPairs(single, positions)
}

/** Partner of each code by name, the nearest open one first; wrong nesting keeps its pairs. */
function pairCodes(codes: readonly CodeDraft[]): readonly (number | null)[] {
  const partners: (number | null)[] = codes.map(() => null)
  if (codes.length === 1) return partners
  const open = new Map<string, number[]>()
  for (const [index, code] of codes.entries()) {
    if (code.kind === 'single') continue
    const name = code.partner ?? code.label
    if (code.kind === 'open') {
      const waiting = open.get(name)
      if (waiting === undefined) open.set(name, [index])
      else waiting.push(index)
      continue
    }
    const partner = open.get(name)?.pop()
    if (partner === undefined) continue
    partners[partner] = index
    partners[index] = partner
  }
  return partners
}

function joinEmptyElements(
  codes: readonly CodeDraft[],
  partners: readonly (number | null)[],
  positions: readonly number[],
): Atom[] {
  const atoms: Atom[] = []
  for (const [index, code] of codes.entries()) {
    const partner = partners[index] ?? null
    let atom = atomOf(codes, index, partner)
    const touches = (other: number): boolean =>
      (positions[index] ?? 0) - (positions[other] ?? 0) === index - other
    if (
      code.kind === 'close' &&
      partner !== null &&
      touches(partner) &&
      closesWhole(atoms, partner, partners)
    ) {
      for (let top = atoms.at(-1); top !== undefined && top.first >= partner; top = atoms.at(-1)) {
        atoms.pop()
        // An element without text is an icon, a field, an anchor: somebody put it there for itself.
        atom = { ...merge(top, atom, 'single'), deletable: false }
      }
    }
    const before = atoms.at(-1)
    const joins =
      before?.kind === 'single' &&
      atom.kind === 'single' &&
      touches(before.last) &&
      (before.type === 'other' || atom.type === 'other')
    if (joins && atom.type !== 'char' && before.type !== 'char') {
      atoms.pop()
      atom = merge(before, atom, 'single')
    }
    atoms.push(atom)
  }
  return atoms
}

function atomOf(codes: readonly CodeDraft[], index: number, pair: number | null): Atom {
  const code = codes[index]
  const { kind = 'single', type = 'other', label = '', equiv = '', solo = false } = code ?? {}
  // Half a pair whose other half is missing or elsewhere has to stay.
  const whole = kind === 'single' || pair !== null
  const { deletable = false, reorderable = true } = (kind === 'close' ? codes[pair ?? -1] : code) ?? {}
  const flags = { deletable: deletable && whole, reorderable }
  return { kind, pair, type, label, equiv, first: index, last: index, solo, ...flags }
}

/** False when wrong nesting would swallow half of another pair. */
function closesWhole(atoms: readonly Atom[], open: number, partners: readonly (number | null)[]): boolean {
  for (let at = atoms.length - 1; at >= 0; at--) {
    const atom = atoms[at]
    if (atom === undefined || atom.first < open) return true
    if (atom.first === open) return true
    if (atom.kind !== 'single' || (partners[atom.first] === null && atom.type === 'char')) return false
  }
  return true
}

function joinNestedPairs(atoms: readonly Atom[], positions: readonly number[]): readonly CodeAtom[] {
  const byDraft = new Map<number, number>()
  for (const [index, atom] of atoms.entries()) {
    if (atom.kind !== 'single') byDraft.set(atom.first, index)
  }
  const pairs = atoms.map((atom) =>
    atom.kind === 'single' || atom.pair === null ? null : (byDraft.get(atom.pair) ?? null),
  )
  const touching = atoms.map((atom, index) => {
    const before = atoms[index - 1]
    return before !== undefined && positions[atom.first] === (positions[before.last] ?? 0) + 1
  })
  const joinsBefore = atoms.map(() => false)
  for (let index = 1; index < atoms.length; index++) {
    if (touching[index] !== true || atoms[index]?.kind !== atoms[index - 1]?.kind) continue
    const outer = pairs[index - 1]
    const inner = pairs[index]
    if (atoms[index]?.solo === true || atoms[index - 1]?.solo === true) continue
    if (atoms[index]?.kind === 'single' || outer === undefined || inner === undefined) continue
    if (outer === null && inner === null) joinsBefore[index] = true
    if (outer === null || inner === null || atoms[index]?.kind !== 'open') continue
    if (outer !== inner + 1 || touching[outer] !== true) continue
    joinsBefore[index] = true
    joinsBefore[outer] = true
  }
  const groups: Atom[] = []
  const groupOf: number[] = []
  for (const [index, atom] of atoms.entries()) {
    const before = groups.at(-1)
    if (joinsBefore[index] === true && before !== undefined) {
      groups[groups.length - 1] = merge(before, atom, atom.kind)
    } else groups.push({ ...atom })
    groupOf.push(groups.length - 1)
  }
  for (const [index, pair] of pairs.entries()) {
    const group = groups[groupOf[index] ?? -1]
    if (group !== undefined) group.pair = pair === null ? null : (groupOf[pair] ?? null)
  }
  return groups
}

function merge(left: Atom, right: Atom, kind: InlineCode['kind']): Atom {
  const type = RANK.indexOf(left.type) <= RANK.indexOf(right.type) ? left.type : right.type
  return {
    kind,
    pair: null,
    type,
    label: joinLabels(left.label, right.label),
    equiv: left.equiv + right.equiv,
    first: left.first,
    last: right.last,
    solo: left.solo || right.solo,
    deletable: left.deletable && right.deletable,
    reorderable: left.reorderable && right.reorderable,
  }
}

function joinLabels(left: string, right: string): string {
  if (left.endsWith('…') || right === `/${left}`) return left
  if (right.endsWith('…') && left.length + right.length > LONGEST_LABEL) return right
  const both = `${left} ${right}`
  return both.length <= LONGEST_LABEL ? both : `${left}…`
}

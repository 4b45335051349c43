import { SRX_HEADER, type SrxRules } from '../../src/domain/srx.ts'

/** Rules for every locale, written `break? before | after`. */
export function rulesOf(
  ...rules: readonly (readonly [yes: boolean, before: string, after: string])[]
): SrxRules {
  return {
    header: { ...SRX_HEADER, cascade: true },
    languageRules: [
      { name: 'all', rules: rules.map(([yes, before, after]) => ({ break: yes, before, after })) },
    ],
    maps: [{ pattern: '.*', languageRule: 'all' }],
  }
}

/** The ranges of a text between its ends. */
export function piecesOf(text: string, ends: readonly number[]): readonly string[] {
  return ends.map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end))
}

import { choosePaths, chooseTopLevel, type PathState } from './paths.ts'
import { draftToml } from './toml-values.ts'
import type { UnitDraft } from './unit-builder.ts'
import { draftYaml, isFault } from './yaml-values.ts'

/** Top-level keys whose values are prose. */
const PROSE_KEYS = new Set(
  'caption dek description excerpt headline lead standfirst subtitle summary title'.split(' '),
)

export type FrontMatterOptions = {
  readonly language: 'yaml' | 'toml'
  /** The values that are text; those of `PROSE_KEYS` unless given. */
  readonly paths: readonly string[] | undefined
  readonly file: string | undefined
}

/**
 * The units of front matter: the chosen strings. All other values, and front matter that is not valid YAML or
 * TOML, are left alone.
 *
 * @param start offset of the opening `---` or `+++` line in `source`; `end` is behind the closing one
 * @throws DomainError `invalid-input` for a path that is none, see `choosePaths`
 */
export function draftFrontMatter(
  source: string,
  start: number,
  end: number,
  { language, paths, file }: FrontMatterOptions,
): readonly UnitDraft[] {
  const root: PathState = paths === undefined ? chooseTopLevel(PROSE_KEYS) : choosePaths(paths)
  const first = source.indexOf('\n', start) + 1
  const last = source.lastIndexOf('\n', end - 1) + 1
  if (first === 0 || last < first) return []
  if (language === 'toml') return draftToml(source, first, last, { root, kind: 'metadata', file })
  const result = draftYaml(source, first, last, { root, kindOf: () => 'metadata', file })
  return isFault(result) ? [] : result
}

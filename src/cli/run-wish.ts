import type { Glossary } from '../domain/term.ts'
import type { Engine } from '../engines/engine.ts'
import type { EngineHealth } from '../engines/health.ts'
import type { Ledger } from '../engines/ledger.ts'
import type { TmxPair } from '../exchange/tmx-model.ts'
import type { XliffVersion } from '../exchange/xliff-model.ts'
import type { XliffProfile } from '../exchange/xliff-profile.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import type { SegmentationChoice } from '../store/segmentation-files.ts'

export type EngineCeiling = {
  readonly unit: 'characters' | 'tokens'
  readonly most: number
  readonly used: number
}

export type RunWish = {
  readonly file: string
  readonly settings: FormatSettings
  readonly segmentation: SegmentationChoice
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly outDir: string
  readonly glossaries: readonly Glossary[]
  /** What an engine may use this month and has used; null: it has no ceiling. */
  readonly ceiling: (engine: string) => Promise<EngineCeiling | null>
  /** What the document is about; empty: not said. */
  readonly domain: string
  /** Pairs of the translation memories for one target locale. */
  readonly memory: (targetLocale: string) => AsyncIterable<TmxPair>
  /** `auto`, `none` or names, as `TALMACH_MT`. */
  readonly mt: string
  readonly engines: readonly Engine[]
  readonly health: EngineHealth
  readonly ledger: Ledger
  readonly version: XliffVersion
  readonly profile: XliffProfile
  /** Told after each batch, for a progress bar. */
  readonly onProgress: (locale: string, done: number, all: number) => void
  /** Told once a locale, in plain words. */
  readonly onNotice: (locale: string, notice: string) => void
}

import { MultiBar, Presets, type SingleBar } from 'cli-progress'

export type Progress = {
  readonly update: (locale: string, done: number, all: number) => void
  readonly stop: () => void
}

/** A bar a locale on stderr; nothing where stderr is no terminal. */
export function showProgress(locales: readonly string[]): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const width = Math.max(...locales.map((locale) => locale.length))
  const multi = new MultiBar(
    {
      format: '{locale} {bar} {value}/{total}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.shades_classic,
  )
  const bars = new Map<string, SingleBar>()
  return {
    update: (locale, done, all) => {
      const bar = bars.get(locale) ?? multi.create(all, 0, { locale: locale.padEnd(width) })
      bars.set(locale, bar)
      bar.update(done)
    },
    stop: () => multi.stop(),
  }
}

import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { languageOf, parseLocale } from '../domain/locale.ts'
import { writeSrx } from '../exchange/srx.ts'
import { exportAbbreviations } from '../segmentation/abbreviation-rules.ts'
import type { Output } from './program.ts'

/** Adds `talmach srx`, so that a CAT tool of a partner cuts nearly as we do. */
export function addSrxCommand(program: Command, output: Output): void {
  program
    .command('srx')
    .description('our break rules as SRX 2.0, for OmegaT, Trados, memoQ and others')
    .argument('<languages...>', 'such as en de ru')
    .option('--out <file>', 'where they go (default: printed)')
    .action(async (tags: readonly string[], options: { readonly out?: string }) => {
      const languages = [...new Set(tags.map((tag) => languageOf(parseLocale(tag))))]
      const srx = writeSrx(exportAbbreviations(languages))
      if (options.out === undefined) output.print(srx.trimEnd())
      else await writeFile(options.out, srx)
    })
}

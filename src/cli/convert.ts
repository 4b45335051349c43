import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { CONVERT_FORMS, type ConvertForm, convert, formOfName } from '../exchange/convert/convert.ts'
import { countLosses } from '../exchange/convert/losses.ts'
import type { XliffProfile } from '../exchange/xliff-profile.ts'
import { requireFile } from './files.ts'
import { jsonOption, type Output, profileOption } from './program.ts'

export type ConvertFileWish = {
  readonly file: string
  readonly out: string
  /** Where the ending of `out` does not say. */
  readonly form?: ConvertForm
  readonly sourceLocale?: string
  readonly targetLocale?: string
  readonly profile: XliffProfile
}

export type ConvertReport = {
  readonly out: string
  readonly form: ConvertForm
  /** What the target format could not hold, one sentence each with how often. */
  readonly losses: readonly string[]
}

/**
 * One exchange file into another.
 * @throws DomainError `invalid-input`, `unsupported-format`, `not-found`; the output file is then as it was
 */
export async function convertFile({ file, out, ...wish }: ConvertFileWish): Promise<ConvertReport> {
  const form = wish.form ?? formOfName(out)
  if (form === undefined) {
    throw new DomainError('unsupported-format', `say with --as what to write: ${CONVERT_FORMS.join(', ')}`, {
      place: { file: out },
    })
  }
  await requireFile(file)
  const losses = countLosses()
  const draft = join(dirname(out), `.${basename(out)}.${process.pid}`)
  await mkdir(dirname(out), { recursive: true })
  try {
    const pieces = convert(() => createReadStream(file), { ...wish, file, form }, losses)
    await pipeline(Readable.from(pieces), createWriteStream(draft))
    await rename(draft, out)
  } finally {
    await rm(draft, { force: true })
  }
  return { out, form, losses: losses.sentences() }
}

type ConvertOptions = {
  readonly out: string
  readonly as?: ConvertForm
  readonly from?: string
  readonly to?: string
  readonly profile: XliffProfile
  readonly json?: true
}

/** `talmach convert`: XLIFF, TMX, TBX and glossary lists into each other; says what got lost. */
export function addConvertCommand(program: Command, output: Output): void {
  program
    .command('convert')
    .description('XLIFF, TMX, TBX and glossary lists into each other')
    .argument('<file>', 'XLIFF of any version or tool, TMX, TBX, CSV or TSV')
    .requiredOption('--out <file>', 'where it goes; its ending says what it becomes')
    .addOption(
      new Option('--as <form>', 'what it becomes, where the ending does not say').choices(CONVERT_FORMS),
    )
    .option('--from <locale>', 'source language, for files that do not name one or have several')
    .option('--to <locale>', 'target language, likewise')
    .addOption(profileOption())
    .addOption(jsonOption())
    .action(async (file: string, options: ConvertOptions) => {
      const { out, as: form, from, to, profile, json } = options
      const report = await convertFile({
        file,
        out,
        profile,
        ...(form === undefined ? {} : { form }),
        ...(from === undefined ? {} : { sourceLocale: from }),
        ...(to === undefined ? {} : { targetLocale: to }),
      })
      if (json === true) return output.print(JSON.stringify(report))
      output.print(`${report.out}: ${report.form}`)
      for (const loss of report.losses) output.tell(`not kept: ${loss}`)
    })
}

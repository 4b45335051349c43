import type { Command } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { type Validation, validateXliff } from '../exchange/validate/validate-xliff.ts'
import { decodeXml } from '../xml/encoding.ts'
import { EXIT, explainFailure } from './exit.ts'
import { readBytes } from './files.ts'
import { jsonOption, type Output } from './program.ts'

export type ValidatedFile = Validation & { readonly file: string }

/**
 * Validates one file. What cannot be decoded breaks XML's rules, so it is a violation like any other.
 * @throws DomainError `not-found`, `invalid-input`: the file cannot be read
 */
export async function validateFile(
  path: string,
  options: { readonly strict: boolean },
): Promise<ValidatedFile> {
  const bytes = await readBytes(path)
  let text: string
  try {
    text = decodeXml(bytes, path).text
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { line = 1, column = 1 } = error.place ?? {}
    const violation = { line, column, rule: 'XML 1.0 §4.3.3', message: error.message }
    return { file: path, version: undefined, violations: [violation] }
  }
  return { file: path, ...validateXliff(text, options) }
}

/** For a terminal: a line a violation, then what the file is. */
export function describeValidation({
  file,
  version,
  conformance,
  violations,
}: ValidatedFile): readonly string[] {
  const lines = violations.map(
    ({ line, column, rule, message }) => `${file}:${line}:${column}: ${message} (${rule})`,
  )
  const kind = version === undefined ? 'XLIFF' : `XLIFF ${version.slice(0, 20)}`
  if (lines.length > 0) {
    return [...lines, `${file}: ${lines.length} violation${lines.length === 1 ? '' : 's'} of ${kind}`]
  }
  return [`${file}: valid ${kind}${conformance === undefined ? '' : ` ${conformance}`}`]
}

/** `talmach validate`: every violation of the XLIFF specification, exit 1 where there is one. */
export function addValidateCommand(program: Command, output: Output): void {
  program
    .command('validate')
    .description('every violation of the XLIFF specification, with line and column')
    .argument('<xliff...>')
    .option('--strict', 'hold XLIFF 1.2 against its strict schema, not the transitional one')
    .addOption(jsonOption())
    .action(async (paths: string[], { strict, json }: { strict?: true; json?: true }) => {
      const reports: object[] = []
      let failed = false
      for (const path of paths) {
        try {
          const validated = await validateFile(path, { strict: strict === true })
          failed ||= validated.violations.length > 0
          if (json === true) {
            const { file, violations, ...about } = validated
            reports.push({ file, valid: violations.length === 0, ...about, violations })
          } else for (const line of describeValidation(validated)) output.print(line)
        } catch (error) {
          // One file that cannot be read does not keep the others from being checked.
          output.tell(explainFailure(error).line)
          failed = true
        }
      }
      if (json === true && reports.length > 0) output.print(JSON.stringify({ files: reports }))
      if (failed) output.finishWith(EXIT.failed)
    })
}

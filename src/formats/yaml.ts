import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import type { Adapter } from './adapter.ts'
import { choosePaths, chooseUsual, kindOfKey } from './paths.ts'
import { numberUnits } from './unit-builder.ts'
import { escapeYaml, finishYaml } from './yaml-escape.ts'
import { draftYaml, isFault } from './yaml-values.ts'

/** YAML 1.2, one document or several. What is and is not translated is said in docs/formats/yaml.md. */
export const yamlAdapter: Adapter = {
  label: 'YAML',
  extensions: ['yaml', 'yml'],
  mediaTypes: ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'],
  read: (source, { file, settings }) => {
    const root = settings.paths === undefined ? chooseUsual() : choosePaths(settings.paths)
    const result = draftYaml(source, 0, source.length, { root, kindOf: kindOfKey, file })
    if (!isFault(result)) return numberUnits(result)
    throw new DomainError('invalid-input', result.message, {
      place: { ...(file && { file }), ...lineAndColumn(source, result.offset) },
    })
  },
  flavour: { escape: escapeYaml, finish: finishYaml },
}

import { zipSync } from 'fflate'
import type { Target } from '../domain/target.ts'
import type { Concept } from '../domain/term.ts'
import { escapeXmlText, parseXml } from '../xml/tree.ts'
import { writeGlossaryPairs } from './glossary-pairs.ts'
import { omegatTarget, omegatText } from './omegat-text.ts'
import { transUnits } from './omegat-units.ts'
import { writeTmx } from './tmx.ts'
import type { TmxPair } from './tmx-model.ts'
import type { ExchangeFile } from './xliff-model.ts'
import { writeXliff } from './xliff-write.ts'

export type OmegatProject = {
  /** All targets as they stand. */
  readonly file: ExchangeFile
  /** What `writeOmegatSource` made of the same file. */
  readonly source: string
  /** Approved pairs of other documents. */
  readonly memory: readonly TmxPair[]
  readonly concepts: readonly Concept[]
}

/**
 * The XLIFF that OmegaT translates: 1.2 in which every unit has a copy of its source and nothing else. OmegaT 3.6
 * shows targets as if they were sources, so what is translated already comes as translation memory beside it.
 */
export function writeOmegatSource(file: ExchangeFile): string {
  return writeXliff(
    { ...file, segments: file.segments.map(({ target, ...segment }) => segment) },
    '1.2',
    'omegat',
  )
}

/**
 * A project that a volunteer unzips, opens in OmegaT (3.6 to 6) and works in. What people have translated is
 * translated there, too; machine translations are proposals that OmegaT marks as such.
 *
 * | Path | What |
 * | --- | --- |
 * | `omegat.project` | languages and default folders, no segmentation of its own |
 * | `source/<name>.<locale>.xlf` | the XLIFF; OmegaT writes `target/<name>.<locale>.xlf` |
 * | `omegat/project_save.tmx` | what people have translated, in OmegaT's short tags |
 * | `tm/approved.tmx`, `tm/memory.tmx` | approved pairs of this document and of others |
 * | `tm/mt/machine.tmx` | machine translations |
 * | `glossary/terms.utf8` | source, target and remark, with tabs between, UTF-8 |
 *
 * @returns a ZIP; the same for the same project
 */
export function writeOmegatProject({ file, source, memory, concepts }: OmegatProject): Uint8Array {
  const { sourceLocale, targetLocale } = file
  const pairs = shownPairs(file)
  const about = { sourceLocale }
  const tmxOf = (chosen: readonly ShownPair[]): string =>
    writeTmx(
      chosen.map(({ pair }) => pair),
      about,
    )
  const byPeople = pairs.filter(({ target }) => target.origin === 'human' || target.state !== 'initial')
  const approved = pairs.filter(({ target }) => target.state === 'reviewed' || target.state === 'final')
  const machine = pairs.filter(({ target }) => target.state === 'initial' && target.origin === 'mt')
  const recalled = pairs.filter(
    ({ target }) => target.state === 'initial' && target.origin !== 'mt' && target.origin !== 'human',
  )
  const name = `${safeName(file.original)}.${targetLocale}.xlf`
  const files: Readonly<Record<string, string>> = {
    'READ-ME.txt': readMe(name),
    'omegat.project': projectFile(sourceLocale, targetLocale),
    [`source/${name}`]: source,
    'omegat/project_save.tmx': tmxOf(byPeople),
    'tm/approved.tmx': tmxOf(approved),
    'tm/memory.tmx': writeTmx([...recalled.map(({ pair }) => pair), ...memory], about),
    'tm/mt/machine.tmx': tmxOf(machine),
    'glossary/terms.utf8': writeGlossaryPairs(concepts, { sourceLocale, targetLocale, form: 'omegat' }),
    // OmegaT wants all its folders.
    'target/': '',
    'dictionary/': '',
  }
  const encoder = new TextEncoder()
  const entries = Object.entries(files).map(([path, text]) => [path, encoder.encode(text)] as const)
  return zipSync(Object.fromEntries(entries), { mtime: ZIP_EPOCH })
}

/** The earliest date a ZIP can hold: the same project gives the same bytes, whenever it is fetched. */
const ZIP_EPOCH = new Date(1980, 0, 1)

type ShownPair = { readonly target: Target; readonly pair: TmxPair }

/** Translated segments as OmegaT shows them. Left out: those whose mark-up OmegaT could not show in the target. */
function shownPairs(file: ExchangeFile): readonly ShownPair[] {
  const xliff = writeXliff(file, '1.2', 'omegat')
  const units = transUnits(parseXml(xliff))
  return file.segments.flatMap(({ target }, at): readonly ShownPair[] => {
    const unit = units[at]
    if (target === undefined || unit?.target === undefined) return []
    const source = omegatText(unit.source, xliff)
    const shown = source === undefined ? undefined : omegatTarget(unit.target, source, xliff)
    if (source === undefined || shown === undefined) return []
    const pair = {
      source: { locale: file.sourceLocale, text: source.shown, codes: [] },
      target: { locale: file.targetLocale, text: shown, codes: [] },
      by: target.by,
    }
    return [{ target, pair }]
  })
}

function projectFile(source: string, target: string): string {
  const folders = ['source_dir', 'target_dir', 'tm_dir', 'glossary_dir', 'glossary_file', 'dictionary_dir']
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<omegat>\n<project version="1.0">\n',
    ...folders.map((name) => `<${name}>__DEFAULT__</${name}>\n`),
    `<source_lang>${escapeXmlText(source)}</source_lang>\n<target_lang>${escapeXmlText(target)}</target_lang>\n`,
    '<sentence_seg>false</sentence_seg>\n',
    '<support_default_translations>true</support_default_translations>\n',
    '<remove_tags>false</remove_tags>\n<external_command></external_command>\n</project>\n</omegat>\n',
  ].join('')
}

function readMe(name: string): string {
  return [
    'An OmegaT project made by Talmach.',
    '',
    '1. Unpack the ZIP. In OmegaT choose Project > Open and this folder.',
    '2. Translate. Machine translations are proposals from tm/mt: accept one and make it right.',
    '3. Choose Project > Create Translated Documents.',
    `4. Return target/${name} to the desk, or run: talmach return target/${name}`,
    '   omegat/project_save.tmx can be returned in its place: talmach return . (in this folder)',
    '',
  ].join('\n')
}

/** Without what file systems refuse. */
function safeName(original: string): string {
  const dot = original.lastIndexOf('.')
  const stem = dot <= 0 ? original : original.slice(0, dot)
  return stem.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 100) || 'document'
}

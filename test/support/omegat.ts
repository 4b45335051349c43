import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'

/** @returns why OmegaT cannot be run here; undefined when it can */
export function whyNoOmegat(): string | undefined {
  const found = spawnSync('sh', ['-c', 'command -v omegat && command -v java'])
  return found.status === 0 ? undefined : 'OmegaT or its Java runtime is not installed'
}

export type OmegatSegment = { readonly source: string; readonly target: string }

/**
 * Has real OmegaT, without its window, open one XLIFF file, translate every segment it shows and write the
 * file again. Its codes are short tags in the texts: `<g0>`, `</g0>`, `<x1/>`.
 *
 * @param translate makes a translation of what OmegaT shows as source
 * @returns the segments OmegaT showed, and the file it wrote
 */
export function translateWithOmegat(
  xliff: string,
  locales: { readonly source: string; readonly target: string },
  translate: (source: string) => string,
): { readonly segments: readonly OmegatSegment[]; readonly xliff: string } {
  const folder = mkdtempSync(join(tmpdir(), 'talmach-omegat-'))
  try {
    for (const name of ['source', 'target', 'omegat', 'glossary', 'tm', 'dictionary', 'config']) {
      mkdirSync(join(folder, name))
    }
    writeFileSync(join(folder, 'omegat.project'), projectFile(locales))
    writeFileSync(join(folder, 'source/article.xlf'), xliff)
    const memory = join(folder, 'pseudo.tmx')
    const pseudo = [`--pseudotranslatetmx=${memory}`, '--pseudotranslatetype=equal']
    run(folder, ['--mode=console-createpseudotranslatetmx', ...pseudo])
    const segments: OmegatSegment[] = []
    const pairs = readFileSync(memory, 'utf8')
    const filled = pairs.replaceAll(/<seg>([^<]*)<\/seg>(?=\s*<\/tuv>\s*<\/tu>)/g, (_, source: string) => {
      const target = translate(unescapeXml(source))
      segments.push({ source: unescapeXml(source), target })
      return `<seg>${escapeXml(target)}</seg>`
    })
    writeFileSync(join(folder, 'omegat/project_save.tmx'), filled)
    run(folder, ['--mode=console-translate', '--tag-validation=abort'])
    return { segments, xliff: readFileSync(join(folder, 'target/article.xlf'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(folder: string, options: readonly string[]): void {
  const common = [`--config-dir=${join(folder, 'config')}`, '--disable-project-locking', '--quiet']
  const result = spawnSync('omegat', [folder, ...options, ...common], { encoding: 'utf8', timeout: 60_000 })
  if (result.status !== 0) throw new Error(`OmegaT failed: ${result.stdout}${result.stderr}`)
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function projectFile({ source, target }: { readonly source: string; readonly target: string }): string {
  const folders = ['source_dir', 'target_dir', 'tm_dir', 'glossary_dir', 'glossary_file', 'dictionary_dir']
  const tokenizer = 'org.omegat.tokenizer.DefaultTokenizer'
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<omegat>\n<project version="1.0">\n',
    ...folders.map((name) => `<${name}>__DEFAULT__</${name}>\n`),
    `<source_lang>${source}</source_lang>\n<target_lang>${target}</target_lang>\n`,
    `<source_tok>${tokenizer}</source_tok>\n<target_tok>${tokenizer}</target_tok>\n`,
    '<sentence_seg>false</sentence_seg>\n',
    '<support_default_translations>true</support_default_translations>\n',
    '<remove_tags>false</remove_tags>\n<external_command></external_command>\n</project>\n</omegat>\n',
  ].join('')
}

/**
 * Has real OmegaT open a project that came as a ZIP, translate what its own memory does not translate yet, and create
 * the translated documents.
 *
 * @param translate makes a translation of what OmegaT shows as source; undefined leaves it open
 * @returns the sources OmegaT showed, the file it wrote, its memory, and what it says of terms and proposals it found
 */
export async function workInOmegat(
  zip: Uint8Array,
  translate: (source: string) => string | undefined,
): Promise<{ readonly shown: readonly string[]; readonly xliff: string; readonly memory: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'talmach-omegat-'))
  try {
    for (const [name, bytes] of Object.entries(unzipSync(zip))) {
      const path = join(folder, name)
      mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true })
      if (!name.endsWith('/')) writeFileSync(path, bytes)
    }
    const pseudo = join(folder, 'pseudo.tmx')
    const options = [`--pseudotranslatetmx=${pseudo}`, '--pseudotranslatetype=equal']
    await runBeside(folder, ['--mode=console-createpseudotranslatetmx', ...options])
    const save = join(folder, 'omegat/project_save.tmx')
    const before = readFileSync(save, 'utf8')
    const shown = [
      ...readFileSync(pseudo, 'utf8').matchAll(/<seg>([^<]*)<\/seg>(?=\s*<\/tuv>\s*<\/tu>)/g),
    ].map(([, source = '']) => unescapeXml(source))
    const language = /<target_lang>([^<]*)</.exec(readFileSync(join(folder, 'omegat.project'), 'utf8'))?.[1]
    const units = shown.flatMap((source) => {
      const target = translate(source)
      if (target === undefined || before.includes(`<seg>${escapeXml(source)}</seg>`)) return []
      const side = (tag: string, text: string) => `<tuv xml:lang="${tag}"><seg>${escapeXml(text)}</seg></tuv>`
      return [`<tu>${side('en', source)}${side(language ?? '', target)}</tu>\n`]
    })
    writeFileSync(save, before.replace('</body>', `${units.join('')}</body>`))
    await runBeside(folder, ['--mode=console-translate', '--tag-validation=abort'])
    const [written = ''] = readdirSync(join(folder, 'target'))
    return {
      shown,
      xliff: readFileSync(join(folder, 'target', written), 'utf8'),
      memory: readFileSync(save, 'utf8'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As `run`, but a server in this process goes on answering. */
async function runBeside(folder: string, options: readonly string[]): Promise<void> {
  const common = [`--config-dir=${join(folder, 'config')}`, '--disable-project-locking', '--quiet']
  await promisify(execFile)('omegat', [folder, ...options, ...common], { timeout: 60_000 })
}

import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { languageOf } from '../domain/locale.ts'
import { badAnswer, connectionError, requireFullAnswer, shorten, withTimeout } from './answer-errors.ts'
import { readStream, writeStream } from './apertium-stream.ts'
import type { Engine, LocalePair } from './engine.ts'

export type ApertiumConfig = {
  /** Folder of the installed `.mode` files. */
  readonly modes?: string
  /** Time limit of one pipeline; 60 s by default. */
  readonly timeoutMs?: number
}

const NAME = 'apertium'
const DEFAULT_MODES = '/usr/share/apertium/modes'
const MAX_OUTPUT = 16 * 1024 * 1024

/**
 * Ways through Debian's Apertium: mode names one after the other, per language or locale. Direct pairs first,
 * then through Spanish, the language its Romance pairs share.
 */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  'en-es': ['eng-spa'],
  'es-en': ['spa-eng'],
  'es-pt': ['es-pt'],
  'es-pt-BR': ['es-pt_BR'],
  'pt-es': ['pt-es'],
  'es-fr': ['es-fr'],
  'fr-es': ['fr-es'],
  'en-fr': ['eng-spa', 'es-fr'],
  'en-pt': ['eng-spa', 'es-pt'],
  'en-pt-BR': ['eng-spa', 'es-pt_BR'],
  'fr-en': ['fr-es', 'spa-eng'],
  'pt-en': ['pt-es', 'spa-eng'],
  'fr-pt': ['fr-es', 'es-pt'],
  'fr-pt-BR': ['fr-es', 'es-pt_BR'],
  'pt-fr': ['pt-es', 'es-fr'],
}

/**
 * Apertium on this machine. A mode's pipeline of programs is started once per request and step (null-flush
 * would leak state from text to text, and the `apertium` wrapper misbehaves on pipes); the shell sees the
 * installed mode file and never a word of the text, which goes through standard input.
 * @returns undefined where no mode that we use is installed
 */
export async function createApertiumEngine(config: ApertiumConfig = {}): Promise<Engine | undefined> {
  const folder = config.modes ?? DEFAULT_MODES
  const timeoutMs = config.timeoutMs ?? 60_000
  const modes = await readModes(folder)
  const ways = new Map(Object.entries(WAYS).filter(([, way]) => way.every((mode) => modes.has(mode))))
  if (ways.size === 0) return undefined
  const wayFor = (pair: LocalePair) => {
    const source = languageOf(pair.source)
    return ways.get(`${source}-${pair.target}`) ?? ways.get(`${source}-${languageOf(pair.target)}`)
  }
  return {
    name: NAME,
    settings: 'superblanks-1',
    capabilities: {
      maxTexts: 200,
      maxBytes: 256 * 1024,
      tags: () => true,
      glossary: () => false,
      context: false,
      supports: (pair) => wayFor(pair) !== undefined,
      billed: false,
      pretend: false,
    },
    bytesOf: ({ text }) => Buffer.byteLength(text),
    async translate(request) {
      const way = wayFor(request)
      if (way === undefined) throw badAnswer(NAME, `there is no ${request.source} to ${request.target}`)
      const asked = request.texts.map(({ text }) => text)
      const unknown = asked.map(() => new Set<string>())
      let texts: readonly string[] = asked
      for (const mode of way) {
        const { stream, asides } = writeStream(texts)
        const output = await runPipeline(modes.get(mode) ?? '', stream, timeoutMs, request.signal)
        const read = readStream(output, asides)
        if (read === undefined) throw badAnswer(NAME, `${mode} lost or joined texts`)
        for (const [index, { text }] of read.entries()) {
          if (hasShrunk(text, texts[index] ?? ''))
            throw badAnswer(NAME, `${mode} lost most of text ${index + 1}`)
        }
        texts = read.map(({ text }, index) => withoutGaps(text, asked[index] ?? ''))
        for (const [index, { unknownWords }] of read.entries()) {
          for (const word of unknownWords) if (mode === way[0]) unknown[index]?.add(word)
        }
      }
      requireFullAnswer(NAME, asked, texts)
      return {
        texts,
        billedCharacters: 0,
        unknownWords: unknown.map((words) => [...words]),
        glossaryApplied: false,
      }
    },
  }
}

/** Between languages of one family no sentence loses most of its length; a word that is too long stops Apertium. */
function hasShrunk(text: string, source: string): boolean {
  return source.length > 200 && text.length < source.length / 3
}

/** Spaces that stand where Apertium dropped a word, such as a pronoun, go unless the source has some like them. */
function withoutGaps(text: string, source: string): string {
  const single = source.includes('  ') ? text : text.replace(/ {2,}/g, ' ')
  return /(?:^|\s)["“‘«(] /.test(source) ? single : single.replace(/(^|\s)(["“‘«(]) (?=\S)/g, '$1$2')
}

/** The installed pipelines of the modes that we use. */
async function readModes(folder: string): Promise<ReadonlyMap<string, string>> {
  const modes = new Map<string, string>()
  for (const mode of new Set(Object.values(WAYS).flat())) {
    try {
      modes.set(mode, await readFile(join(folder, `${mode}.mode`), 'utf8'))
    } catch {
      // Not installed, or not readable by us: the ways through it do not exist.
    }
  }
  return modes
}

/**
 * Runs a mode's pipeline. `$1` of a mode file is the generator's option (`-g`: mark what it cannot inflect),
 * `$2` an option of the tagger (none).
 */
async function runPipeline(
  pipeline: string,
  stream: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  return await withTimeout(NAME, timeoutMs, signal, async (either) => {
    // A group of its own, so that stopping it stops every program of the pipeline.
    const child = spawn('/bin/sh', ['-c', pipeline, 'apertium', '-g'], {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    })
    const stop = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended already.
      }
    }
    either.addEventListener('abort', stop, { once: true })
    try {
      return await new Promise<string>((resolve, reject) => {
        const output: Buffer[] = []
        let bytes = 0
        let complaint = ''
        child.on('error', (error) => reject(connectionError(NAME, error)))
        child.stdin.on('error', () => {}) // a program that ended early shows in its status and output
        child.stderr.on('data', (chunk: Buffer) => {
          if (complaint.length < 1000) complaint += chunk.toString()
        })
        child.stdout.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > MAX_OUTPUT) {
            stop()
            reject(badAnswer(NAME, `it is larger than ${MAX_OUTPUT} bytes`))
          } else output.push(chunk)
        })
        child.on('close', (status) => {
          if (status === 0) resolve(Buffer.concat(output).toString('utf8'))
          else reject(badAnswer(NAME, `its pipeline ended with ${status}: ${shorten(complaint)}`))
        })
        child.stdin.end(stream)
      })
    } finally {
      either.removeEventListener('abort', stop)
    }
  })
}

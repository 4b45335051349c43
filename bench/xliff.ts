import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { parseXml } from '../src/xml/tree.ts'
import type { Figure } from './figure.ts'

const run = promisify(execFile)
const PROCESS = join(import.meta.dirname, 'xliff-process.ts')
const SIZES = [
  { megabytes: 5, rounds: 9 },
  { megabytes: 50, rounds: 1 },
]
const TRANSLATE_TOOLKIT = `
import resource, sys, time
from translate.storage import factory
started = time.monotonic()
store = factory.getobject(sys.argv[1])
read = time.monotonic()
written = bytes(store)
done = time.monotonic()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print('{"read": %f, "write": %f, "memory": %d}' % ((read - started) * 1000, (done - read) * 1000, memory))
`

const measured = z.object({ read: z.number(), write: z.number(), memory: z.number() })
type Measured = z.infer<typeof measured>

/**
 * Reads and writes 5 MB and 50 MB of XLIFF 1.2 and 2.0: ours, npm `xliff`, and where they are installed xmllint
 * (which only parses) and Translate Toolkit, each in a process of its own, one after the other. At 5 MB the best of
 * several rounds in one process, at 50 MB the only round.
 *
 * @returns milliseconds and megabytes, and the peers' figures divided by ours
 */
export async function benchXliff(
  sizes: readonly { readonly megabytes: number; readonly rounds: number }[] = SIZES,
): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'talmach-bench-'))
  const figures: Figure[] = []
  try {
    for (const { megabytes, rounds } of sizes) {
      for (const version of ['1.2', '2.0']) {
        const path = join(folder, `${version}-${megabytes}.xlf`)
        await node('make', path, version, `${megabytes}`)
        const size = `${((await stat(path)).size / 2 ** 20).toFixed(0)} MB of XLIFF ${version}`
        figures.push(...(await benchFile(path, size, version, rounds)))
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return figures
}

async function benchFile(
  path: string,
  size: string,
  version: string,
  rounds: number,
): Promise<readonly Figure[]> {
  const peer = measured.parse(JSON.parse(await node('peer', path, version, `${rounds}`)))
  const ours = measured.parse(JSON.parse(await node('ours', path, version, `${rounds}`)))
  const toolkit = await translateToolkit(path)
  const xmllint = await xmllintParse(path)
  const tree = xmllint === undefined ? undefined : await treeTime(path, rounds)
  return [
    ...figuresOf(size, 'ours', ours),
    ...figuresOf(size, 'npm xliff', peer),
    ratio(`${size}: time of npm xliff by ours`, peer.read + peer.write, ours.read + ours.write),
    ratio(`${size}: memory of npm xliff by ours`, peer.memory, ours.memory),
    ...(toolkit === undefined ? [] : figuresOf(size, 'Translate Toolkit', toolkit)),
    ...(xmllint === undefined || tree === undefined
      ? []
      : [
          milliseconds(`${size}: parse, xmllint`, xmllint),
          milliseconds(`${size}: parse, our tree alone`, tree),
          ratio(`${size}: our reading by xmllint's parse`, ours.read, xmllint),
          ratio(`${size}: our tree by xmllint's parse`, tree, xmllint),
        ]),
  ]
}

async function node(...args: readonly string[]): Promise<string> {
  return (await run(process.execPath, [PROCESS, ...args], { maxBuffer: 2 ** 24 })).stdout
}

/** What xmllint says of its own parse, without its start; the best of three. */
async function xmllintParse(path: string): Promise<number | undefined> {
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    try {
      const { stderr } = await run('xmllint', ['--noout', '--huge', '--timing', path])
      times.push(Number(/Parsing took (\d+) ms/.exec(stderr)?.[1]))
    } catch {
      return undefined
    }
  }
  return Math.min(...times)
}

async function treeTime(path: string, rounds: number): Promise<number> {
  const text = await readFile(path, 'utf8')
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    parseXml(text)
    times.push(performance.now() - started)
  }
  return Math.min(...times)
}

async function translateToolkit(path: string): Promise<Measured | undefined> {
  try {
    return measured.parse(JSON.parse((await run('python3', ['-c', TRANSLATE_TOOLKIT, path])).stdout))
  } catch {
    return undefined
  }
}

function figuresOf(size: string, name: string, { read, write, memory }: Measured): readonly Figure[] {
  const megabytes = memory / 2 ** 20
  return [
    milliseconds(`${size}: read, ${name}`, read),
    milliseconds(`${size}: write, ${name}`, write),
    { name: `${size}: memory, ${name}`, figure: `${megabytes.toFixed(0)} MB`, value: megabytes },
  ]
}

function milliseconds(name: string, value: number): Figure {
  return { name, figure: `${value.toFixed(0)} ms`, value }
}

function ratio(name: string, one: number, other: number): Figure {
  return { name, figure: `${(one / other).toFixed(1)} ×`, value: one / other }
}

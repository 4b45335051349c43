import { codeIndexAt, codesIn, FIRST_CODE, type Format } from '../../src/domain/document.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { type ReadDocument, readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'

export function read(source: string | Uint8Array, format: Format, charset?: string): ReadDocument {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  return readDocument(bytes, charset === undefined ? { format } : { format, charset })
}

/** Texts as people can read them: code k is `⟦k⟧`. */
export function show(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, (code) => `⟦${code.charCodeAt(0) - FIRST_CODE}⟧`)
}

export function hide(text: string): string {
  return text.replace(/⟦(\d+)⟧/g, (_, index: string) => String.fromCharCode(FIRST_CODE + Number(index)))
}

export function texts(document: ReadDocument): readonly string[] {
  return document.units.map((unit) => show(unit.text))
}

export function kinds(document: ReadDocument): readonly string[] {
  return document.units.map((unit) => `${unit.kind}: ${show(unit.text)}`)
}

/** The document with whole units translated; `translate` sees and gives texts as `show` writes them. */
export function translated(document: ReadDocument, translate: (text: string, id: string) => string): string {
  const translations = document.units.map((unit) => ({
    unitId: unit.id,
    start: 0,
    end: unit.text.length,
    text: hide(translate(show(unit.text), unit.id)),
  }))
  return Buffer.from(writeDocument(document, translations)).toString()
}

/** What every reader promises of its units; an empty list when all of it holds. */
export function brokenPromises(document: ReadDocument): readonly string[] {
  const broken: string[] = []
  let before = 0
  for (const [index, unit] of document.units.entries()) {
    const say = (what: string): number => broken.push(`${unit.id}: ${what}`)
    if (unit.id !== `u${index + 1}`) say('is numbered wrongly')
    if (unit.offsets.length !== unit.text.length + 1) say('has another number of offsets')
    const start = unit.offsets[0] ?? 0
    if (start < before) say('stands before the unit before it')
    before = start
    for (let at = 1; at < unit.offsets.length; at++) {
      if ((unit.offsets[at] ?? 0) < (unit.offsets[at - 1] ?? 0)) say(`goes backwards at ${at}`)
    }
    if ((unit.offsets.at(-1) ?? 0) > document.source.length) say('ends behind the document')
    const order = codesIn(unit.text)
    if (order.length !== unit.codes.length || order.some((code, at) => code !== at)) say('mixes its codes up')
    for (let at = 0; at < unit.text.length; at++) {
      const code = unit.codes[codeIndexAt(unit.text, at)]
      if (code !== undefined && code.data !== document.source.slice(unit.offsets[at], unit.offsets[at + 1])) {
        say(`has a code that is not the document’s characters at ${at}`)
      }
    }
    for (const [at, code] of unit.codes.entries()) {
      if (code.pair !== null && unit.codes[code.pair]?.pair !== at)
        say(`has a code without its partner: ${at}`)
    }
    if (!/[\p{L}\p{N}]/u.test(unit.text)) say('has nothing to translate')
  }
  return broken
}

/** The domain error that an action ends with, as plain data; undefined when it succeeds. */
export function refusal(
  action: () => unknown,
): { code: string; message: string; place: unknown } | undefined {
  try {
    action()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { code: error.code, message: error.message, place: error.place }
  }
  return undefined
}

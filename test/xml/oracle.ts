import { SaxesParser } from 'saxes'
import type { XmlElement } from '../../src/xml/tree.ts'

/** A tree as plain data, for comparing what two parsers make of a text. */
export type Plain = {
  readonly name: string
  readonly namespace: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly children: readonly (Plain | { readonly kind: string; readonly text: string })[]
}

type Building = Plain & { readonly children: (Plain | { readonly kind: string; readonly text: string })[] }

/**
 * What saxes, an independent parser, makes of a text that must not have a DOCTYPE.
 *
 * @returns undefined where it is not well-formed
 */
export function saxesTree(text: string, loose: boolean): Plain | undefined {
  const options = loose ? { resolvePrefix: (prefix: string) => prefix } : {}
  const parser = new SaxesParser({ xmlns: true, position: false, ...options })
  const open: Building[] = []
  let root: Plain | undefined
  const add = (kind: string, value: string): void => {
    open.at(-1)?.children.push({ kind, text: value })
  }
  const refuse = (): never => {
    throw new Refusal()
  }
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('text', (value) => add('text', value))
  parser.on('cdata', (value) => add('cdata', value))
  parser.on('comment', (value) => add('comment', value))
  parser.on('processinginstruction', ({ target, body }) => add('instruction', `${target} ${body}`.trim()))
  parser.on('opentag', ({ name, uri, attributes }) => {
    const plain: Building = {
      name,
      namespace: uri,
      attributes: Object.entries(attributes).map(([key, { value }]) => [key, value]),
      children: [],
    }
    open.at(-1)?.children.push(plain)
    root ??= plain
    open.push(plain)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  try {
    parser.write(text).close()
    return root
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

class Refusal extends Error {}

/** The same of a tree of ours. */
export function plainTree({ name, namespace, attributes, children }: XmlElement): Plain {
  return {
    name,
    namespace,
    attributes: [...attributes].map(([key, { value }]) => [key, value]),
    children: children.map((child) => {
      if (child.kind === 'element') return plainTree(child)
      return { kind: child.kind === 'text' && child.cdata ? 'cdata' : child.kind, text: child.text }
    }),
  }
}

/** Where the two are known to differ: saxes reads 1.1 by its own rules and takes lone lead surrogates. */
export function whySaxesDiffers(text: string): string | undefined {
  if (!text.isWellFormed()) return 'lone surrogates'
  const version = /^\ufeff?<\?xml\s[^>]{0,200}?version\s*=\s*["'](1\.\d+)/.exec(text)?.[1]
  return version === undefined || version === '1.0' ? undefined : 'XML 1.1'
}

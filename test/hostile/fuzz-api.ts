import type { Random } from '../chaos/random.ts'

/** One operation of the API, as its description has it. */
export type Operation = {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Json }[]
  readonly bodies: Readonly<Record<string, Json>>
}
type Json = Readonly<Record<string, unknown>>

export type FuzzRequest = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | Uint8Array | undefined
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head'] as const

export function listOperations(description: Json): readonly Operation[] {
  const paths = object(description.paths)
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = object(item)[method]
      if (operation === undefined) return []
      const { parameters = [], requestBody } = object(operation)
      const content = object(object(requestBody).content)
      return [
        {
          method: method.toUpperCase(),
          path,
          parameters: (parameters as Json[]).map((parameter) => ({
            name: String(parameter.name),
            in: String(parameter.in),
            schema: object(parameter.schema),
          })),
          bodies: Object.fromEntries(
            Object.entries(content).map(([type, media]) => [type, object(object(media).schema)]),
          ),
        },
      ]
    }),
  )
}

/** Values that break careless code, whatever they are given for. */
const NASTY: readonly unknown[] = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e\u2066',
    '../../etc/passwd',
    '%00',
    '%2e%2e%2f',
    "' or 1=1 --",
    '{{7*7}}',
  ],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '=cmd|calc!A0',
    '\r\nX-Own: 1',
  ],
  ...[
    'http://169.254.169.254/',
    'http://[::1]/',
    'http://2130706433/',
    'file:///etc/passwd',
    'a'.repeat(5000),
    '😀'.repeat(300),
  ],
  ...[
    '0',
    '-1',
    '1e309',
    '9223372036854775808',
    'NaN',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    'xx-invalid-locale-',
    'de',
  ],
  ...['2026-13-45T99:99:99Z', '00000000-0000-0000-0000-000000000000', 'en', 'ar', 'x-private', 'i-klingon'],
  ...[
    0,
    -1,
    1.5,
    2 ** 53,
    Number.MIN_SAFE_INTEGER,
    true,
    false,
    null,
    [],
    {},
    [[]],
    { __proto__: null, a: 1 },
  ],
]

/** Turns a description of the API and what exists there into requests, valid ones and all kinds of others. */
export function createFuzzer(
  description: Json,
  random: Random,
  known: Readonly<Record<string, readonly string[]>>,
) {
  const schemas = object(object(description.components).schemas)
  const operations = listOperations(description)
  const nasty = () => random.pick(NASTY)

  /** A value of a schema; one in a few times something else. @param depth against schemas that hold themselves */
  const valueFor = (schema: Json, name: string, depth = 0): unknown => {
    if (random.below(20) === 0) return nasty()
    const given = known[name]
    if (given !== undefined && given.length > 0 && random.below(3) > 0) return random.pick(given)
    if (depth > 6) return null
    const reference =
      typeof schema.$ref === 'string' ? schemas[schema.$ref.split('/').at(-1) ?? ''] : undefined
    if (reference !== undefined) return valueFor(object(reference), name, depth + 1)
    const choices = [schema.anyOf, schema.oneOf].find(Array.isArray)
    if (choices !== undefined) return valueFor(object(random.pick(choices as unknown[])), name, depth + 1)
    if (Array.isArray(schema.allOf)) {
      return Object.assign({}, ...schema.allOf.map((part) => valueFor(object(part), name, depth + 1)))
    }
    if (Array.isArray(schema.enum)) return random.pick(schema.enum as unknown[])
    const type = Array.isArray(schema.type) ? random.pick(schema.type as string[]) : schema.type
    if (type === 'object' || schema.properties !== undefined) return objectOf(schema, depth)
    if (type === 'array') {
      return Array.from({ length: random.below(4) }, () => valueFor(object(schema.items), name, depth + 1))
    }
    if (type === 'integer' || type === 'number') return random.below(1000)
    if (type === 'boolean') return random.below(2) === 0
    if (type === 'null') return null
    return words()
  }
  const objectOf = (schema: Json, depth: number): Json => {
    const required = new Set(Array.isArray(schema.required) ? (schema.required as string[]) : [])
    const entries = Object.entries(object(schema.properties)).flatMap(([key, property]) =>
      (required.has(key) ? random.below(12) > 0 : random.below(3) === 0)
        ? [[key, valueFor(object(property), key, depth + 1)] as const]
        : [],
    )
    const more = random.below(10) === 0 ? [['isAdmin', true] as const, ['role', 'admin'] as const] : []
    return Object.fromEntries([...entries, ...more])
  }
  const words = (): string =>
    Array.from({ length: 1 + random.below(6) }, () =>
      random.pick(['OMON', 'gate', 'Straße', 'Мінск', 'قف', '3', 'no.']),
    ).join(' ')

  const pieceOf = (value: unknown): string => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    try {
      return encodeURIComponent(text)
    } catch {
      return '%ED%A0%80'
    }
  }

  const next = (): FuzzRequest & { readonly operation: Operation } => {
    const operation = random.pick(operations)
    if (operation === undefined) throw new Error('the description names no operation')
    let path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const parameter = operation.parameters.find((one) => one.name === name && one.in === 'path')
      return pieceOf(valueFor(parameter?.schema ?? { type: 'string' }, name))
    })
    const query = operation.parameters
      .filter((parameter) => parameter.in === 'query' && random.below(2) === 0)
      .map(({ name, schema }) => `${name}=${pieceOf(valueFor(schema, name))}`)
    if (query.length > 0) path += `?${query.join('&')}`
    const headers: Record<string, string> = {}
    if (random.below(2) === 0)
      headers['if-match'] =
        random.pick(['"0"', '"1"', '*', 'W/"1"', '""', '"x"', '"99999999999999999999"']) ?? ''
    if (random.below(10) === 0)
      headers.range = random.pick(['bytes=0-', 'bytes=-1', 'bytes=5-2', 'bytes=0-0,1-1', 'x']) ?? ''
    if (random.below(10) === 0)
      headers['accept-language'] = random.pick(['de;q=2', '*', 'zz-ZZ-zz', ',,,', 'x'.repeat(2000)]) ?? ''
    const [type, schema] = random.pick(Object.entries(operation.bodies)) ?? []
    if (type === undefined || schema === undefined)
      return { operation, method: operation.method, path, headers, body: undefined }
    return { operation, method: operation.method, path, ...bodyOf(type, schema, headers) }
  }

  const bodyOf = (type: string, schema: Json, headers: Readonly<Record<string, string>>) => {
    if (random.below(12) === 0) {
      const broken =
        random.pick([
          '{',
          '[]',
          'null',
          '"',
          '\ufeff{}',
          '{"__proto__":{"role":"admin"}}',
          '['.repeat(20_000),
        ]) ?? ''
      return { headers: { ...headers, 'content-type': type.split(';')[0] ?? type }, body: broken }
    }
    const value = valueFor(schema, '')
    if (type.startsWith('multipart/')) {
      const form = new FormData()
      for (const [key, field] of Object.entries(object(value))) {
        if (object(object(schema.properties)[key]).format === 'binary' || key === 'file') {
          const bytes =
            random.pick(['<a>b</a>', '# Title\n\nText.', 'PK\u0003\u0004', '\u0000\u0001\u0002', '']) ?? ''
          form.set(
            key,
            new File([bytes], random.pick(['a.md', '../a.html', 'x.docx', 'n\u0000l.txt', 'a.xlf']) ?? 'a'),
          )
        } else form.set(key, typeof field === 'string' ? field : (JSON.stringify(field) ?? ''))
      }
      return { headers, body: form }
    }
    const body = type.includes('json')
      ? JSON.stringify(value)
      : String(random.pick(['<xliff/>', '<tmx version="1.4"/>', 'a,b\n1,2', '']))
    return { headers: { ...headers, 'content-type': type }, body: body ?? '' }
  }
  return { operations, next }
}

/** What an answer must never show: places on this machine, parts of our sources, of the database's language. */
export function leakIn(answer: string): string | undefined {
  return /\bat (?:async )?[\w.<>]+ \(|node_modules|\.ts:\d+|\/home\/|\/root\/|\/tmp\/|\/usr\/|(?:select|insert|update|delete) .{1,80} (?:from|into|set) |relation "|ECONNREFUSED|pg_catalog/i.exec(
    answer,
  )?.[0]
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

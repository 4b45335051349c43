import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fakeTranslate } from './fake-translation.ts'

export type DeeplFault =
  | 'wrong-count'
  | 'empty-texts'
  | 'html-page'
  | 'never'
  | 'half-glossary'
  | 'source-word-left'
  | 'tags-first'
  | 'masks-doubled'
  | 'masks-lost'
  | 'cut'
  | 'term-swapped'

/** How the stand-in behaves until told otherwise. Nothing set: it translates correctly and at once. */
export type DeeplBehaviour = {
  readonly delayMs?: number
  /** Answer with this status instead. */
  readonly status?: number
  /** What each translate request in turn meets: a status, a fault, or nothing; good behaviour after the last. */
  readonly sequence?: readonly (number | DeeplFault | 'good')[]
  /** Seconds for a Retry-After header beside `status`. */
  readonly retryAfter?: number
  readonly fault?: DeeplFault
  /** The status or fault holds for so many translate requests, then it behaves. */
  readonly times?: number
  /** The status or fault holds only for requests with a text that this accepts. */
  readonly when?: (text: string) => boolean
  /** Creating glossaries is answered with this status. */
  readonly glossaryStatus?: number
  /** The account has room for so many glossaries. */
  readonly mostGlossaries?: number
  /** Glossaries are created at this time; now, if it is not said. In milliseconds since the epoch. */
  readonly glossaryTime?: number
  /** Words that it leaves as they are. */
  readonly keepWords?: readonly string[]
}

export type DeeplRequest = {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** When the answer was out, or the client gone; undefined until then. */
  readonly until: number | undefined
  readonly texts: readonly string[]
  /** DeepL's codes, as sent: `en`, `pt-BR`. */
  readonly source: string
  readonly target: string
  /** All parameters beside the texts. */
  readonly params: Readonly<Record<string, string>>
  readonly bytes: number
  /** It was told to answer this one badly. */
  readonly faulty: boolean
}

export type DeeplDictionary = {
  readonly source: string
  readonly target: string
  readonly entries: ReadonlyMap<string, string>
}

export type DeeplGlossary = {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly dictionaries: readonly DeeplDictionary[]
}

export type DeeplServer = {
  readonly url: string
  /** Translate requests, whatever became of them. */
  readonly requests: readonly DeeplRequest[]
  /** Everything that was asked about glossaries: `POST /v3/glossaries`. */
  readonly glossaryCalls: readonly string[]
  readonly glossaries: readonly DeeplGlossary[]
  /** Replaces the behaviour. */
  readonly set: (behaviour: DeeplBehaviour) => void
  /** Forgets a glossary, as someone at the account's web page would. */
  readonly dropGlossaries: () => void
  readonly close: () => Promise<void>
}

const NO_TAGS_OR_GLOSSARY = new Set(['be', 'af', 'ca', 'eu', 'hi'])

/** Starts a server on a free port of this machine that speaks DeepL's v2 translate and v3 glossaries API. */
export async function startDeeplServer(
  options: DeeplBehaviour & { readonly authKey?: string; readonly port?: number } = {},
): Promise<DeeplServer> {
  let behaviour: DeeplBehaviour = options
  let faultsLeft = options.times ?? Number.POSITIVE_INFINITY
  const requests: DeeplRequest[] = []
  let glossaries: DeeplGlossary[] = []
  const glossaryCalls: string[] = []
  let turns = 0
  let created = 0

  async function translate(body: string, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(body)
    const texts = form.getAll('text')
    const params = Object.fromEntries([...form].filter(([name]) => name !== 'text'))
    const request = {
      at: Date.now(),
      until: undefined as number | undefined,
      texts,
      source: params.source_lang ?? '',
      target: params.target_lang ?? '',
      params,
      bytes: Buffer.byteLength(body),
      faulty: false,
    }
    requests.push(request)
    response.once('close', () => {
      request.until = Date.now()
    })
    const now = atTurn(behaviour, turns++)
    const concerned = now.when === undefined || texts.some(now.when)
    const faulty = concerned && faultsLeft > 0 && (now.status !== undefined || now.fault !== undefined)
    if (faulty) faultsLeft--
    request.faulty = faulty
    if (now.delayMs !== undefined) await setTimeout(now.delayMs)
    if (faulty && now.fault === 'never') return
    if (faulty && now.status !== undefined) {
      return send(response, now.status, { message: 'as told' }, retryHeaders(now))
    }
    if (faulty && now.fault === 'html-page') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!DOCTYPE html><title>Welcome to the hotel network</title>')
      return
    }
    const refusal = refuse(texts, params, body, glossaries)
    if (refusal !== undefined) return send(response, refusal.status, { message: refusal.message })
    const glossary = dictionaryFor(
      glossaries.find(({ id }) => id === params.glossary_id),
      params,
    )
    const fault = faulty ? now.fault : undefined
    let answers = texts.map((text) => translateOne(text, params, glossary, fault, now.keepWords))
    if (fault === 'wrong-count') answers = answers.slice(1)
    if (fault === 'empty-texts') {
      answers = answers.map((answer, index) => (now.when?.(texts[index] ?? '') === false ? answer : ''))
    }
    send(response, 200, {
      translations: answers.map((text, index) => ({
        detected_source_language: (params.source_lang ?? 'en').toUpperCase(),
        text,
        billed_characters: [...stripTags(texts[index] ?? '')].length,
      })),
    })
  }

  function createGlossary(body: string, response: ServerResponse): void {
    if (behaviour.glossaryStatus !== undefined) {
      send(response, behaviour.glossaryStatus, { message: 'no more glossaries' })
      return
    }
    if (glossaries.length >= (behaviour.mostGlossaries ?? 1000)) {
      send(response, 400, { message: 'Bad request, reason: maximum number of glossaries reached' })
      return
    }
    const form = new URLSearchParams(body)
    const dictionary = readDictionary(form, 'dictionaries[0].')
    if (!isUsable(dictionary)) {
      send(response, 400, { message: 'Unsupported glossary language pair' })
      return
    }
    const glossary: DeeplGlossary = {
      id: `glossary-${++created}`,
      name: form.get('name') ?? '',
      createdAt: behaviour.glossaryTime ?? Date.now(),
      dictionaries: [dictionary],
    }
    glossaries.push(glossary)
    send(response, 201, describe(glossary))
  }

  function replaceDictionary(glossary: DeeplGlossary, body: string, response: ServerResponse): void {
    const dictionary = readDictionary(new URLSearchParams(body), '')
    if (!isUsable(dictionary)) {
      send(response, 400, { message: 'Unsupported glossary language pair' })
      return
    }
    const others = glossary.dictionaries.filter((one) => !isPair(one, dictionary.source, dictionary.target))
    const changed = { ...glossary, dictionaries: [...others, dictionary] }
    glossaries = glossaries.map((one) => (one.id === glossary.id ? changed : one))
    send(response, 200, describeDictionary(dictionary))
  }

  /** `/v3/glossaries/{id}` and what is under it. */
  function answerAbout(id: string, action: string, url: URL, body: string, response: ServerResponse): void {
    const glossary = glossaries.find((one) => one.id === id)
    if (glossary === undefined) {
      send(response, 404, { message: 'Glossary not found' })
    } else if (action === 'DELETE') {
      glossaries = glossaries.filter((one) => one !== glossary)
      send(response, 204, {})
    } else if (action === 'PUT dictionaries') {
      replaceDictionary(glossary, body, response)
    } else if (action === 'GET entries') {
      const [source = '', target = ''] = ['source_lang', 'target_lang'].map(
        (name) => url.searchParams.get(name) ?? '',
      )
      const dictionary = glossary.dictionaries.find((one) => isPair(one, source, target))
      const entries = [...(dictionary?.entries ?? [])].map((entry) => entry.join('\t')).join('\n')
      send(response, 200, {
        dictionaries: [{ source_lang: source, target_lang: target, entries, entries_format: 'tsv' }],
      })
    } else send(response, 404, { message: 'Not found' })
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const key = options.authKey
    if (key !== undefined && request.headers.authorization !== `DeepL-Auth-Key ${key}`) {
      return send(response, 403, { message: 'Wrong key' })
    }
    const action = `${request.method} ${path}`
    const [, , collection, id, part] = path.split('/')
    if (collection === 'glossaries') glossaryCalls.push(action)
    if (action === 'POST /v2/translate') return await translate(body, response)
    if (action === 'GET /v3/glossaries') {
      return send(response, 200, { glossaries: glossaries.map(describe) })
    }
    if (action === 'POST /v3/glossaries') return createGlossary(body, response)
    if (collection === 'glossaries' && id !== undefined) {
      const url = new URL(request.url ?? '', 'http://localhost')
      return answerAbout(
        id,
        part === undefined ? `${request.method}` : `${request.method} ${part}`,
        url,
        body,
        response,
      )
    }
    if (action === 'GET /v2/usage') {
      const used = requests.flatMap(({ texts }) => texts).reduce((sum, text) => sum + text.length, 0)
      return send(response, 200, { character_count: used, character_limit: 1_000_000 })
    }
    send(response, 404, { message: 'Not found' })
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => send(response, 500, { message: String(error) }))
  })
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    glossaryCalls,
    get glossaries() {
      return glossaries
    },
    set(next) {
      behaviour = next
      turns = 0
      faultsLeft = next.times ?? Number.POSITIVE_INFINITY
    },
    dropGlossaries() {
      glossaries = []
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function atTurn(behaviour: DeeplBehaviour, turn: number): DeeplBehaviour {
  const item = behaviour.sequence?.[turn]
  if (item === undefined || item === 'good') return behaviour
  return typeof item === 'number' ? { ...behaviour, status: item } : { ...behaviour, fault: item }
}

function refuse(
  texts: readonly string[],
  params: Readonly<Record<string, string>>,
  body: string,
  glossaries: readonly DeeplGlossary[],
): { readonly status: number; readonly message: string } | undefined {
  const target = (params.target_lang ?? '').toLowerCase()
  const isPlain = NO_TAGS_OR_GLOSSARY.has(target)
  if (Buffer.byteLength(body) > 128 * 1024) return { status: 413, message: 'Request too large' }
  if (texts.length === 0 || texts.length > 50) return { status: 400, message: 'Between 1 and 50 texts' }
  if (target === '' || target === 'en' || target === 'pt') return { status: 400, message: 'target_lang' }
  if (isPlain && (params.tag_handling !== undefined || params.glossary_id !== undefined)) {
    return { status: 400, message: `${target} has no tags and no glossaries` }
  }
  if (params.tag_handling === 'xml' && texts.some((text) => !isWellFormed(text))) {
    return { status: 400, message: 'Tag handling parsing failed, please check input' }
  }
  const id = params.glossary_id
  if (id === undefined) return undefined
  const glossary = glossaries.find((known) => known.id === id)
  if (glossary === undefined) return { status: 404, message: 'Glossary not found' }
  const fits = dictionaryFor(glossary, params) !== undefined
  return fits ? undefined : { status: 400, message: 'Glossary of another language pair' }
}

function translateOne(
  text: string,
  params: Readonly<Record<string, string>>,
  glossary: DeeplDictionary | undefined,
  fault: DeeplBehaviour['fault'],
  keepWords: readonly string[] | undefined,
): string {
  const isXml = params.tag_handling === 'xml'
  const language = params.target_lang ?? ''
  const options = {
    ...(glossary === undefined ? {} : { glossary: glossary.entries }),
    glossaryFault:
      fault === 'half-glossary'
        ? ('half' as const)
        : fault === 'source-word-left'
          ? ('source-left' as const)
          : undefined,
    keepWords: keepWords === undefined ? undefined : new Set(keepWords),
  }
  const pieces = isXml ? text.split(/(<[^>]*>)/) : [text]
  let answer = pieces
    .map((piece) => {
      if (isXml && piece.startsWith('<')) return piece
      const plain = isXml ? unescapeXml(piece) : piece
      const translated = fakeTranslate(plain, language, options)
      return isXml ? escapeXml(translated) : translated
    })
    .join('')
  if (fault === 'masks-doubled') answer = answer.replace(/_T\d+_/g, '$& $&')
  if (fault === 'masks-lost') answer = answer.replace(/\s?_T\d+_/g, '')
  if (fault === 'cut') answer = answer.slice(0, Math.ceil(answer.length / 2)).replace(/<[^>]*$/, '')
  if (fault === 'term-swapped')
    answer = answer.replace(/_T1_/g, '_T0_').replace(/_T2_/g, '_T1_').replace(/_T0_/g, '_T2_')
  if (fault === 'tags-first') {
    answer = `${(answer.match(/<[^>]*>/g) ?? []).join('')}${stripTags(answer)}`
  }
  return answer
}

function isWellFormed(text: string): boolean {
  const open: string[] = []
  const rest = text.replace(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g, (_, end: string, name: string, empty: string) => {
    if (end !== '') open.push(open.pop() === name ? '' : '!')
    else if (empty === '') open.push(name)
    if (open.at(-1) === '') open.pop()
    return ''
  })
  return open.length === 0 && !/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(rest)
}

function readDictionary(form: URLSearchParams, prefix: string): DeeplDictionary {
  return {
    source: form.get(`${prefix}source_lang`) ?? '',
    target: form.get(`${prefix}target_lang`) ?? '',
    entries: new Map(
      (form.get(`${prefix}entries`) ?? '').split('\n').map((line) => {
        const [source = '', target = ''] = line.split('\t')
        return [source, target]
      }),
    ),
  }
}

function isUsable({ target }: DeeplDictionary): boolean {
  return !target.includes('-') && !NO_TAGS_OR_GLOSSARY.has(target)
}

function isPair(one: DeeplDictionary, source: string, target: string): boolean {
  return (
    one.source.toLowerCase() === source.toLowerCase() && one.target.toLowerCase() === target.toLowerCase()
  )
}

function dictionaryFor(
  glossary: DeeplGlossary | undefined,
  params: Readonly<Record<string, string>>,
): DeeplDictionary | undefined {
  const target = (params.target_lang ?? '').toLowerCase().slice(0, 2)
  return glossary?.dictionaries.find((one) => isPair(one, params.source_lang ?? '', target))
}

function describe(glossary: DeeplGlossary) {
  return {
    glossary_id: glossary.id,
    name: glossary.name,
    creation_time: new Date(glossary.createdAt).toISOString(),
    dictionaries: glossary.dictionaries.map(describeDictionary),
  }
}

function describeDictionary({ source, target, entries }: DeeplDictionary) {
  return { source_lang: source, target_lang: target, entry_count: entries.size }
}

function stripTags(text: string): string {
  return text.replace(/<[^>]*>/g, '')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function retryHeaders(behaviour: DeeplBehaviour): Record<string, string> {
  return behaviour.retryAfter === undefined ? {} : { 'retry-after': String(behaviour.retryAfter) }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(status === 204 ? '' : JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

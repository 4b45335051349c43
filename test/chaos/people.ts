import type { Random } from './random.ts'
import type { Topology } from './topology.ts'

/** A save that the server has answered with 200. */
export type Acknowledged = {
  readonly segment: string
  readonly locale: string
  readonly version: number
  readonly text: string
}

type Segment = {
  readonly id: string
  readonly source: string
  readonly target: { readonly text: string; readonly version: number; readonly state: string } | null
}

/** What the simulated people did, as they saw it. */
export type Diary = {
  readonly documents: string[]
  readonly saved: Acknowledged[]
  /** Texts in files whose return was answered with 200 and counted as applied. */
  returned: number
  approvals: number
  revisions: number
  refused: number
  /** Requests without an answer: what they did is unknown. */
  unanswered: number
}

/** A word of its own for each number; a figure would be a finding. */
function word(number: number): string {
  const letters = [...number.toString(26)].map((digit) =>
    String.fromCharCode(97 + Number.parseInt(digit, 26)),
  )
  return `mark${letters.join('')}`
}

/** Translators, editors and a submitter at once, until told to stop. */
export function startPeople(topology: Topology, random: Random, locales: readonly string[]) {
  const diary: Diary = {
    documents: [],
    saved: [],
    returned: 0,
    approvals: 0,
    revisions: 0,
    refused: 0,
    unanswered: 0,
  }
  let stopped = false
  let written = 0

  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    try {
      const response = await fetch(`${topology.url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${topology.token}`,
          ...(typeof body === 'string' ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        signal: AbortSignal.timeout(15_000),
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, text, json: () => JSON.parse(text) }
    } catch {
      diary.unanswered++
      return undefined
    }
  }

  const submit = async (sentences: number): Promise<boolean> => {
    const number = diary.documents.length
    const text = Array.from(
      { length: sentences },
      (_, index) => `Witness ${number} saw OMON at gate ${index} on that day. `,
    ).join('')
    const body = {
      text: `# Article ${number}\n\n${text}\n`,
      format: 'markdown',
      name: `article-${number}.md`,
      sourceLocale: 'en',
      targetLocales: locales,
    }
    const answer = await ask('POST', '/api/documents', body)
    if (answer?.status !== 202) return false
    diary.documents.push((answer.json() as { id: string }).id)
    return true
  }

  const somewhere = async (): Promise<
    { document: string; locale: string; segments: Segment[] } | undefined
  > => {
    const document = random.pick(diary.documents)
    const locale = random.pick(locales)
    if (document === undefined || locale === undefined) return undefined
    const answer = await ask('GET', `/api/documents/${document}/segments/${locale}`)
    if (answer?.status !== 200) return undefined
    return { document, locale, segments: (answer.json() as { segments: Segment[] }).segments }
  }

  const translateOne = async (): Promise<void> => {
    const place = await somewhere()
    const segment = random.pick(place?.segments ?? [])
    if (place === undefined || segment === undefined) return
    await save(segment, place.locale, `${segment.target?.text ?? segment.source} ${word(++written)}`)
  }

  const save = async (segment: Segment, locale: string, text: string): Promise<void> => {
    const answer = await ask(
      'PUT',
      `/api/segments/${segment.id}/targets/${locale}`,
      { text },
      {
        'If-Match': `"${segment.target?.version ?? 0}"`,
      },
    )
    if (answer?.status === 200) {
      const { target } = answer.json() as Segment
      diary.saved.push({ segment: segment.id, locale, version: target?.version ?? 0, text })
    } else if (answer !== undefined) diary.refused++
  }

  const approveSome = async (): Promise<void> => {
    const place = await somewhere()
    if (place === undefined || place.segments.length === 0) return
    const answer = await ask('POST', `/api/documents/${place.document}/locales/${place.locale}/approve`)
    if (answer?.status === 200) diary.approvals++
  }

  /** Sends one back, so that an approved language is finished again later. */
  const reject = async (): Promise<void> => {
    const place = await somewhere()
    const segment = random.pick(place?.segments.filter(({ target }) => target !== null) ?? [])
    if (place === undefined || segment === undefined) return
    await ask(
      'POST',
      `/api/segments/${segment.id}/targets/${place.locale}/reject`,
      { category: 'style', note: 'once more' },
      { 'If-Match': `"${segment.target?.version ?? 0}"` },
    )
  }

  const returnFile = async (): Promise<void> => {
    const document = random.pick(diary.documents)
    const locale = random.pick(locales)
    if (document === undefined || locale === undefined) return
    const path = `/api/documents/${document}/xliff/${locale}?version=2.1`
    const file = await ask('GET', path)
    if (file?.status !== 200) return
    const mark = word(++written)
    // Another tool's work: the first target gets a mark.
    const changed = file.text.replace(
      /(<target[^>]*>)([^<]+)/,
      (_, tag: string, text: string) => `${tag}${text} ${mark}`,
    )
    if (changed === file.text) return
    const answer = await ask('PUT', path, changed, { 'Content-Type': 'application/xliff+xml' })
    if (answer?.status === 200) diary.returned++
  }

  const revise = async (): Promise<void> => {
    const document = random.pick(diary.documents)
    if (document === undefined) return
    const text = `# Article, corrected\n\n${'Witness of the first day saw OMON at gate 3. '.repeat(1 + random.below(3))}The correction ${word(++written)} is new.\n`
    const answer = await ask('PUT', `/api/documents/${document}/source`, { text, format: 'markdown' })
    if (answer !== undefined && answer.status < 300) diary.revisions++
  }

  /** What nobody has done yet, so that every language can be approved in the end. */
  const fillUp = async (): Promise<void> => {
    for (const document of diary.documents) {
      for (const locale of locales) {
        const answer = await ask('GET', `/api/documents/${document}/segments/${locale}?limit=500`)
        if (answer?.status !== 200) continue
        for (const segment of (answer.json() as { segments: (Segment & { blocked: boolean })[] }).segments) {
          if (segment.target !== null && !segment.blocked) continue
          const text = `${segment.source} ${word(++written)}`
          await save(segment, locale, text)
        }
        await ask('POST', `/api/documents/${document}/locales/${locale}/approve`)
      }
    }
  }

  const live = async (act: () => Promise<void>, pauseMs: number): Promise<void> => {
    while (!stopped) {
      await act()
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + random.next())))
    }
  }
  const lives = [
    live(translateOne, 120),
    live(translateOne, 120),
    live(approveSome, 700),
    live(reject, 2_500),
    live(returnFile, 900),
    live(revise, 4_000),
  ]
  return {
    diary,
    submit,
    ask,
    fillUp,
    stop: async () => {
      stopped = true
      await Promise.all(lives)
    },
  }
}

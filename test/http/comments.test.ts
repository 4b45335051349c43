import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/permission.ts'
import type { CommentInbox, CommentList, CommentView, PresenceView } from '../../src/http/comment-schemas.ts'
import type { SegmentView } from '../../src/http/schemas.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let [ada, ben, carl] = ['', '', '']
let desk: ReturnType<typeof newsdesk>
const json = { 'Content-Type': 'application/json' }

const person = (name: string, role: Role, locales: readonly string[] = []) =>
  issueToken(server.database.db, { kind: 'access', name, role, locales })

beforeAll(async () => {
  server = await startServer()
  ada = await person('Ada', 'editor')
  ben = await person('Ben Bruno', 'translator')
  carl = await person('Carl', 'translator', ['fr'])
  desk = newsdesk(server, ada)
})
afterAll(() => server.close())

async function ask<T>(token: string, method: string, path: string, body?: unknown, status = 200): Promise<T> {
  const response = await server.api(token, path, {
    method,
    headers: json,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  expect([response.status, text.slice(0, 300)]).toEqual([status, expect.anything()])
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function newSegments(
  text = 'Good morning. Nobody went home.',
): Promise<[string, readonly SegmentView[]]> {
  const id = await desk.submit(text, ['de', 'fr'])
  return [id, await desk.segmentsOf(id, 'de')]
}
const say = (token: string, segment: SegmentView | undefined, body: object, status = 201) =>
  ask<CommentView>(token, 'POST', `/api/segments/${segment?.id}/comments`, { locale: 'de', ...body }, status)
const commentsOf = async (id: string, locale = 'de', token = ada) =>
  (await ask<CommentList>(token, 'GET', `/api/documents/${id}/comments/${locale}`)).comments
const inbox = (token: string, list: string) => ask<CommentInbox>(token, 'GET', `/api/comments?list=${list}`)

describe('comments', () => {
  it('stand in one language, or in all where they are about the source', async () => {
    const [id, [segment]] = await newSegments()
    await say(ada, segment, { text: 'Du oder Sie?' })
    await say(ben, segment, { text: 'Who says this?', locale: null })
    expect((await commentsOf(id)).map(({ text, by }) => [by, text])).toEqual([
      ['Ada', 'Du oder Sie?'],
      ['Ben Bruno', 'Who says this?'],
    ])
    expect((await commentsOf(id, 'fr', carl)).map(({ text }) => text)).toEqual(['Who says this?'])
  })

  it('mention people, who find what waits for them until the thread is resolved', async () => {
    const [id, [segment]] = await newSegments()
    const names = await ask<{ names: string[] }>(ada, 'GET', `/api/documents/${id}/names`)
    expect(names.names).toEqual(expect.arrayContaining(['Ada', 'Ben Bruno', 'Carl']))
    const root = await say(ada, segment, { text: '@ben bruno, is this right? @Nobody' })
    expect(root).toMatchObject({
      text: '@Ben Bruno, is this right? @Nobody',
      mentions: [{ start: 0, end: 10, name: 'Ben Bruno' }],
    })
    const mine = await inbox(ben, 'mentions')
    expect(mine.mentions).toBe(mine.comments.length)
    expect(mine.comments[0]).toMatchObject({ id: root.id, document: id, number: 1, openIn: 'de', answers: 0 })
    expect((await inbox(carl, 'mentions')).comments).toEqual([])

    const answer = await say(ben, segment, { text: 'Yes, @Ada.', replyTo: root.id })
    expect(answer.thread).toBe(root.id)
    expect((await inbox(ada, 'mentions')).comments.map((one) => one.id)).toContain(answer.id)
    const resolved = await ask<CommentView>(ada, 'POST', `/api/comments/${answer.id}/resolve`)
    expect(resolved).toMatchObject({ id: root.id, resolvedBy: 'Ada' })
    expect((await inbox(ben, 'mentions')).comments.map((one) => one.id)).not.toContain(root.id)
    expect((await inbox(ada, 'mentions')).comments.map((one) => one.id)).not.toContain(answer.id)
    await ask(ben, 'POST', `/api/comments/${root.id}/reopen`)
    expect((await inbox(ben, 'mentions')).comments.map((one) => one.id)).toContain(root.id)
  })

  it('are changed and deleted by whoever wrote them; answers to a deleted one stay', async () => {
    const [id, [segment]] = await newSegments()
    const root = await say(ada, segment, { text: 'First @Carl' })
    await say(ben, segment, { text: 'Answer', replyTo: root.id })
    await ask(ben, 'PUT', `/api/comments/${root.id}`, { text: 'forged' }, 403)
    await ask(ben, 'DELETE', `/api/comments/${root.id}`, undefined, 403)
    const edited = await ask<CommentView>(ada, 'PUT', `/api/comments/${root.id}`, { text: 'Second' })
    expect(edited).toMatchObject({ text: 'Second', mentions: [], editedAt: expect.any(String) })
    await ask(ada, 'DELETE', `/api/comments/${root.id}`, undefined, 204)
    expect((await commentsOf(id)).map(({ text }) => text)).toEqual(['', 'Answer'])
    const [, answer] = await commentsOf(id)
    await ask(await person('Root', 'admin'), 'DELETE', `/api/comments/${answer?.id}`, undefined, 204)
    expect((await commentsOf(id)).map(({ text }) => text)).toEqual([''])
  })

  it('are refused empty, on nothing, and in languages that are not one’s own', async () => {
    const [id, [segment, other]] = await newSegments()
    await say(ada, segment, { text: ' \n ' }, 400)
    await say(ada, { id: '999999999' } as SegmentView, { text: 'x' }, 404)
    await say(ada, segment, { text: 'x', locale: 'es' }, 404)
    await say(carl, segment, { text: 'x' }, 403)
    const root = await say(ada, segment, { text: 'x' })
    await say(ada, other, { text: 'y', replyTo: root.id }, 404)
    await ask(carl, 'GET', `/api/documents/${id}/comments/de`, undefined, 403)
    await ask(carl, 'POST', `/api/comments/${root.id}/resolve`, undefined, 403)
    const site = await person('Site', 'publisher')
    expect((await inbox(site, 'open')).comments).toEqual([])
  })

  it('are listed page by page, without those of languages that one does not see', async () => {
    const [, [segment, other]] = await newSegments()
    const numbers = Array.from({ length: 60 }, (_, n) => n)
    await Promise.all(numbers.map((n) => say(ada, n % 2 === 0 ? segment : other, { text: `de ${n}` })))
    const first = await inbox(ben, 'open')
    expect(first.comments).toHaveLength(50)
    const second = await ask<CommentInbox>(
      ...([ben, 'GET', `/api/comments?list=open&cursor=${first.nextCursor}`] as const),
    )
    const ids = [...first.comments, ...second.comments].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(60)
    expect((await inbox(carl, 'open')).comments.every(({ locale }) => locale !== 'de')).toBe(true)
    await ask(ben, 'GET', '/api/comments?cursor=nonsense', undefined, 400)
  })

  it('go on with their sentence when the article is revised', async () => {
    const [id, [, second]] = await newSegments('Good morning.\n\nNobody went home.')
    await say(ada, second, { text: 'Nobody at all?' })
    const form = new FormData()
    form.set('file', new Blob(['Good evening.\n\nA new one.\n\nNobody went home.']), 'strike.md')
    const response = await server.api(ada, `/api/documents/${id}/source`, { method: 'PUT', body: form })
    expect(response.status, await response.text()).toBe(202)
    await desk.ready(id, 2)
    const [comment] = await commentsOf(id)
    const now = (await desk.segmentsOf(id, 'de')).find(({ source }) => source === 'Nobody went home.')
    expect(comment?.segment).toBe(now?.id)
    expect(comment?.segment).not.toBe(second?.id)
  })

  it('reach an open page at once', async () => {
    const [id, [segment]] = await newSegments()
    const stop = new AbortController()
    const stream = await server.api(ben, `/api/documents/${id}/events?locale=de`, { signal: stop.signal })
    let heard = ''
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) heard += Buffer.from(chunk).toString()
    })().catch(() => undefined)
    await eventually('the document', async () => heard.includes('event: document'))
    await say(ada, segment, { text: 'Look here' })
    await eventually('the news of a comment', async () => heard.includes('event: comments'))
    await server.api(ada, `/api/segments/${segment?.id}/targets/de`, {
      method: 'PUT',
      headers: { ...json, 'If-Match': '"0"' },
      body: JSON.stringify({ text: 'Guten Morgen.' }),
    })
    await eventually('the news of a saved text', async () =>
      heard.includes(JSON.stringify({ locale: 'de', segment: segment?.id, version: 1 })),
    )
    const tab = randomUUID()
    await ask(ada, 'PUT', `/api/documents/${id}/presence/de`, { tab, segment: segment?.id })
    await eventually('the news of who is there', async () => heard.includes(`"tab":"${tab}"`))
    stop.abort()
    await reading
  })
})

describe('comments in XLIFF', () => {
  const file = async (id: string, version: string) =>
    (await server.api(ada, `/api/documents/${id}/xliff/de?version=${version}`)).text()
  const giveBack = async (id: string, content: string) => {
    const response = await server.api(ben, `/api/documents/${id}/xliff/de`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/xliff+xml' },
      body: content,
    })
    expect(response.status, await response.clone().text()).toBe(200)
  }

  it.each(['1.2', '2.0'])(
    'go out as notes, and notes that come back become comments once (%s)',
    async (version) => {
      const [id, [segment, other]] = await newSegments()
      const root = await say(ada, segment, { text: 'Is this\nfriendly?' })
      const closed = await say(ada, segment, { text: 'Settled' })
      await ask(ada, 'POST', `/api/comments/${closed.id}/resolve`)
      const sent = await file(id, version)
      expect(sent).toContain('Comment (Ada): Is this friendly?')
      expect(sent).not.toContain('Settled')
      // One tool adds to the note that is there, another one makes its own.
      const before = '<source>'
      const note = version === '1.2' ? '' : '<notes><note id="x">Wer ist niemand?</note></notes>'
      let back = sent.replace('friendly?</note>', 'friendly?\nI think @Ada is right.</note>')
      if (version === '1.2') {
        back = back.replace(
          /(<trans-unit id="[^"]*"(?:(?!<\/trans-unit>)[\s\S])*Nobody went home(?:(?!<\/trans-unit>)[\s\S])*)<\/trans-unit>/,
          '$1<note from="Ben">Wer ist niemand?</note></trans-unit>',
        )
      } else {
        const at = back.lastIndexOf('<segment', back.indexOf('Nobody went home', back.indexOf(before)))
        back = back.slice(0, at) + note + back.slice(at)
      }
      await giveBack(id, back)
      const comments = await commentsOf(id)
      expect(comments.filter(({ fromFile }) => fromFile)).toMatchObject([
        {
          segment: segment?.id,
          by: 'Ben Bruno',
          text: 'I think @Ada is right.',
          mentions: [{ name: 'Ada' }],
        },
        { segment: other?.id, by: 'Ben Bruno', text: 'Wer ist niemand?', mentions: [] },
      ])
      // The same notes in another file, as after a second round of the translator's.
      await giveBack(id, back.replace('</xliff>', '<!-- again --></xliff>'))
      expect(await commentsOf(id)).toHaveLength(comments.length)
      expect(await file(id, version)).toContain('Comment (Ben Bruno): I think @Ada is right.')
      await ask(ada, 'POST', `/api/comments/${root.id}/resolve`)
      expect(await file(id, version)).not.toContain('Is this friendly?')
    },
  )
})

describe('who is in a segment', () => {
  const enter = (token: string, id: string, tab: string, segment: string | null, status = 200) =>
    ask<PresenceView>(token, 'PUT', `/api/documents/${id}/presence/de`, { tab, segment }, status)

  it('is known by name to the others until the page is closed', async () => {
    const [id, [segment]] = await newSegments()
    const [first, second] = [randomUUID(), randomUUID()]
    await enter(ada, id, first, segment?.id ?? '')
    const { people } = await enter(ben, id, second, null)
    expect(people.map(({ by, segment: place }) => [by, place])).toEqual([
      ['Ada', segment?.id],
      ['Ben Bruno', null],
    ])
    // Nobody closes another one's page.
    await ask(ben, 'DELETE', `/api/documents/${id}/presence/${first}`, undefined, 204)
    expect((await enter(ben, id, second, null)).people).toHaveLength(2)
    await ask(ada, 'DELETE', `/api/documents/${id}/presence/${first}`, undefined, 204)
    expect((await enter(ben, id, second, null)).people.map(({ by }) => by)).toEqual(['Ben Bruno'])
  })

  it('ends by itself when nothing is heard of a browser', async () => {
    const [id, [segment]] = await newSegments()
    const tab = randomUUID()
    const { people } = await enter(ada, id, tab, segment?.id ?? '')
    expect(people[0]?.leftMs).toBeGreaterThan(60_000)
    await server.database.db
      .updateTable('presence')
      .set({ until: new Date(Date.now() - 1000) })
      .where('tab', '=', tab)
      .execute()
    expect((await enter(ben, id, randomUUID(), null)).people.map(({ by }) => by)).toEqual(['Ben Bruno'])
  })

  it('keeps nobody from saving', async () => {
    const [id, [segment]] = await newSegments()
    await enter(ada, id, randomUUID(), segment?.id ?? '')
    const response = await server.api(ben, `/api/segments/${segment?.id}/targets/de`, {
      method: 'PUT',
      headers: { ...json, 'If-Match': '"0"' },
      body: JSON.stringify({ text: 'Guten Morgen.' }),
    })
    expect(response.status).toBe(200)
  })

  it('is not told to those who may not read the language, nor in another person’s name', async () => {
    const [id] = await newSegments()
    const tab = randomUUID()
    await enter(carl, id, tab, null, 403)
    await enter(ada, id, tab, null)
    expect((await enter(ben, id, tab, '1')).people.map(({ by, segment }) => [by, segment])).toEqual([
      ['Ada', null],
    ])
    expect((await enter(ada, randomUUID(), randomUUID(), null)).people).toEqual([])
  })
})

import { expect } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { joinAs } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'

/** Public names, which have 60 characters at most. */
export const EVE = `Eve "'><i data-injected>`
export const MALLORY = `Mallory <img src=/x-injected onerror=__ran=1>`

/** A payload that breaks out of text, attributes, scripts and templates where any of them is careless. */
export const bad = (field: string): string =>
  `${field} "'><img data-injected src=/x-injected onerror=__ran=1><script>__ran=1</script>{{7*7}}\${7*7}`

/** The same with what turns the order of letters round. */
const turned = (field: string): string => `${bad(field)} \u202egnihtemos`

export type HostileDesk = {
  /** Markdown, two versions, corrected, published in German, with work left in French. */
  readonly article: string
  /** HTML. */
  readonly page: string
  /** Plain text. */
  readonly plain: string
  readonly withdrawn: string
  readonly concept: string
}

/** A desk where every text that anybody can write is an attack. */
export async function fillDesk(server: TestServer, admin: string, hook: string): Promise<HostileDesk> {
  const desk = newsdesk(server, admin)
  const ask = async (
    send: Send,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await send(method, path, body, headers)
    const answer: unknown = await response.json().catch(() => null)
    expect([method, path, response.status < 300, answer]).toEqual([method, path, true, answer])
    return answer as Record<string, unknown>
  }
  const tokenOf = async (name: string, roles: readonly string[]) => {
    const person = await joinAs(server, { name, grants: roles.map((role) => ({ role })) })
    const made = await person.ask('POST', '/api/tokens', { label: bad('label').slice(0, 80) })
    return newsdesk(server, ((await made.json()) as { token: string }).token)
  }
  const eve = await tokenOf(EVE, ['editor', 'terminologist'])
  const mallory = await tokenOf(MALLORY, ['translator'])

  await ask(desk.send, 'POST', '/api/webhooks', {
    url: `${hook}?a="'><img src=/x-injected onerror=__ran=1>`,
    locales: [],
  })

  const csv = `concept,definition,en,de\nimported,"${bad('imported').replaceAll('"', '""')}",importedterm,"${bad('importiert').replaceAll('"', '""')}"\n`
  const file = encodeURIComponent(`${bad('file').slice(0, 100)}.csv`)
  const taken = await server.api(admin, `/api/glossaries/hostile/import?file=${file}`, {
    ...{ method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: csv },
  })
  expect([taken.status, await taken.text()]).toEqual([200, expect.stringContaining('"new":1')])
  const { concept } = (await ask(eve.send, 'POST', '/api/glossaries/hostile/concepts', {
    ...{
      subject: bad('subject'),
      definition: turned('definition'),
      source: bad('origin'),
      enforcement: 'hard',
      note: bad('why'),
    },
    terms: [
      { locale: 'en', text: 'hostileterm', note: bad('note') },
      { locale: 'de', text: bad('term') },
    ],
  })) as { concept: { id: string } }
  await ask(mallory.send, 'POST', `/api/glossaries/hostile/concepts/${concept.id}/comments`, {
    text: turned('remark'),
  })
  await ask(mallory.send, 'POST', '/api/glossaries/hostile/concepts', {
    ...{ propose: true, note: bad('proposal'), definition: bad('proposed') },
    terms: [{ locale: 'en', text: bad('proposed term') }],
  })

  const { id: memory } = await ask(desk.send, 'POST', '/api/memories', {
    ...{
      name: bad('memory').slice(0, 100),
      priority: 0,
      penalty: 0,
      domain: bad('domain').slice(0, 100),
      active: true,
    },
  })
  const tmx = `<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu creationid="${xml(bad('author'))}"><tuv xml:lang="en"><seg>hostilepair ${xml(turned('pair'))}</seg></tuv><tuv xml:lang="de"><seg>${xml(turned('pair'))}</seg></tuv></tu></body></tmx>`
  const imported = await server.api(admin, `/api/memories/${Number(memory)}/import`, {
    ...{ method: 'POST', headers: { 'Content-Type': 'application/x-tmx+xml' }, body: tmx },
  })
  expect(await imported.text()).toContain('"done":true')

  const submit = (text: string, format: string, name: string, locales: readonly string[]) =>
    desk.submit(text, locales, { format, name, domain: bad('domain').slice(0, 100) })
  const escaped = bad('headline').replace(/[<>"'`$*_{}[\]]/g, '\\$&')
  const markdown = `# ${escaped}\n\n${turned('source').replace(/[<>"'`$*_{}[\]]/g, '\\$&')}\n\nThe hostileterm stands <b onclick="__ran=1">here</b>.\n`
  const name = `../${bad('name').slice(0, 60)}\u202e"\r\n.md`
  const article = await submit(markdown, 'markdown', name, ['de', 'fr'])
  const page = await submit(
    `<!doctype html><title>${xml(bad('title'))}</title><h1>${xml(bad('heading'))}</h1><p title="${xml(bad('attribute'))}">${xml(bad('html'))}</p>`,
    ...(['html', `${bad('name').slice(0, 60)}.html`, ['de']] as const),
  )
  const plain = await submit(`${bad('plain')}\n`, 'text', `${bad('name').slice(0, 60)}.txt`, ['de'])
  const withdrawn = await submit('# Away\n', 'markdown', 'away.md', ['de'])

  for (const locale of ['fr', 'de']) {
    await ask(desk.send, 'POST', `/api/documents/${article}/assignments`, {
      ...{ locale, role: 'translator', person: MALLORY, note: turned('assigned') },
    })
  }
  const { assignments } = (await ask(desk.send, 'GET', `/api/documents/${article}/assignments`)) as {
    assignments: { id: string; locale: string }[]
  }
  const handedBack = assignments.find(({ locale }) => locale === 'de')?.id
  await ask(mallory.send, 'POST', `/api/documents/${article}/assignments/${handedBack}/hand-back`, {
    note: turned('handed back'),
  })
  const french = await mallory.segmentsOf(article, 'fr')
  const [first, second] = french
  for (const segment of [first, second]) {
    await ask(
      mallory.send,
      'PUT',
      `/api/segments/${segment?.id}/targets/fr`,
      { text: turned('french') },
      { 'If-Match': '"0"' },
    )
  }
  await ask(
    eve.send,
    'POST',
    `/api/segments/${first?.id}/targets/fr/reject`,
    { category: 'style', note: turned('rejection') },
    { 'If-Match': '"1"' },
  )

  for (const segment of await desk.segmentsOf(article, 'de')) {
    // Mark-up that the source has not is a finding that blocks approval.
    const words = segment.source.includes('data-injected') ? turned('target') : 'Hier steht es:'
    const text = `${words} ${codesOf(segment.source)}`
    const version = `"${segment.target?.version ?? 0}"`
    const path = `/api/segments/${segment.id}/targets/de`
    await ask(mallory.send, 'PUT', path, { text }, { 'If-Match': version })
    await ask(mallory.send, 'POST', `/api/segments/${segment.id}/comments`, {
      ...{ text: `${turned('comment')} @${EVE}`, locale: 'de' },
    })
  }
  for (const segment of await desk.segmentsOf(article, 'de')) {
    for (const { conceptId } of segment.verdicts.filter(({ status }) => status === 'missing')) {
      const wish = { conceptId, reason: bad('waived') }
      await ask(eve.send, 'POST', `/api/segments/${segment.id}/targets/de/waive`, wish)
    }
  }
  const [, rejected] = await desk.segmentsOf(article, 'de')
  const version = `"${rejected?.target?.version}"`
  const why = { category: 'style', note: turned('rejection') }
  await ask(eve.send, 'POST', `/api/segments/${rejected?.id}/targets/de/reject`, why, { 'If-Match': version })
  for (const id of [page, plain]) await mallory.translate(id, 'de', bad('german'))
  await mallory.translate(withdrawn, 'de')
  for (const id of [article, page, plain, withdrawn]) {
    await ask(desk.send, 'PATCH', `/api/documents/${id}/publication`, { licence: bad('licence') })
    for (const { blocked, findings, verdicts, source } of await desk.segmentsOf(id, 'de')) {
      expect([source, blocked, blocked ? [findings, verdicts] : []]).toEqual([source, false, []])
    }
    await eve.approve(id, 'de')
    await desk.fetched(`/api/documents/${id}/bundle/de`)
  }
  const text = `${bad('plain')}\n\n${bad('more')}\n`
  await ask(desk.send, 'PUT', `/api/documents/${plain}/source`, { text, format: 'text' })
  await desk.ready(plain, 2)
  await mallory.translate(plain, 'de', bad('german'))
  const correction = { note: bad('corrected'), notes: { de: bad('correction') } }
  await ask(eve.send, 'POST', `/api/documents/${plain}/corrections`, correction)
  await eve.approve(plain, 'de')
  await eventually('the correction', async () => {
    const html = await server.api(admin, `/api/documents/${plain}/bundle/de?as=html`)
    return (await html.text()).includes('correction &quot;')
  })
  await ask(desk.send, 'PUT', `/api/documents/${withdrawn}/retraction`, {
    notice: bad('withdrawn'),
    notices: { de: bad('withdrawn') },
  })
  return { article, page, plain, withdrawn, concept: concept.id }
}

type Send = ReturnType<typeof newsdesk>['send']

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The characters that stand for inline codes. */
const codesOf = (text: string): string => text.replace(/[^\ue000-\uf8ff]/g, '')

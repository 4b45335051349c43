import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { principalOf } from '../../src/domain/permission.ts'
import { approveTarget, editTarget } from '../../src/domain/target-change.ts'
import { openProducer } from '../../src/queue/producer.ts'
import { undoCut } from '../../src/store/cut-undo.ts'
import { joinSegments, splitSegment } from '../../src/store/cuts.ts'
import { createDocument } from '../../src/store/documents.ts'
import { changeTarget } from '../../src/store/review.ts'
import { createRevision } from '../../src/store/revisions.ts'
import { loadSegments, type SegmentWithTarget } from '../../src/store/segments.ts'
import { createTermBaseReader } from '../../src/store/term-base.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attemptSegmentation } from '../support/segment-stage.ts'

let database: TestDatabase
let producer: ReturnType<typeof openProducer>

beforeAll(async () => {
  database = await createTestDatabase()
  producer = openProducer({ kind: 'postgres', url: database.url }, () => {})
})
afterAll(async () => {
  await producer?.close()
  await database?.close()
})

const who = principalOf({
  ...({ name: 'Anna', personId: null, via: 'token' } as const),
  grants: [{ role: 'editor', locales: [], documentId: null }],
})
const terms = () => createTermBaseReader(database.db)()

const segment = (revisionId: string) => attemptSegmentation(database.db, producer, revisionId)

async function submit(text: string): Promise<{ documentId: string; revisionId: string }> {
  const made = await createDocument(database.db, {
    ...{ name: 'a.md', format: 'markdown', charset: null, settings: {}, bytes: Buffer.from(text) },
    ...{ sourceLocale: 'en', targetLocales: ['de', 'fr'], createdBy: 'test' },
  })
  await segment(made.revisionId)
  return made
}

const send = (documentId: string, text: string, resegment = false) =>
  createRevision(database.db, documentId, {
    ...{ bytes: Buffer.from(text), charset: null, createdBy: 'test', resegment },
  })

async function update(documentId: string, text: string, resegment = false): Promise<string> {
  const id = await send(documentId, text, resegment)
  if (id === undefined) throw new Error('nothing changed')
  await segment(id)
  return id
}

const load = (revisionId: string, locale = 'de') => loadSegments(database.db, revisionId, locale)
const sources = (list: readonly SegmentWithTarget[]) => list.map((one) => one.segment.text)
/** What counts of each segment: source, translation, state. */
const stands = (list: readonly SegmentWithTarget[]) =>
  list.map((one) => [one.segment.text, one.target?.text ?? null, one.target?.state ?? null])

async function find(revisionId: string, text: string): Promise<string> {
  const found = (await load(revisionId)).find((one) => one.segment.text.includes(text))
  if (found === undefined) throw new Error(`no segment has ${text}`)
  return found.segment.rowId
}

async function split(revisionId: string, before: string): Promise<string> {
  const segmentRowId = await find(revisionId, before)
  const text = (await load(revisionId)).find((one) => one.segment.rowId === segmentRowId)?.segment.text ?? ''
  const cut = await splitSegment(database.db, await terms(), who, {
    ...{ segmentRowId, offset: text.indexOf(before) },
  })
  return cut.id
}
const unite = async (revisionId: string, text: string) =>
  joinSegments(database.db, await terms(), who, await find(revisionId, text))

/** Translates all that is not yet; every second one is approved. */
async function translate(revisionId: string, locale = 'de'): Promise<void> {
  const termBase = await terms()
  for (const [at, { segment: one, target }] of (await load(revisionId, locale)).entries()) {
    const wish = { segmentRowId: one.rowId, locale }
    const text = `${locale}(${one.text})`
    if (target === null || target.state === 'initial') {
      await changeTarget(database.db, termBase, who, {
        ...{ ...wish, baseVersion: target?.version ?? 0, action: 'edit' },
        change: (current) => editTarget(current, text, 'Anna'),
      })
    }
    const now = (await load(revisionId, locale))[at]?.target ?? null
    if (at % 2 === 1) continue
    await changeTarget(database.db, termBase, who, {
      ...{ ...wish, baseVersion: now?.version ?? 0, action: 'approve' },
      change: (current) => approveTarget(current, false),
    })
  }
}

const TEXT = [
  '# The strike goes on',
  'Drivers of nine lines stopped work at dawn; nobody had warned the town. Trams went on as before. Fares rose.',
  'The mayor spoke to the drivers at noon. They listened to him.',
].join('\n\n')
const CUT = [
  'The strike goes on',
  'Drivers of nine lines',
  'stopped work at dawn;',
  'nobody had warned the town. Trams went on as before.',
  'Fares rose.',
  'The mayor spoke to the drivers at noon. They listened to him.',
]

/** Split twice, joined with a neighbour, and two sentences joined. */
async function submitCut(): Promise<{ documentId: string; revisionId: string }> {
  const made = await submit(TEXT)
  await split(made.revisionId, 'nobody')
  await split(made.revisionId, 'stopped')
  await unite(made.revisionId, 'nobody')
  await unite(made.revisionId, 'The mayor')
  expect(sources(await load(made.revisionId))).toEqual(CUT)
  await translate(made.revisionId)
  await translate(made.revisionId, 'fr')
  return made
}

describe('a cut and a new version of the article', () => {
  it('keeps the parts with translation and state in every language, cuts of cuts too', async () => {
    const { documentId, revisionId } = await submitCut()
    const fresh = await update(documentId, `${TEXT}\n\nReaders wrote to us in the evening.`)
    const more = [['Readers wrote to us in the evening.', null, null]]
    expect(stands(await load(fresh))).toEqual([...stands(await load(revisionId)), ...more])
    expect(stands(await load(fresh, 'fr'))).toEqual([...stands(await load(revisionId, 'fr')), ...more])
    const revision = await database.db
      .selectFrom('revision')
      .select(['segments', 'words'])
      .where('id', '=', fresh)
      .executeTakeFirst()
    expect(revision).toEqual({ segments: 7, words: 43 })
    const last = await update(documentId, `Letters came first.\n\n${TEXT}`)
    expect(stands(await load(last)).slice(1)).toEqual(stands(await load(revisionId)))
  })

  it('leaves a sentence that has changed to the rules; its translations stay with the old version', async () => {
    const { documentId, revisionId } = await submitCut()
    const before = stands(await load(revisionId))
    const fresh = await update(documentId, TEXT.replace('listened', 'shouted'))
    const after = await load(fresh)
    expect(sources(after)).toEqual([
      ...CUT.slice(0, 5),
      'The mayor spoke to the drivers at noon.',
      'They shouted to him.',
    ])
    expect(stands(after).slice(0, 5)).toEqual(before.slice(0, 5))
    expect(after.slice(5).every(({ target }) => target === null || target.state === 'initial')).toBe(true)
    expect(stands(await load(revisionId))).toEqual(before)
  })

  it('is there again when the text is put back', async () => {
    const { documentId, revisionId } = await submitCut()
    await update(documentId, TEXT.replace('at dawn', 'at night').replace(' They listened to him.', ''))
    await update(documentId, 'Something else stands here now.')
    const back = await update(documentId, TEXT)
    expect(stands(await load(back))).toEqual(stands(await load(revisionId)))
  })

  it('changes nothing when the same bytes come again, and holds when they are cut anew', async () => {
    const { documentId, revisionId } = await submitCut()
    expect(await send(documentId, TEXT)).toBeUndefined()
    const anew = await update(documentId, TEXT, true)
    expect(stands(await load(anew))).toEqual(stands(await load(revisionId)))
  })

  it('is gone for good once it was taken back', async () => {
    const { documentId, revisionId } = await submit(TEXT)
    const id = await split(revisionId, 'nobody')
    const second = await update(documentId, `${TEXT} Then he left.`)
    expect(await load(second)).toHaveLength(8)
    await expect(
      undoCut(database.db, await terms(), who, { cutId: id, segment: await find(revisionId, 'Drivers') }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await unite(second, 'Drivers')
    const third = await update(documentId, TEXT)
    expect(await load(third)).toHaveLength(6)
  })

  it('is made once, however often the work is begun', async () => {
    const { documentId, revisionId } = await submitCut()
    const fresh = await send(documentId, `${TEXT}\n\nMore of it.`)
    if (fresh === undefined) throw new Error('nothing changed')
    await sql`create function break_off() returns trigger language plpgsql as $$
      begin raise exception 'the process dies here'; end $$`.execute(database.db)
    await sql`create trigger break_off before insert on target_history for each row
      when (new.action = 'revision') execute function break_off()`.execute(database.db)
    await expect(segment(fresh)).rejects.toThrow('dies here')
    const rules = () =>
      database.db.selectFrom('cut_unit').select('unit_id').where('revision_id', '=', fresh).execute()
    expect([await load(fresh), await rules()]).toEqual([[], []])
    await sql`drop function break_off cascade`.execute(database.db)
    await segment(fresh)
    expect(stands(await load(fresh)).slice(0, 6)).toEqual(stands(await load(revisionId)))
    expect(await rules()).toHaveLength(2)
    await expect(segment(fresh)).rejects.toThrow('settled')
  })
})

describe('any cuts and any edits', () => {
  it('keep what stands unchanged, lose no text, and come back with the text', async () => {
    let number = 0
    // No word stands twice in an article, so that each part is known by its words.
    const sentence = () => {
      const mark = 1000 + ++number
      return `${['Witness', 'told', 'them', 'what', 'had', 'happened', 'there'].map((word) => word + mark).join(' ')}.`
    }
    const plan = fc.record({
      paragraphs: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      cuts: fc.array(fc.tuple(fc.boolean(), fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 5 }),
      edits: fc.array(fc.tuple(fc.constantFrom('edit', 'drop', 'add', 'move', 'break'), fc.nat(99)), {
        maxLength: 3,
      }),
    })
    await fc.assert(
      fc.asyncProperty(plan, async ({ paragraphs, cuts, edits }) => {
        const article = paragraphs.map((count) => Array.from({ length: count }, sentence))
        const textOf = (list: readonly (readonly string[])[]) =>
          list.map((each) => each.join(' ')).join('\n\n')
        const { documentId, revisionId } = await submit(textOf(article))
        for (const [isSplit, which, where] of cuts) {
          const now = await load(revisionId)
          const { segment: one } = now[which % now.length] ?? {}
          const spaces = [...(one?.text.matchAll(/(?<=[a-z\d.]) /g) ?? [])].map(({ index }) => index)
          const offset = spaces[where % Math.max(1, spaces.length)]
          const segmentRowId = one?.rowId ?? ''
          const termBase = await terms()
          const cut = isSplit
            ? offset === undefined
              ? undefined
              : splitSegment(database.db, termBase, who, { segmentRowId, offset })
            : joinSegments(database.db, termBase, who, segmentRowId)
          await cut?.catch(() => {})
        }
        await translate(revisionId)
        const before = stands(await load(revisionId))

        const next = article.map((each) => [...each])
        for (const [what, which] of edits) {
          const each = next[which % next.length] ?? []
          const at = which % Math.max(1, each.length)
          if (what === 'edit') each[at] = sentence()
          if (what === 'drop') each.splice(at, 1)
          if (what === 'add') each.splice(at, 0, sentence())
          if (what === 'move') next.push(...next.splice(0, 1))
          if (what === 'break') next.splice((which % next.length) + 1, 0, each.splice(at))
        }
        if (next.every((each) => each.length === 0)) next.push([sentence()])
        const text = textOf(next.filter((each) => each.length > 0))
        const same = text === textOf(article)
        const fresh = same ? revisionId : await update(documentId, text)
        const after = stands(await load(fresh))
        const tight = (list: readonly unknown[]) => list.join('').replace(/\s/g, '')
        expect(tight(after.map(([source]) => source))).toBe(tight([text]))
        const expected = article.flatMap((each) => keptOf(each, before, next))
        for (const { kept, segments } of expected) {
          for (const one of segments) {
            if (kept) expect(after).toContainEqual(one)
            else if (!article.flat().includes(String(one[0])))
              expect(after.map(([source]) => source)).not.toContain(one[0])
          }
        }
        const back = same ? revisionId : await update(documentId, textOf(article))
        expect(stands(await load(back))).toEqual(before)
      }),
      { numRuns: 8 },
    )
  }, 120_000)
})

/**
 * The segments of a paragraph in the smallest groups that begin and end with a sentence, and whether all sentences of
 * the group follow each other in one paragraph of the new version.
 */
function keptOf(
  paragraph: readonly string[],
  stood: readonly (readonly unknown[])[],
  next: readonly (readonly string[])[],
) {
  const whole = paragraph.join(' ')
  const mine = stood.filter(([source]) => whole.includes(String(source)))
  const groups: { kept: boolean; segments: (readonly unknown[])[] }[] = []
  let [sentences, segments]: [string[], (readonly unknown[])[]] = [[], []]
  const rest = [...paragraph]
  for (const one of mine) {
    segments.push(one)
    const length = segments.map(([source]) => source).join(' ').length
    while (sentences.join(' ').length < length) sentences.push(rest.shift() ?? '?')
    if (sentences.join(' ').length !== length) continue
    const wanted = sentences
    const kept = next.some((other) =>
      other.some((_, at) => wanted.every((text, further) => other[at + further] === text)),
    )
    groups.push({ kept, segments })
    ;[sentences, segments] = [[], []]
  }
  expect([sentences, rest]).toEqual([[], []])
  return groups
}

describe('cuts of before', () => {
  it('hold in the next version too', async () => {
    const { documentId, revisionId } = await submit(TEXT)
    await split(revisionId, 'nobody')
    await split(revisionId, 'stopped')
    await unite(revisionId, 'The mayor')
    const standing = sources(await load(revisionId))
    const rules = () => database.db.selectFrom('cut_unit').selectAll().where('revision_id', '=', revisionId)
    const known = await rules().orderBy('unit_id').execute()
    const folder = join(import.meta.dirname, '../../src/store/migrations')
    const [file = ''] = (await readdir(folder)).filter((name) => name.startsWith('0020'))
    await sql`drop table cut_unit`.execute(database.db)
    await sql.raw(await readFile(join(folder, file), 'utf8')).execute(database.db)
    expect(await rules().orderBy('unit_id').execute()).toEqual(known)
    const fresh = await update(documentId, `${TEXT}\n\nMore of it.`)
    expect(sources(await load(fresh)).slice(0, -1)).toEqual(standing)
  })
})

import type { BoardQuery } from './board-api.ts'

/** Nothing left out, what is urgent first. */
export const EVERYTHING: BoardQuery = {
  state: '',
  locale: '',
  who: '',
  priority: '',
  due: '',
  findings: false,
  text: '',
  sort: 'urgent',
}

/** What the address of the page asks for; what it cannot ask for is left out. */
export function readQuery(address: Readonly<Record<string, string>>): BoardQuery {
  const { state = '', locale = '', who = '', priority = '', due = '', text = '' } = address
  return {
    ...{ state, locale, who, priority, text },
    due: due === 'overdue' || due === 'today' || due === 'week' ? due : '',
    findings: address.findings === 'yes',
    sort: address.sort === 'newest' ? 'newest' : 'urgent',
  }
}

/** The address that asks for it, so that a filtered desk can be kept as a bookmark and sent to somebody. */
export function queryAddress(query: BoardQuery): string {
  const wish = new URLSearchParams()
  for (const key of ['state', 'locale', 'who', 'priority', 'due', 'text'] as const) {
    if (query[key] !== '') wish.set(key, query[key])
  }
  if (query.findings) wish.set('findings', 'yes')
  if (query.sort !== EVERYTHING.sort) wish.set('sort', query.sort)
  const text = wish.toString()
  return text === '' ? '/' : `/?${text}`
}

/** Whether anything is filtered out. */
export const isFiltered = (query: BoardQuery): boolean =>
  queryAddress({ ...query, sort: EVERYTHING.sort }) !== '/'

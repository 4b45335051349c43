import type { ReportView } from '../../http/report-schemas.ts'
import { request } from '../request.ts'

export type ReportWish = {
  /** Days, both included: `2026-01-31`. */
  readonly from: string
  readonly to: string
  /** '' for all. */
  readonly locale: string
  readonly person: string
}

/** Where a report is had as JSON or CSV. */
export function reportPath(wish: ReportWish, format: 'json' | 'csv'): string {
  const given = Object.entries(wish).filter(([, value]) => value !== '')
  return `/api/reports?${new URLSearchParams([...given, ['format', format]])}`
}

export const getReport = (wish: ReportWish) => request<ReportView>('GET', reportPath(wish, 'json'))

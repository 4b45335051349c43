import type { Finding } from '../finding.ts'
import { type Check, hideCodes } from './check.ts'

/** `double-space`: two or more spaces in a row inside the target, where the source has none. */
export const checkSpacing: Check = ({ source, target }) => {
  if (DOUBLE.test(hideCodes(source))) return []
  const findings: Finding[] = []
  for (const match of hideCodes(target).matchAll(ALL_DOUBLE)) {
    const start = match.index
    const end = start + match[0].length
    findings.push({ check: 'double-space', severity: 'warning', message: 'Two spaces in a row.', start, end })
    if (findings.length === MOST) break
  }
  return findings
}

const MOST = 20
const DOUBLE = /[ \u00a0\u202f]{2}/
const ALL_DOUBLE = /[ \u00a0\u202f]{2,}/g

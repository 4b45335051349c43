import type { ErrorCode } from '../domain/errors.ts'
import { t } from './i18n.ts'

/** What each code of a problem (RFC 9457) says in short: those of the domain, and the three that HTTP has besides. */
export const PROBLEM_WORDS: Readonly<Record<ErrorCode | 'internal' | 'too-many' | 'too-many-tries', string>> =
  {
    'invalid-input': t('The input cannot be read'),
    'unsupported-format': t('The format is not supported'),
    'too-large': t('It is too large'),
    'unknown-locale': t('Unknown locale'),
    'same-locale': t('Source and target are the same locale'),
    'not-found': t('Not found'),
    // Pages hear of it only where somebody tries to sign in, with a wrong password for one.
    unauthorized: t('It did not work'),
    forbidden: t('Not allowed'),
    conflict: t('It does not fit what stands now'),
    'precondition-failed': t('Somebody was faster'),
    'precondition-required': t('Say which version you saw'),
    blocked: t('Findings stand against it'),
    'not-ready': t('Not ready yet'),
    gone: t('Withdrawn'),
    'engine-rate-limited': t('The engine is busy'),
    'engine-quota': t('The engine has no quota left'),
    'engine-unavailable': t('The engine cannot be reached'),
    'engine-bad-answer': t('The engine answered nonsense'),
    'engine-refused': t('The engine refuses'),
    misconfigured: t('Wrong configuration'),
    internal: t('Something failed on our side'),
    'too-many': t('Too many streams'),
    'too-many-tries': t('Too many tries'),
  }

const byCode: ReadonlyMap<string, string> = new Map(Object.entries(PROBLEM_WORDS))

/** Titles that say it better than the title of their code: signing in was not unreadable. */
const BY_TITLE: ReadonlyMap<string, string> = new Map([['It did not work', t('It did not work')]])

/** What a problem says in short in the language of the interface; what the server said where its code is not known. */
export const problemTitle = (code: string, title: string): string =>
  BY_TITLE.get(title) ?? byCode.get(code) ?? title

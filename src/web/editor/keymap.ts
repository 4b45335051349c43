import { t } from '../i18n.ts'

/** What a key or a button can ask the editor for. */
export type Command =
  | 'save-next'
  | 'approve-next'
  | 'previous'
  | 'next'
  | 'next-open'
  | 'next-untranslated'
  | 'next-finding'
  | 'jump'
  | 'copy-source'
  | 'insert-code'
  | 'use-match'
  | 'insert-match'
  | 'insert-term'
  | 'apply-fix'
  | 'comment'
  | 'concordance'
  | 'replace'
  | 'filter'
  | 'preview'
  | 'split'
  | 'merge'
  | 'undo'
  | 'leave'
  | 'help'

export const KEY_GROUPS = ['finish', 'go', 'write', 'look', 'page'] as const
export type KeyGroup = (typeof KEY_GROUPS)[number]
/** Headings of the help. */
export const GROUP_WORDS: Readonly<Record<KeyGroup, string>> = {
  finish: t('Finish a segment'),
  go: t('Go to'),
  write: t('Write'),
  look: t('Look up and change'),
  page: t('This page'),
}

export type KeyBinding = {
  readonly command: Command
  readonly group: KeyGroup
  /**
   * `Mod` is Ctrl, on a Mac ⌘. Names are those of `KeyboardEvent.key`, letters in lower case; `#` is any digit from
   * 1 to 9, which tells the command its number.
   */
  readonly keys: readonly string[]
  /** On a Mac, where the others write characters there or belong to the system. */
  readonly mac?: readonly string[]
  readonly words: string
  /** A permission that the command needs. */
  readonly permission?: string
}

/**
 * The one keymap: the page acts on it, the help is drawn from it, and people change it (`key-settings.ts`). Chosen so
 * that no current browser keeps the keys for itself, that neither NVDA, JAWS, VoiceOver nor Orca takes them, and that
 * none is AltGr with a letter, which writes on many keyboards.
 */
export const KEYMAP: readonly KeyBinding[] = [
  {
    command: 'save-next',
    group: 'finish',
    keys: ['Mod-Enter'],
    words: t('Confirm and go to the next segment'),
  },
  {
    command: 'approve-next',
    group: 'finish',
    keys: ['Mod-Shift-Enter'],
    words: t('Approve and go to the next segment'),
    permission: 'review',
  },
  {
    command: 'undo',
    group: 'finish',
    keys: ['Alt-Shift-Backspace'],
    words: t('Take the last step back: a replacement, a cut, a repetition'),
  },
  { command: 'next', group: 'go', keys: ['Alt-ArrowDown'], words: t('Next segment') },
  { command: 'previous', group: 'go', keys: ['Alt-ArrowUp'], words: t('Previous segment') },
  {
    command: 'next-open',
    group: 'go',
    keys: ['Alt-Shift-ArrowDown'],
    words: t('Next segment that is not approved'),
  },
  {
    command: 'next-untranslated',
    group: 'go',
    keys: ['Alt-PageDown'],
    words: t('Next segment without a translation'),
  },
  { command: 'next-finding', group: 'go', keys: ['F8'], words: t('Next segment with something to check') },
  { command: 'jump', group: 'go', keys: ['Mod-g'], words: t('Go to a segment by its number') },
  {
    command: 'copy-source',
    group: 'write',
    keys: ['Ctrl-;'],
    words: t('Copy the source into the translation'),
  },
  { command: 'insert-code', group: 'write', keys: ['Ctrl-,'], words: t('Insert the next missing code') },
  {
    command: 'use-match',
    group: 'write',
    keys: ['Alt-Enter'],
    words: t('Use the best match from memory; again: the next one'),
  },
  {
    command: 'insert-match',
    group: 'write',
    keys: ['Alt-#'],
    mac: ['Ctrl-#'],
    words: t('Use the match with this number'),
  },
  {
    command: 'insert-term',
    group: 'write',
    keys: ['Alt-Shift-#'],
    mac: ['Ctrl-Shift-#'],
    words: t('Insert the translation of the term with this number'),
  },
  {
    command: 'apply-fix',
    group: 'write',
    keys: ['Alt-Shift-Enter'],
    words: t('Mend the first finding that has a fix'),
  },
  { command: 'comment', group: 'look', keys: ['Alt-Shift-c'], words: t('Comment on the segment') },
  { command: 'concordance', group: 'look', keys: ['Mod-k'], words: t('Search the memory for words') },
  {
    command: 'replace',
    group: 'look',
    keys: ['Mod-Shift-f'],
    words: t('Find and replace in all translations'),
    permission: 'translate',
  },
  { command: 'filter', group: 'look', keys: ['Mod-Shift-l'], words: t('Filter the segments') },
  { command: 'preview', group: 'look', keys: ['Alt-Shift-p'], words: t('Show or hide the preview') },
  {
    command: 'split',
    group: 'look',
    keys: ['Alt-Shift-s'],
    words: t('Split the segment'),
    permission: 'review',
  },
  {
    command: 'merge',
    group: 'look',
    keys: ['Alt-Shift-j'],
    words: t('Join the segment with the next one'),
    permission: 'review',
  },
  { command: 'leave', group: 'page', keys: ['Escape'], words: t('Leave the text field') },
  { command: 'help', group: 'page', keys: ['Ctrl-/'], words: t('Show and change these keys') },
]

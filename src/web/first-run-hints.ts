import { t } from './i18n.ts'

export type Hint = { readonly title: string; readonly text: string }

const KEYS: Hint = {
  title: t('Your hands can stay on the keys'),
  text: t('Everything in the editor has a key. “Keys” there shows them all, and you can choose others.'),
}
const KEPT: Hint = {
  title: t('Nothing is lost'),
  text: t(
    'What you type is kept on this device at once, even without a connection, and saved by itself as soon as there is one.',
  ),
}
const AGREED: Hint = {
  title: t('Agreed words are underlined'),
  text: t('Point at one to see what it means and how it is translated here. Enter puts the translation in.'),
}

const HINTS: Readonly<Record<string, readonly Hint[]>> = {
  translator: [
    {
      title: t('Find something to do'),
      text: t('“My work” shows what is yours and what you could take. The most urgent comes first.'),
    },
    {
      title: t('Take an article, and give it back'),
      text: t(
        'What you take is yours while you work on it. When you are done, or have no more time, hand it back in its menu.',
      ),
    },
    AGREED,
    KEYS,
    KEPT,
  ],
  editor: [
    {
      title: t('Find what waits for you'),
      text: t('“My work” shows what is yours and what somebody should check. The most urgent comes first.'),
    },
    {
      title: t('Check and approve'),
      text: t(
        'Whatever has no doubts can be approved in one step, and that step taken back. What is not right goes back to its translator with a reason.',
      ),
    },
    AGREED,
    KEYS,
    KEPT,
  ],
  submitter: [
    {
      title: t('Send an article'),
      text: t('Paste its text or its address below, or drop a file there, and choose the languages.'),
    },
    {
      title: t('Watch it grow'),
      text: t('Every language shows how far it is and who works on it. The page stays up to date by itself.'),
    },
    {
      title: t('Say how urgent it is'),
      text: t('In the menu of an article you set a deadline, or put it before everything else.'),
    },
  ],
  terminologist: [
    {
      title: t('Decide about words'),
      text: t('“Terms” shows what people proposed. You accept, change or refuse it there.'),
    },
    {
      title: t('Find new ones'),
      text: t('“From a document” lists what an article says often and nobody has agreed on yet.'),
    },
    {
      title: t('See them at work'),
      text: t('Each term shows where it is used, and what a change of it would touch.'),
    },
  ],
  publisher: [
    {
      title: t('See what is out'),
      text: t('“Publishing” shows every finished article with its languages.'),
    },
    {
      title: t('Take it to your site'),
      text: t('Each article has addresses that you can copy, and there are feeds for everything new.'),
    },
    {
      title: t('Corrections come along'),
      text: t('What is corrected or withdrawn later shows at the same addresses.'),
    },
  ],
  admin: [
    {
      title: t('Send an article'),
      text: t('Paste its text or its address below, or drop a file there, and choose the languages.'),
    },
    {
      title: t('Invite people'),
      text: t('Under “More” you find the people: make a link for each, with a role and languages.'),
    },
    {
      title: t('Bring it out'),
      text: t(
        'An approved language is published by itself. Feeds, webhooks and withdrawing are under “Publishing”.',
      ),
    },
    KEYS,
    KEPT,
  ],
}

/** Three to five hints for whoever is here for the first time. @param role the widest that they have */
export function hintsFor(role: string): readonly Hint[] {
  return HINTS[role] ?? []
}

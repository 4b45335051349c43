import { createTransport } from 'nodemailer'

export type Letter = { readonly to: string; readonly subject: string; readonly text: string }

/** Sends a letter. @throws Error of the mail server */
export type SendMail = (letter: Letter) => Promise<void>

/**
 * Letters by SMTP.
 *
 * @param url `smtp://user:password@mail.example.org:587`, or `smtps://…` for TLS from the start
 * @param from `Talmach <desk@example.org>`
 */
export function openMail(url: string, from: string): SendMail {
  const transport = createTransport(url, { from })
  return async (letter) => {
    await transport.sendMail(letter)
  }
}

export const signInMail = (link: string): Omit<Letter, 'to'> => ({
  subject: 'Sign in to Talmach',
  text: `Open this link to sign in. It works once, for 15 minutes:

${link}

If you did not ask for it, leave it: nothing happens.
`,
})

export const confirmationMail = (link: string): Omit<Letter, 'to'> => ({
  subject: 'Confirm your address for Talmach',
  text: `Somebody gave this address for their account at Talmach. If it was you, open this link within a day:

${link}

If it was not you, leave it: the address will not be used.
`,
})

export const invitationMail = (link: string, days: number): Omit<Letter, 'to'> => ({
  subject: 'You are invited to Talmach',
  text: `You are invited to work on translations at Talmach. Open this link to choose your public name, within ${days} days:

${link}

The link is for you alone. If you did not expect it, leave it.
`,
})

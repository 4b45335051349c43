import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { eventually } from './eventually.ts'

export type SmtpServer = {
  readonly url: string
  /** Letters as they came: headers and text. */
  readonly letters: readonly { readonly to: string; readonly text: string }[]
  /** The newest letter to somebody. */
  readonly letterTo: (address: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** A mail server that takes every letter and keeps it (RFC 5321, as much as a client needs). */
export async function startSmtpServer(): Promise<SmtpServer> {
  const letters: { to: string; text: string }[] = []
  const server = createServer((socket) => {
    let [to, body, inBody, rest] = ['', '', false, '']
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 mail.test ESMTP')
    const take = (line: string) => {
      if (inBody) {
        if (line !== '.') {
          body += `${line.replace(/^\.\./, '.')}\n`
          return
        }
        inBody = false
        letters.push({ to, text: body })
        say('250 kept')
        return
      }
      const [verb = ''] = line.toUpperCase().split(' ')
      if (verb === 'EHLO' || verb === 'HELO') say('250 mail.test')
      else if (verb === 'RCPT') {
        to = /<([^>]*)>/.exec(line)?.[1] ?? ''
        say('250 fine')
      } else if (verb === 'DATA') {
        inBody = true
        body = ''
        say('354 go on')
      } else if (verb === 'QUIT') {
        say('221 bye')
        socket.end()
      } else say('250 fine')
    }
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      const lines = rest.split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    letterTo: (address) =>
      eventually(`a letter to ${address}`, async () => letters.findLast(({ to }) => to === address)?.text),
    close: () => new Promise((done) => server.close(() => done())),
  }
}

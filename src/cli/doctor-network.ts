import type { EngineProbe } from '../engines/engine-probes.ts'
import type { Probe } from './doctor.ts'

/** Probes of what is reached over the network: engines, the public address, the mail server. */
export function networkProbes(options: {
  readonly engines: () => Promise<string>
  readonly engineProbes: readonly EngineProbe[]
  readonly publicUrl: string | undefined
  readonly listensTo: string
  /** Asks the mail server whether it would take a letter; undefined: none is configured. */
  readonly verifyMail: (() => Promise<void>) | undefined
}): readonly Probe[] {
  return [
    { name: 'engines', ask: options.engines },
    ...options.engineProbes.map(({ engine, ask }) => ({
      name: engine,
      ask: async () => {
        const { detail, warn } = await ask()
        return warn === undefined ? detail : { detail, warn }
      },
    })),
    { name: 'public url', ask: () => askPublic(options.publicUrl, options.listensTo) },
    {
      name: 'mail',
      remedy: 'look at the address, name and password of the mail server',
      ask: async () => {
        if (options.verifyMail === undefined) return 'not configured: links are handed over by hand'
        await options.verifyMail()
        return 'the server takes letters'
      },
    },
  ]
}

async function askPublic(url: string | undefined, host: string) {
  const local = ['127.0.0.1', '::1', 'localhost'].includes(host)
  if (url === undefined) {
    if (local) return 'none: this machine only'
    return {
      detail: `none, and it listens on ${host}`,
      warn: 'put a proxy with TLS in front and set TALMACH_PUBLIC_URL to its address',
    }
  }
  const { protocol, hostname } = new URL(url)
  const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  )
  if (answer?.ok !== true) {
    return {
      detail: `${url} does not answer from here`,
      warn: 'start the desk, and look at the proxy in front of it',
    }
  }
  if (protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    return {
      detail: `${url} answers without TLS`,
      warn: 'use https: passwords and drafts travel in the clear',
    }
  }
  return `${url} answers`
}

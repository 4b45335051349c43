declare module 'jsdom' {
  /** The parts of jsdom that are used: a document without scripts, style sheets and network. */
  export class JSDOM {
    /** @param options `url` is what relative addresses are relative to */
    constructor(html: string, options?: { readonly url?: string })
    readonly window: { readonly document: Document; close(): void }
  }
}

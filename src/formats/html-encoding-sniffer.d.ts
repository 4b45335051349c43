declare module 'html-encoding-sniffer' {
  /** WHATWG encoding sniffing. @returns the name of the encoding, or `defaultEncoding` as it was given */
  function sniffHtmlEncoding(
    bytes: Uint8Array,
    options?: { readonly transportLayerEncodingLabel?: string; readonly defaultEncoding?: string },
  ): string
  export = sniffHtmlEncoding
}

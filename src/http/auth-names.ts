/** Header by which better-auth learns who asks; what a client sends under this name is thrown away. */
export const ADDRESS_HEADER = 'x-talmach-address'

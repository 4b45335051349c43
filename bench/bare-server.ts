import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** The least a Hono server can do: the bytes of a file from memory, or 304. `node bench/bare-server.ts FILE` */
const bytes = new Uint8Array(readFileSync(process.argv[2] ?? ''))
const app = new Hono()
app.get('/bundle', (c) => c.body(bytes, 200, { 'Content-Type': 'text/markdown; charset=utf-8' }))
app.get('/unchanged', (c) => c.body(null, 304, { ETag: '"the same"' }))
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`ready: http://127.0.0.1:${port}`)
})
process.on('SIGTERM', () => server.close(() => process.exit(0)))

import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { problemHandler } from '../../src/http/problem.ts'

it('logs no fault of ours when somebody breaks off a request', async () => {
  const logged: unknown[] = []
  const app = new Hono()
  app.onError(problemHandler((error) => logged.push(error)))
  app.get('/aborted', () => {
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
  })
  // The same code from a service behind us is a fault.
  app.get('/reset', () => {
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  })
  expect([(await app.request('/aborted')).status, logged.length]).toEqual([400, 0])
  expect([(await app.request('/reset')).status, logged.length]).toEqual([500, 1])
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/tests.json' }]],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more files at once only makes Postgres and Chromium starve each other.
    maxWorkers: 2,
  },
})

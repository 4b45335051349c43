import { render } from 'preact'
import { loadWords } from './i18n.ts'

// Modules say things when they are imported, so the words come first.
await loadWords()
const { App } = await import('./app.tsx')
const place = document.getElementById('app')
if (place !== null) render(<App />, place)

import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** The desk and the editor: built from `src/web` into `dist/web`, which the server hands out as it is. */
export default defineConfig({
  root: 'src/web',
  // Inlined assets would need `data:` in more places of the content security policy than we want.
  build: { outDir: '../../dist/web', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
  // No babel hooks in production: Vite's own JSX transform is enough, and the plug-in adds hot reload.
  plugins: [preact({ devToolsEnabled: false })],
  server: { proxy: { '/api': 'http://127.0.0.1:7007', '/sign-in': 'http://127.0.0.1:7007' } },
})

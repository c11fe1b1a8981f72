import { join } from 'node:path';
import { defineConfig } from 'vite';

/** Apart from the page: it is served on the origin of a package, and no screen waits for any of it. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: '../../dist/renderer/player',
    emptyOutDir: true,
    target: 'chrome140',
    rolldownOptions: { input: join(import.meta.dirname, 'player.html') },
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});

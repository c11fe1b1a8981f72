import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Phones are older than kiosks. What `light-dark()` says is written out for those that do not know it. */
const BROWSERS = ['chrome111', 'safari16.4', 'firefox115'];

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/home',
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Offices have older browsers than kiosks. */
const BROWSERS = ['chrome111', 'safari16.4', 'firefox115'];

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/platform',
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Pages are fetched each by itself: what everybody waits for is three of these, 730 kB by now.
    chunkSizeWarningLimit: 400,
    // Words grow with every page: apart from what is made to be shared, neither is too large for long.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'words', test: /[\\/]messages[\\/]platform[\\/]/ }] } },
    },
  },
});

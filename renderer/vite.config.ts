import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const LETTERS = {
  'noto-sans-sc': '@fontsource-variable/noto-sans-sc',
  'noto-sans-math': '@fontsource/noto-sans-math',
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    react(),
    {
      name: 'letter-licence',
      generateBundle() {
        for (const [fileName, letters] of Object.entries(LETTERS))
          this.emitFile({ type: 'asset', fileName: `licences/${fileName}.txt`, source: licenceOf(letters) });
      },
    },
  ],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The page comes from the machine it is shown on: one file is read faster than two.
    chunkSizeWarningLimit: 730,
  },
  worker: { format: 'es' },
});

/** It has to go wherever the letters go. @throws Error where they have another one than was agreed to */
function licenceOf(letters: string): string {
  const packed = createRequire(import.meta.url).resolve(`${letters}/package.json`);
  const text = readFileSync(join(dirname(packed), 'LICENSE'), 'utf8');
  if (!text.includes('SIL Open Font License, Version 1.1')) throw new Error('the letters are not under the OFL 1.1');
  return text;
}

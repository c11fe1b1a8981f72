import { globSync } from 'node:fs';
import { matchesGlob, resolve } from 'node:path';
import { expect, it } from 'vitest';
import playwright from '../playwright.config.ts';
import vitest, { EVERY_TEST } from '../vitest.config.ts';

/** Whatever is named as a test, in any language that a runner could take. */
const files = globSync('**/*.{test,spec,e2e}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', {
  cwd: resolve(import.meta.dirname, '..'),
  exclude: ['**/node_modules/**', 'dist/**', 'data/**', '.git/**'],
}).map((file) => file.replaceAll('\\', '/'));

const { exclude = [] } = vitest.test ?? {};
const isAny = (file: string, globs: readonly string[]): boolean => globs.some((glob) => matchesGlob(file, glob));
const runners: readonly ((file: string) => boolean)[] = [
  (file) => isAny(file, EVERY_TEST) && !isAny(file, exclude),
  ...(playwright.projects ?? []).map(
    ({ testMatch }) =>
      (file: string) =>
        isAny(file, [testMatch ?? []].flat().map(String)),
  ),
];

it('every test file is run, and by one runner', () => {
  expect(files.length).toBeGreaterThan(190);
  const runBy = files.map((file) => ({ file, runners: runners.filter((runs) => runs(file)).length }));
  expect(runBy.filter(({ runners: number }) => number !== 1)).toEqual([]);
});

it('every runner has files to run', () => {
  expect(runners.map((runs) => files.filter(runs).length > 0)).toEqual([true, true, true]);
});

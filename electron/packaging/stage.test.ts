import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { closureOf } from './closure.ts';
import { keptPackages } from './kept-packages.ts';
import { isWanted } from './stage.ts';

const root = resolve(import.meta.dirname, '../..');
const linux = { platform: 'linux', arch: 'x64' } as const;
const windows = { platform: 'win32', arch: 'x64' } as const;

test.each([
  'prebuilds/linux-x64.node',
  'prebuilds/linux-x64/node.napi.node',
  'bin/napi-v6/linux/x64/libonnxruntime.so.1',
  'lib/libvips-cpp.so.8.18.7',
  'src/index.js',
  'lib/win32-x64.js',
  'build/highs.wasm',
  'LICENSE',
])('%s goes along on Linux', (path) => {
  expect(isWanted(path, linux)).toBe(true);
});

test.each([
  'prebuilds/linuxmusl-x64.node',
  'prebuilds/linux-arm64.node',
  'prebuilds/darwin-x64+arm64',
  'bin/napi-v6/win32/x64/onnxruntime.dll',
  'deps/sqlite3/sqlite3.c',
  'src/better_sqlite3.cpp',
  'README.md',
  'dist/index.d.ts',
  'node_modules/other/index.js',
])('%s stays behind on Linux', (path) => {
  expect(isWanted(path, linux)).toBe(false);
});

test('Windows takes its own machine code', () => {
  expect(isWanted('prebuilds/win32-x64.node', windows)).toBe(true);
  expect(isWanted('prebuilds/win32-ia32/node.napi.node', windows)).toBe(false);
  expect(isWanted('prebuilds/linux-x64.node', windows)).toBe(false);
});

test('the closure of what is kept holds what it needs, and names what is missing', () => {
  const packages = closureOf(keptPackages, root);
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([...keptPackages, '@img/sharp-linux-x64', 'onnxruntime-common', 'debug']),
  );
  expect(new Set(packages.map(({ folder }) => folder)).size).toBe(packages.length);
  expect(() => closureOf(['no-such-package'], root)).toThrow('no-such-package is needed by');
});

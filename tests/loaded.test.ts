import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative, resolve } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What a program's main thread has loaded once it was asked to end: files of ours by path, packages by name. */
async function loadedBy(program: string, ...args: readonly string[]): Promise<ReadonlySet<string>> {
  const hook = join(import.meta.dirname, 'kit/loaded-hook.ts');
  const child = spawn(process.execPath, ['--import', hook, join(root, program), ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
  });
  // The shell's end of the pipe: a kiosk's station whose shell is gone ends.
  const shell = child.stdio[3] as Duplex;
  shell.on('error', () => undefined).end();
  const [said] = await Promise.all([text(child.stdio[4] as Readable), once(child, 'exit')]);
  return new Set(
    said
      .split('\n')
      .filter((url) => url.startsWith('file:'))
      .map(nameOf),
  );
}

function nameOf(url: string): string {
  const path = fileURLToPath(url);
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? relative(root, path);
}

test.each([
  ['station/run/main.ts', ['--help']],
  ['station/run/kiosk-main.ts', []],
])('%s loads nothing that reads workbooks, tables or XML, and no networks', async (program, args) => {
  const loaded = await loadedBy(program, ...args);
  const readers = [
    'saxes',
    'parse5',
    'marked',
    'csv-parse',
    'csv-stringify',
    'numfmt',
    'yaml',
    'temml',
    'onnxruntime-node',
  ];
  expect(readers.filter((name) => loaded.has(name))).toEqual([]);
  const authoring = [...loaded].filter((path) => path.startsWith('authoring/')).map((path) => path.split('/')[1]);
  expect(new Set(authoring)).toEqual(new Set(['drawing', 'marking']));
  // That something was seen at all.
  expect([...loaded]).toEqual(expect.arrayContaining([program, 'station/run/station.ts', 'better-sqlite3', 'zod']));
});

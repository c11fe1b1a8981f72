import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What the page weighs, built from the sources as they are. */
export type Bundle = {
  /** What the first screen waits for: the document, and the scripts and styles that it names. */
  readonly first: Weight;
  /** With all that may be asked for later. */
  readonly all: Weight;
};
export type Weight = { readonly files: number; readonly bytes: number; readonly gzipBytes: number };

const root = resolve(import.meta.dirname, '../..');

/** Built into a folder of its own, as it is delivered, whatever the one who asks runs under. */
export function weighBundle(): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'page-weighed-'));
  try {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const args = ['build', '-c', 'renderer/vite.config.ts', '--outDir', folder, '--logLevel', 'error'];
    execFileSync(process.execPath, [vite, ...args], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => ({ name, content: readFileSync(join(parentPath, name)) }));
    const page = files.find(({ name }) => name === 'index.html');
    if (!page) throw new Error('the page was built without a document');
    const first = files.filter((file) => file === page || page.content.includes(`/${file.name}"`));
    return { first: weigh(first), all: weigh(files) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function weigh(files: readonly { readonly content: Buffer }[]): Weight {
  const sum = (size: (content: Buffer) => number): number =>
    files.reduce((total, { content }) => total + size(content), 0);
  return {
    files: files.length,
    bytes: sum((content) => content.length),
    gzipBytes: sum((content) => gzipSync(content, { level: 9 }).length),
  };
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * In a checkout, builds what browsers and the kiosk show from the sources as they are: some seconds, and nobody looks at
 * the page of yesterday. An installed kiosk has its own, and is started another way.
 * @throws Error where it is not there and cannot be built
 */
export function buildPage(): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (existsSync(vite)) {
    // The player lies in the folder of the page, which is emptied for it.
    const pages = ['', 'player/', 'home/', 'platform/'].map((page) => `renderer/${page}vite.config.ts`);
    for (const config of [...pages, 'electron/vite.config.ts']) {
      const args = [vite, 'build', '-c', config, '--logLevel', 'warn'];
      const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
      if (status !== 0) throw new Error(`${config} cannot be built: what it said is above`);
    }
  }
  const page = join(root, 'dist/renderer/index.html');
  if (!existsSync(page)) throw new Error(`${page} is not there, and there is no vite to build it: npm ci`);
}

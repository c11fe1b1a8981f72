import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readVariable } from '../contract/shell/variables.ts';

const root = resolve(import.meta.dirname, '..');
/** Brings an Electron for tests onto a machine that cannot reach Electron's own release host. */
const INSTALLER = join(root, '../shared/tools/electron/install.mjs');

/** The Electron binary, where its package has been able to fetch it; asking must not start a download. */
export function findElectron(): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const binary =
    readVariable('electron', process.env) ??
    (existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : undefined);
  return binary && existsSync(binary) ? binary : undefined;
}

/**
 * The same for tests and demonstrations, which may do with an older one: `../shared/tools/electron` brings it, once.
 * @param say told where that takes its time
 */
export function bringElectron(say: (line: string) => void): string | undefined {
  const found = findElectron();
  if (found || !existsSync(INSTALLER)) return found;
  try {
    const path = execFileSync(process.execPath, [INSTALLER], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return path.trim();
  } catch (error) {
    say(`${INSTALLER} failed: ${String(error)}`);
    return undefined;
  }
}

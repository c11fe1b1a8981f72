import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The Electron binary, where its package has been able to fetch it; asking must not start a download. */
export function findElectron(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = resolve(import.meta.dirname, '../node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const binary =
    env.EXAM_STATION_ELECTRON ??
    (existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : undefined);
  return binary && existsSync(binary) ? binary : undefined;
}

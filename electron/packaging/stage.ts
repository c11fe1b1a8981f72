import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { closureOf } from './closure.ts';
import { keptPackages } from './kept-packages.ts';

/** The system a program is packed for, as Node calls it. */
export type Target = { readonly platform: 'linux' | 'win32'; readonly arch: 'x64' };

export type StagePlan = {
  /** Root of the checkout, built. */
  readonly root: string;
  readonly target: Target;
  readonly version: string;
  /** Files of the face networks that are on this machine; none where nobody has them. */
  readonly weights: readonly string[];
};

/** Everything that lies beside the shell in an installed kiosk, put together in dist/stage. @returns where */
export function stage({ root, target, version, weights }: StagePlan): string {
  const folder = join(root, 'dist/stage');
  rmSync(folder, { recursive: true, force: true });
  const station = join(folder, 'station');
  mkdirSync(station, { recursive: true });
  cpSync(join(root, 'dist/station'), station, { recursive: true });
  // Marks the folder that models are found by, and its files as modules.
  const manifest = { name: 'exam-station', version, type: 'module', private: true };
  writeFileSync(join(station, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(root, 'models'), join(station, 'models'), {
    recursive: true,
    filter: (path) => !path.endsWith('weights'),
  });
  for (const path of weights) cpSync(path, join(station, 'models/weights', basename(path)));
  for (const { folder: from } of closureOf(keptPackages, root))
    cpSync(from, join(station, relative(root, from)), {
      recursive: true,
      filter: (path) => isWanted(relative(from, path), target),
    });
  stageNode(root, target, join(folder, 'node'));
  return folder;
}

function stageNode(root: string, { platform, arch }: Target, to: string): void {
  const [system, file] = platform === 'win32' ? ['win', 'node.exe'] : [platform, 'node'];
  const from = join(root, 'node_modules', `node-${system}-${arch}`);
  cpSync(join(from, 'bin', file), join(to, 'bin', file));
  cpSync(join(from, 'LICENSE'), join(to, 'LICENSE'));
}

/** What nobody runs: sources of machine code, types, documentation. */
const UNNEEDED = /^deps(\/|$)|\.(md|map|d\.[cm]?ts|ts|gypi?|c|cc|cpp|h)$/i;
const SYSTEMS = /(?:^|\/)(linuxmusl|linux|darwin|win32|android)(?=[-/.]|$)/;
const PROCESSORS = /[-/](x64|arm64|arm|ia32)(?=[-/.]|$)/;

/** Whether a file of a package is packed for this system: its code, and the machine code that is for it. */
export function isWanted(path: string, { platform, arch }: Target): boolean {
  const plain = path.split(sep).join('/');
  if (/^node_modules(\/|$)/.test(plain) || UNNEEDED.test(plain)) return false;
  if (/\.[cm]?js(on)?$/.test(plain)) return true;
  const system = SYSTEMS.exec(plain)?.[1];
  const processor = system && PROCESSORS.exec(plain)?.[1];
  return (!system || system === platform) && (!processor || processor === arch);
}

/** Bytes of everything below a folder. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

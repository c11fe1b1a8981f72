import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fuses } from './fuses.ts';
import { keptPackages } from './kept-packages.ts';

export type PackedCheck = { readonly name: string; readonly ok: boolean; readonly found: string };

/**
 * Looks at a packed program as it lies there: is all of it there, does every package with machine code load on the Node that
 * was packed with it, are the fuses as they were meant.
 * @param app folder of the packed program
 */
export async function checkPacked(app: string, executable: string): Promise<readonly PackedCheck[]> {
  const resources = join(app, 'resources');
  return [
    ...FILES.map((path) => ({
      name: `file ${path}`,
      ok: existsSync(join(resources, path)),
      found: join(resources, path),
    })),
    { name: 'no other program beside it', ...noOther(resources) },
    ...keptPackages.map((name) => ({ name: `loads ${name}`, ...loads(resources, name) })),
    ...workers(resources).map((file) => ({ name: `parses ${file}`, ...parses(resources, file) })),
    ...(await fuseChecks(join(app, executable))),
  ];
}

const FILES = [
  'app.asar',
  'node/bin/node',
  'station/station.js',
  'station/cli.js',
  'station/face-worker.js',
  'station/face-lane.js',
  'station/look-thread.js',
  'station/models/manifest.json',
  'station/models/calibration.json',
  'station/models/calibration-0095.json',
  'station/node_modules/highs/build/highs.wasm',
  'licences/THIRD-PARTY.txt',
];

/** Electron would run a folder `app` where a fuse were not set; and nothing of a default program is ours. */
function noOther(resources: string): Omit<PackedCheck, 'name'> {
  const others = ['app', 'default_app.asar'].filter((name) => existsSync(join(resources, name)));
  return { ok: others.length === 0, found: others.join(', ') || 'none' };
}

/** Loads it, and says from where: a packed program that lies in a checkout must not be helped out by that. */
function loads(resources: string, name: string): Omit<PackedCheck, 'name'> {
  const station = realpathSync(join(resources, 'station'));
  const code = `await import(${JSON.stringify(name)}); console.log(require.resolve(${JSON.stringify(name)}))`;
  const prelude = `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(join(station, 'station.js'))});`;
  const { ok, found } = runs(resources, ['--input-type=module', '--eval', `${prelude} ${code}`]);
  return { ok: ok && found.startsWith(station), found };
}

const workers = (resources: string): readonly string[] =>
  existsSync(join(resources, 'station'))
    ? readdirSync(join(resources, 'station')).filter((name) => name.endsWith('.js'))
    : [];

const parses = (resources: string, file: string): Omit<PackedCheck, 'name'> => runs(resources, ['--check', file]);

/** In the packed folder, on the packed Node. */
function runs(resources: string, args: readonly string[]): Omit<PackedCheck, 'name'> {
  try {
    const said = execFileSync(join(resources, 'node/bin/node'), args, {
      cwd: join(resources, 'station'),
      env: { ORT_DISABLE_TELEMETRY: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
    return { ok: true, found: said.trim() || 'yes' };
  } catch (error) {
    return { ok: false, found: String((error as { stderr?: unknown }).stderr || error).trim() };
  }
}

async function fuseChecks(path: string): Promise<readonly PackedCheck[]> {
  const wire = await getCurrentFuseWire(path);
  return Object.entries(fuses).map(([name, on]) => {
    const state = wire[FuseV1Options[name as keyof typeof fuses]];
    const wanted = on ? FuseState.ENABLE : FuseState.DISABLE;
    return { name: `fuse ${name}`, ok: state === wanted, found: String(state && FuseState[state]).toLowerCase() };
  });
}

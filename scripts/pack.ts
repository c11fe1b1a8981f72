import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPage } from '../cli/build-page.ts';
import { bringElectron } from '../cli/electron.ts';
import { checkPacked, type PackedCheck } from '../electron/packaging/check-packed.ts';
import { makeDeb } from '../electron/packaging/deb.ts';
import { keptPackages } from '../electron/packaging/kept-packages.ts';
import { writeLicences } from '../electron/packaging/licences.ts';
import { packFolder } from '../electron/packaging/pack.ts';
import { sizeOf, stage } from '../electron/packaging/stage.ts';
import { faceModels, modelStatus, validatedProfiles } from '../native/face/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import { MODELS } from '../tests/kit/face-models.ts';
import { isInstalled, isRoot } from './debian.ts';
import { tryInstalled } from './pack/try-installed.ts';
import { tryPacked } from './pack/try-packed.ts';

const USAGE = `npm run -s pack -- [--json] [--folder-only] [--report FILE]

Packs the kiosk for Linux, checks what came out, starts it and sits an exam in it, makes the deb, and installs and removes
that in a clean Debian of its own. --folder-only stops before the deb.
`;

export type PackStep = {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly detail: string;
};

const root = resolve(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    'folder-only': { type: 'boolean' },
    report: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const steps: PackStep[] = [];
const notDone: string[] = [];

async function step<T>(name: string, work: () => Promise<T> | T, detail: (result: T) => string): Promise<T> {
  const start = performance.now();
  const seconds = (): number => Math.round((performance.now() - start) / 100) / 10;
  try {
    const result = await work();
    steps.push({ name, ok: true, seconds: seconds(), detail: detail(result) });
    process.stderr.write(`ok   ${name} (${seconds()} s)\n`);
    return result;
  } catch (error) {
    steps.push({ name, ok: false, seconds: seconds(), detail: error instanceof Error ? error.message : String(error) });
    process.stderr.write(`FAIL ${name}: ${String(error)}\n`);
    throw error;
  }
}

/** What no check finds is not packed. */
function mustBeWhole(checks: readonly PackedCheck[]): readonly PackedCheck[] {
  const bad = checks.filter(({ ok }) => !ok);
  if (bad.length > 0) throw new Error(bad.map(({ name, found }) => `${name}: ${found}`).join('; '));
  return checks;
}

/** Of the pack, and of every profile that a site may stay with. */
function weightsHere(): readonly string[] {
  const networks = [MODELS, ...validatedProfiles().map((faceProfile) => faceModels({ faceProfile }))];
  const found = networks.flatMap(modelStatus).flatMap(({ state, path }) => (state === 'ok' && path ? [path] : []));
  return [...new Set(found)];
}

async function pack(): Promise<void> {
  const electron = bringElectron((line) => process.stderr.write(`${line}\n`));
  const electronDist = electron && dirname(electron);
  const version =
    electronDist && existsSync(join(electronDist, 'version'))
      ? readFileSync(join(electronDist, 'version'), 'utf8').trim()
      : undefined;
  await step('built', buildPage, () => 'dist/shell, dist/station, dist/renderer');
  const weights = weightsHere();
  const folder = await step(
    'staged',
    () => stage({ root, target: { platform: 'linux', arch: 'x64' }, version: packageJson.version, weights }),
    (at) => `${Math.round(sizeOf(at) / 1e6)} MB, ${weights.length} weights`,
  );
  const bundled = [...Object.keys(packageJson.dependencies), 'react', 'react-dom'];
  await step(
    'licences',
    () => writeLicences([...new Set([...bundled, ...keptPackages])], root, join(folder, 'licences')),
    (without) => (without.length === 0 ? 'every text found' : `no text in: ${without.join(', ')}`),
  );
  const app = await step(
    'packed',
    () => packFolder({ root, electronDist, electronVersion: version }),
    (at) => `${at}, Electron ${version ?? 'as published'}, ${Math.round(sizeOf(at) / 1e6)} MB`,
  );
  await step(
    'checked',
    async () => mustBeWhole(await checkPacked(app, 'exam-station')),
    (checks) => `${checks.length} checks`,
  );
  rmSync(join(root, 'dist/stage'), { recursive: true, force: true });
  await step(
    'started and sat in',
    () => tryPacked(app),
    (said) => said,
  );
  if (values['folder-only']) return void notDone.push('deb: --folder-only');
  const deb = await step(
    'deb',
    () => makeDeb({ root, app, version: packageJson.version }),
    (at) => at,
  );
  const why = cannotInstall();
  if (why) notDone.push(`installed and removed: ${why}`);
  else
    await step(
      'installed and removed',
      () => tryInstalled(deb),
      (said) => said,
    );
  notDone.push(
    'AppImage: its runtime is downloaded by the packer',
    'NSIS: made on Windows, or where there is wine',
    'signatures: made by whoever ships it',
  );
}

function cannotInstall(): string | undefined {
  if (!isRoot()) return 'only root can make a clean Debian';
  return isInstalled('debootstrap') ? undefined : 'there is no debootstrap here: apt-get install debootstrap';
}

const ok = await pack().then(
  () => true,
  () => false,
);
const report = { ok, steps, notDone };
const text = [
  ...steps.map(({ name, ok: fine, seconds, detail }) => `${fine ? 'ok  ' : 'FAIL'} ${name} (${seconds} s): ${detail}`),
  ...notDone.map((what) => `not done here: ${what}`),
];
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join('\n')}\n`);
if (values.report) writeFileSync(values.report, JSON.stringify(report));
process.exitCode = ok ? 0 : 1;

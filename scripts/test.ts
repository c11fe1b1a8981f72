import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { whyNoPostgres } from '../center/testing/postgres-server.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { ensureKioskLab } from './ensure-kiosk-lab.ts';
import { NAMED_TESTS_FILE, type NamedTest, NamedTests, namedTestsIn, PlaywrightSuites } from './named-tests.ts';
import { reachably } from './reachable-checkout.ts';

/**
 * `npm test`: the house rules, the unit tests, the page in a real browser, the kiosk on a real Electron. Every runner runs
 * whatever the others said; the last lines say what was not proven here, and add them up.
 */
type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

const root = resolve(import.meta.dirname, '..');
const reports = join(root, 'data/test-reports');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const notProven: string[] = [];
const named: NamedTest[] = [];
const failed = (test: string, said: string): void => void named.push({ ended: 'failed', test, said });

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean =>
  spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    .status === 0;

/** Beside others: what it prints is printed when it has ended, below its name. */
const runBeside =
  (name: string) =>
  async (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const [printed, warned, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    say(`\n== ${name}`);
    process.stdout.write(printed);
    process.stderr.write(warned);
    return code === 0;
  };

/** Where no other program reads our log, that others can read it is our own word. */
if (spawnSync('python3', ['--version']).status !== 0)
  notProven.push('that a program in another language reads the log (python3 is not here)');

const noPostgres = whyNoPostgres();
if (noPostgres) notProven.push(`the center on a PostgreSQL server (${noPostgres})`);

/** A check that is one thing: it holds or it does not. */
async function check(name: string, command: string, args: readonly string[]): Promise<Count> {
  const ok = await runBeside(name)(command, args);
  if (!ok) failed(name, 'see what it printed below its name');
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  success: z.boolean(),
});

function unitTests(): Count {
  say('\n== unit tests');
  const file = join(reports, 'vitest.json');
  const names = join(reports, 'named-tests.json');
  const reporters = ['default', 'json', './scripts/named-tests.ts'].map((reporter) => `--reporter=${reporter}`);
  const ok = run('vitest', ['run', ...reporters, `--outputFile.json=${file}`], { [NAMED_TESTS_FILE]: names });
  return read('the unit tests', file, ok, (json) => {
    const report = VitestReport.parse(json);
    named.push(...NamedTests.parse(JSON.parse(readFileSync(names, 'utf8'))));
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
  });
}

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** @param projects of `playwright.config.ts`, which says how many of their tests run at once */
function endToEnd(projects: readonly string[], start: typeof run): Count {
  const file = join(reports, `${projects.join('-')}.json`);
  const args = ['test', ...projects.map((project) => `--project=${project}`), '--reporter=list,json'];
  const ok = start('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return read('the screens', file, ok, (json) => {
    const { expected, unexpected, flaky, skipped } = PlaywrightReport.parse(json).stats;
    named.push(...namedTestsIn(PlaywrightSuites.parse(json)));
    return { passed: expected + flaky, failed: unexpected, skipped };
  });
}

function withoutChromium(): Count {
  failed('the page in a browser', 'Chromium is not here and could not be installed');
  return { passed: 0, failed: 1, skipped: 0 };
}

async function screenTests(): Promise<readonly Count[]> {
  say('\n== the page in a browser, and the kiosk on a real Electron');
  const chromium = await ensureChromium(say);
  const why = ensureKioskLab(say);
  if (why) notProven.push(`the kiosk on a real Electron (${why})`);
  // What leaves this machine is counted in a network of one's own.
  if (spawnSync('unshare', ['-rn', 'ip', 'link']).status !== 0)
    notProven.push('that nothing phones home (no network namespace with iproute2 here)');
  const projects = [...(chromium ? ['browser'] : []), ...(why ? [] : ['kiosk'])];
  const ran = projects.length > 0 ? [endToEnd(projects, why ? run : reachably(root, run, say))] : [];
  return [...ran, ...(chromium ? [] : [withoutChromium()]), ...(why ? [NOTHING] : [])];
}

/** The program as it would be installed: packed, checked, sat in; as root also installed in a Debian of its own. */
function packTests(): Count {
  say('\n== the packed program');
  const why = ensureKioskLab(say);
  if (why) {
    notProven.push(`the packed program (${why})`);
    return NOTHING;
  }
  const file = join(reports, 'pack.json');
  const ok = reachably(root, run, say)('node', [join('scripts', 'pack.ts'), '--report', file]);
  return read('the packed program', file, ok, (json) => {
    const { steps, notDone } = PackReport.parse(json);
    for (const what of notDone) notProven.push(`pack: ${what}`);
    const broken = steps.filter((step) => !step.ok);
    for (const { name, detail } of broken) failed(`pack: ${name}`, detail);
    return { passed: steps.length - broken.length, failed: broken.length, skipped: 0 };
  });
}

const PackStep = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
const PackReport = z.object({ steps: z.array(PackStep), notDone: z.array(z.string()) });
const NOTHING: Count = { passed: 0, failed: 0, skipped: 1 };

/** Licences of what there is, and what the registry knows against it, where it says. */
async function licences(): Promise<Count> {
  const file = join(reports, 'licences.json');
  const counted = await check('licences and advisories', 'node', [join('scripts', 'licences.ts'), '--report', file]);
  return read('licences and advisories', file, counted.failed === 0, (json) => {
    if (!LicencesReport.parse(json).advisories) notProven.push('advisories: the registry does not say');
    return counted;
  });
}

async function inTurn(checks: readonly (() => Promise<Count>)[]): Promise<readonly Count[]> {
  const counts: Count[] = [];
  for (const one of checks) counts.push(await one());
  return counts;
}

const LicencesReport = z.object({ advisories: z.boolean() });

/** A runner that broke before it could count is one failure; one that failed without a failed test is one as well. */
function read(runner: string, file: string, ok: boolean, count: (json: unknown) => Count): Count {
  const broke = (counted: Count, said: string): Count => {
    failed(runner, said);
    return { ...counted, failed: 1 };
  };
  try {
    const counted = count(JSON.parse(readFileSync(file, 'utf8')));
    return ok || counted.failed > 0 ? counted : broke(counted, 'ended with an error, and no test of it failed');
  } catch (error) {
    return broke({ passed: 0, failed: 0, skipped: 0 }, `ended before it could count: ${String(error)}`);
  }
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
/** Each uses one core: two of them at once. */
const tsc = (name: string, folder: string) => check(name, 'tsc', ['-p', folder]);
const npm = (name: string, script: string) => check(name, 'npm', ['run', '-s', script]);
const [types, rules] = await Promise.all([
  inTurn([
    () => tsc('types', '.'),
    () => tsc('types of the page', 'renderer'),
    () => tsc('types of the end-to-end tests', 'tests'),
    licences,
  ]),
  inTurn([
    () => check('format and lint', 'biome', ['check', '.']),
    () => npm('who may import whom', 'lint:imports'),
    () => npm('what nothing uses', 'lint:unused'),
  ]),
]);
const counts = [
  ...[...types, ...rules],
  unitTests(),
  await npm('build', 'build'),
  ...(await screenTests()),
  packTests(),
];
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
for (const what of notProven) say(`\nNOT PROVEN HERE: ${what}`);
const as = (ended: NamedTest['ended']): readonly NamedTest[] => named.filter((test) => test.ended === ended);
for (const { test, said } of as('second-try')) say(`\nPASSED AT THE SECOND TRY: ${test}\n  at first: ${said}`);
for (const { test, said } of as('failed')) say(`\nFAILED: ${test}\n  ${said}`);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
say(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';
import { keysOf } from '../../cli/demo/keys.ts';
import { handsOn, type Kiosk } from '../../cli/demo/kiosk.ts';
import { demoCandidate, openSite } from '../../cli/demo/site.ts';
import { openDisplay } from '../../cli/lab/display.ts';
import { type OrdinaryUser, ordinaryUser } from '../../cli/lab/ordinary-user.ts';
import { seedBank } from '../seed-bank.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Starts the packed program, not the checkout, and sits an exam in its window to the verified receipt; its own command line
 * then proves what came of it. It is unlocked, because a locked one opens for nobody who could drive it: that is tried too.
 * @returns what was seen @throws Error where something is not as it must be
 */
export async function tryPacked(app: string): Promise<string> {
  const user = ordinaryUser();
  const folder = join(root, 'data/pack-site');
  const candidate = demoCandidate('打包考生', 1, null);
  const { bank, pictures } = seedBank();
  await using display = await openDisplay();
  await using site = await openSite({ folder, bank, pictures, candidates: [candidate], quiet: true, runs: 'kiosk' });
  user.give(site.stationData());
  user.give(site.reader.path);
  const program = join(app, 'exam-station');
  const env = { ...process.env, ...user.env, ...site.seat(), DISPLAY: display.name };
  const refused = refusesToBeDriven(user, program, env);
  const profile = user.makeFolder('pack-profile-');
  const args = ['--unlocked', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--disable-gpu'];
  const child = spawn(user.wrap(program), args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const browser = await attach(await debuggerOf(child));
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('the packed program shows no page');
    await using kiosk = handsOn(
      page,
      () => Promise.reject(new Error('one window')),
      () => browser.close(),
    );
    await sit(kiosk, candidate.number, site.proctorPin, keysOf(bank));
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(profile, { recursive: true, force: true });
  }
  return `${refused}; an exam sat, marked, logged by the center; ${proven(app, site.stationData())}`;
}

async function sit(kiosk: Kiosk, number: string, pin: string, keys: ReturnType<typeof keysOf>): Promise<void> {
  await kiosk.checkInByHand(number, pin);
  await kiosk.proctor('unlock', pin);
  await kiosk.screen('exam');
  await kiosk.answer(keys, 0, Number.POSITIVE_INFINITY);
  await kiosk.handIn();
  await kiosk.screen('result');
  await kiosk.page.locator('[data-receipt="verified"]').waitFor();
}

/** Attaches once the page is there: a page that is just being loaded is sometimes never answered for. */
async function attach(address: string): Promise<Browser> {
  const list = new URL('/json/list', address.replace(/^ws/, 'http'));
  const until = performance.now() + LOADED_WITHIN_MS;
  for (;;) {
    const targets = z.array(z.object({ url: z.string() })).parse(await (await fetch(list)).json());
    if (targets.some(({ url }) => url.startsWith('app://station/'))) break;
    if (performance.now() > until) throw new Error('the packed program loads no page');
    await setTimeout(LOOK_MS);
  }
  await setTimeout(SETTLE_MS);
  for (let tries = 1; ; tries += 1) {
    try {
      return await chromium.connectOverCDP(address, { timeout: ATTACH_WITHIN_MS });
    } catch (error) {
      if (tries === MAX_TRIES) throw error;
    }
  }
}
const [LOADED_WITHIN_MS, LOOK_MS, SETTLE_MS] = [30_000, 200, 1_500];
const [ATTACH_WITHIN_MS, MAX_TRIES] = [10_000, 4];

/** The address at which the page can be driven, as Chromium says it on standard error; that is read on to its end. */
function debuggerOf(child: ChildProcess): Promise<string> {
  const { promise, resolve: settle, reject } = Promise.withResolvers<string>();
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream });
  lines.on('line', (line) => {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) settle(address);
    else said.push(line);
  });
  lines.on('close', () => reject(new Error(`the packed program ended: ${said.slice(-5).join(' | ')}`)));
  return promise;
}

function refusesToBeDriven(user: OrdinaryUser, program: string, env: NodeJS.ProcessEnv): string {
  const profile = user.makeFolder('pack-locked-');
  const args = ['--remote-debugging-port=0', `--user-data-dir=${profile}`, '--disable-gpu'];
  const { status, stderr } = spawnSync(user.wrap(program), args, { env, encoding: 'utf8', timeout: 20_000 });
  rmSync(profile, { recursive: true, force: true });
  if (status !== 1 || !stderr.includes('does not open with these switches'))
    throw new Error(`a locked kiosk opened to be driven (${status}): ${stderr.slice(-300)}`);
  return 'locked, it refuses to be driven';
}

/** What was sat is proven by the program that was packed. */
function proven(app: string, data: string): string {
  const file = join(root, 'data/pack-site/batch.json');
  const command = join(app, 'resources/exam-station');
  for (const args of [
    ['export', '--data', data, '--out', file, '--force'],
    ['verify', file],
  ]) {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { PATH: process.env.PATH } });
    if (status !== 0) throw new Error(`${args[0]} in the packed program: ${stdout} ${stderr}`);
  }
  return 'its own verify proves the batch';
}

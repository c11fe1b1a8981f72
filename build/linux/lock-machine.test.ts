import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { describeMachine, makeMachine, makeSaboteurs, type Run, runScript } from './testing-machine.ts';

const lockMachine = join(import.meta.dirname, 'lock-machine');
const unlockMachine = join(import.meta.dirname, 'unlock-machine');

const saboteurs = makeSaboteurs();
const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});
afterAll(() => rmSync(saboteurs.path, { recursive: true }));

function machine() {
  const root = makeMachine();
  roots.push(root);
  return {
    root,
    before: describeMachine(root),
    /** @param cutAt the step at which the plug is pulled */
    lock: (cutAt?: number) => runScript(lockMachine, root, saboteurs, cutAt),
    unlock: (cutAt?: number) => runScript(unlockMachine, root, saboteurs, cutAt),
    now: () => describeMachine(root),
  };
}

/** What a machine looks like, but for when its files were written: those of a locked one are new. */
const timeless = (state: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(state).map(([path, line]) => [path, line.replace(/\S+T\S+Z /, '')]));

/** Does something at the first step, at the second and so on, until there are no more. @returns how many there were */
function atEveryStep(act: (step: number) => Run): number {
  for (let step = 1; step < 500; step++) if (act(step).status === 0) return step - 1;
  throw new Error('it never came to an end');
}

const asRoot = process.getuid?.() === 0;

describe.skipIf(!asRoot)('a locked machine (skipped: only root may lock one, and this is not root)', () => {
  test('starts into the kiosk, has no other login prompt, and no key that leaves', () => {
    const { root, lock } = machine();
    expect(lock()).toMatchObject({ status: 0, said: expect.stringContaining('restart this machine') });
    const link = (path: string) => readlinkSync(join(root, 'etc/systemd/system', path));
    expect(link('default.target')).toBe('/usr/lib/systemd/system/graphical.target');
    expect(link('graphical.target.wants/exam-station.service')).toBe('/usr/lib/systemd/system/exam-station.service');
    expect(link('display-manager.service')).toBe('/dev/null');
    expect(link('ctrl-alt-del.target')).toBe('/dev/null');
    const text = (path: string) => readFileSync(join(root, path), 'utf8');
    expect(text('etc/sysctl.d/90-exam-station.conf')).toMatch(/^kernel\.sysrq = 0$/m);
    expect(text('etc/systemd/logind.conf.d/90-exam-station.conf')).toMatch(/^NAutoVTs=0\nReserveVT=0$/m);
    expect(text('etc/systemd/system.conf.d/90-exam-station.conf')).toMatch(/^CtrlAltDelBurstAction=none$/m);
  });

  test('is again what it was, byte for byte, once it is unlocked', () => {
    const { before, lock, unlock, now } = machine();
    lock();
    expect(now()).not.toEqual(before);
    expect(unlock().status).toBe(0);
    expect(now()).toEqual(before);
  });

  test('is the same when it is locked twice, and unlocks to what was there first', () => {
    const { before, lock, unlock, now } = machine();
    lock();
    const locked = timeless(now());
    expect(lock().status).toBe(0);
    expect(timeless(now())).toEqual(locked);
    unlock();
    expect(now()).toEqual(before);
  });

  test('keeps what somebody put into a folder that locking made', () => {
    const { root, before, lock, unlock, now } = machine();
    lock();
    const own = 'etc/systemd/system.conf.d/own.conf';
    writeFileSync(join(root, own), '[Manager]\n');
    unlock();
    const { [own]: kept, 'etc/systemd/system.conf.d': folder, ...rest } = now();
    expect([kept, folder]).not.toContain(undefined);
    expect(rest).toEqual(before);
  });
});

describe.skipIf(!asRoot)(
  'cut short at every step (skipped: only root may lock a machine, and this is not root)',
  () => {
    test('locking can be gone on with', () => {
      const whole = machine();
      whole.lock();
      const locked = timeless(whole.now());
      const steps = atEveryStep((step) => {
        const { before, lock, unlock, now } = machine();
        const run = lock(step);
        expect(lock().status).toBe(0);
        expect(timeless(now()), `after step ${step}`).toEqual(locked);
        unlock();
        expect(now(), `after step ${step}`).toEqual(before);
        return run;
      });
      expect(steps).toBeGreaterThan(30);
    });

    test('locking can be undone', () => {
      atEveryStep((step) => {
        const { before, lock, unlock, now } = machine();
        const run = lock(step);
        expect(unlock().status).toBe(0);
        expect(now(), `after step ${step}`).toEqual(before);
        return run;
      });
    });

    test.each(['gone on with', 'undone and done again'])('unlocking can be %s', (how) => {
      const steps = atEveryStep((step) => {
        const { before, lock, unlock, now } = machine();
        lock();
        const run = unlock(step);
        if (how !== 'gone on with') expect(lock().status).toBe(0);
        expect(unlock().status).toBe(0);
        expect(now(), `after step ${step}`).toEqual(before);
        return run;
      });
      expect(steps).toBeGreaterThan(20);
    });
  },
);

describe.skipIf(!asRoot)('nothing is changed (skipped: only root may lock a machine, and this is not root)', () => {
  test('where unlocking finds nothing to undo', () => {
    const { before, unlock, now } = machine();
    expect(unlock()).toMatchObject({ status: 0, said: 'This machine is not locked.\n' });
    expect(now()).toEqual(before);
  });

  test.each([
    'usr/bin/cage',
    'usr/bin/Xwayland',
    'usr/lib/systemd/system/seatd.service',
    'opt/exam-station/exam-station',
  ])('where %s is missing', (path) => {
    const { root, lock, now } = machine();
    rmSync(join(root, path));
    const before = now();
    expect(lock()).toMatchObject({ status: 1, said: expect.stringContaining(`/${path} is missing`) });
    expect(now()).toEqual(before);
  });

  test('where a folder stands in the way', () => {
    const { root, lock, unlock, now } = machine();
    mkdirSync(join(root, 'etc/sysctl.d/90-exam-station.conf'));
    const before = now();
    expect(lock()).toMatchObject({ status: 1, said: expect.stringContaining('is a folder') });
    unlock();
    expect(now()).toEqual(before);
  });

  test('where another version locked it', () => {
    const { root, lock, now } = machine();
    lock();
    writeFileSync(join(root, 'var/lib/exam-station-lock/plan'), 'link /dev/null /etc/other\n');
    const before = now();
    expect(lock()).toMatchObject({ status: 1, said: expect.stringContaining('another version') });
    expect(now()).toEqual(before);
  });

  test.each(['lock-machine', 'unlock-machine'])('where somebody else than root starts %s', (script) => {
    const { root, before, now } = machine();
    // Where anybody may read them, as in an installed program; a checkout may lie in a closed folder.
    const installed = temporaryFolder();
    cpSync(import.meta.dirname, installed, { recursive: true });
    chmodSync(installed, 0o755);
    const somebody = { uid: 65_534, gid: 65_534, cwd: '/', encoding: 'utf8' } as const;
    const run = spawnSync(join(installed, script), ['--root', root], somebody);
    expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining('Only an administrator') });
    expect(now()).toEqual(before);
  });
});

test.each([
  [['--root'], 'Which folder?'],
  [['--rot', '/x'], 'I do not know --rot'],
])('a mistyped command says so: %j', (args, text) => {
  const { status, stderr } = spawnSync(lockMachine, args, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(text);
});

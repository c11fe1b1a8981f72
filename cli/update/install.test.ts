import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../contract/words/reasons.ts';
import { generateSigningKey, openSigner } from '../../proof/index.ts';
import { systemClock } from '../../station/core/clock/index.ts';
import { lockFolder, openDatabase } from '../../station/core/database/index.ts';
import { openLedger } from '../../station/core/ledger/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { installUpdate, type Updated, type Wish } from './install.ts';
import type { Machine } from './machine.ts';
import { release, signer, updateOf } from './update.fixture.ts';

/** A machine with 0.1.0 and a kiosk on its screen, which writes down what is done to it. */
function machine(changes: Partial<Machine> = {}) {
  const done: string[] = [];
  const store = temporaryFolder();
  const path = join(store, 'incoming.deb');
  const made: Machine = {
    ...{ platform: 'linux', arch: 'x64' },
    isAdministrator: () => true,
    installed: () => release('0.1.0'),
    trustedKey: () => signer.publicKey,
    incoming: () => path,
    inspect: () => void done.push('inspected'),
    stopKiosk: () => done.push('stopped') > 0,
    startKiosk: () => done.push('started') > 0,
    install: async (from) => {
      done.push(`installed ${readFileSync(from, 'utf8')}`);
      return 'installed';
    },
    wayBack: () => 'the former package',
    ...changes,
  };
  return { made, done, leftOver: () => existsSync(path) };
}

const DONE = ['inspected', 'stopped', 'installed a package', 'started'];

async function update(version = '0.2.0') {
  const source = join(temporaryFolder(), 'exam-station.deb');
  writeFileSync(source, 'a package');
  return updateOf(source, version);
}

const wish = (file: string, changes: Partial<Wish> = {}): Wish => ({
  ...{ file, key: undefined, data: temporaryFolder(), downgrade: false },
  ...changes,
});

async function outcome(wished: Wish, on: Machine): Promise<string> {
  try {
    return (await installUpdate(wished, on)).state;
  } catch (error) {
    return error instanceof Refusal ? error.reason : `thrown ${error}`;
  }
}

/** Somebody sits down in a data folder, until they are sent away again. */
function sitDownIn(data: string) {
  const database = openDatabase(join(data, 'station.db'));
  const ledger = openLedger(database, systemClock(), (event) => event as { type: string });
  ledger.append('si_1' as never, [{ type: 'opened' }]);
  return {
    leave: () => void ledger.append('si_1' as never, [{ type: 'closed' }]),
    [Symbol.dispose]: () => void database.close(),
  };
}

describe('an update', () => {
  it('is looked through, put in while the kiosk stands, and the kiosk is started again', async () => {
    const { made, done } = machine();
    const updated: Updated = await installUpdate(wish(await update()), made);
    expect(updated).toMatchObject({ version: '0.2.0', former: '0.1.0', state: 'installed', kiosk: 'running' });
    expect(done).toEqual(DONE);
  });

  it('starts no kiosk that did not run', async () => {
    const { made, done } = machine({ stopKiosk: () => false });
    expect(await installUpdate(wish(await update()), made)).toMatchObject({ kiosk: 'none' });
    expect(done).not.toContain('started');
  });

  it('that is older is put in only where somebody asks for it', async () => {
    const { made, done } = machine({ installed: () => release('0.3.0') });
    const file = await update();
    expect(await outcome(wish(file), made)).toBe('update-older');
    expect(done).toEqual([]);
    expect(await outcome(wish(file, { downgrade: true }), made)).toBe('installed');
  });

  it.each<[string, Partial<Machine>, Partial<Wish>, string]>([
    ['where no key is trusted', { trustedKey: () => undefined }, {}, 'update-key-missing'],
    ['by another key than the trusted one', {}, { key: openSigner(generateSigningKey()).publicKey }, 'update-unsigned'],
    ['on another system', { platform: 'win32' }, {}, 'update-foreign'],
    ['by somebody who is no administrator', { isAdministrator: () => false }, {}, 'update-not-administrator'],
  ])('%s is refused, and nothing is done', async (_, changes, wished, reason) => {
    const { made, done, leftOver } = machine(changes);
    expect(await outcome(wish(await update(), wished), made)).toBe(reason);
    expect([done, leftOver()]).toEqual([[], false]);
  });

  it('with a changed package is refused before the kiosk is stopped', async () => {
    const { made, done, leftOver } = machine();
    const file = await update();
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = 0;
    writeFileSync(file, bytes);
    expect(await outcome(wish(file), made)).toBe('update-invalid');
    expect([done, leftOver()]).toEqual([[], false]);
  });

  it('waits for the end of an exam', async () => {
    const { made, done, leftOver } = machine();
    const data = temporaryFolder();
    const somebody = sitDownIn(data);
    const file = await update();
    expect(await outcome(wish(file, { data }), made)).toBe('update-during-exam');
    expect([done, leftOver()]).toEqual([[], false]);
    somebody.leave();
    expect(await outcome(wish(file, { data }), made)).toBe('installed');
    somebody[Symbol.dispose]();
  });

  it('lets somebody who sat down at the last moment go on', async () => {
    const data = temporaryFolder();
    const { made, done, leftOver } = machine({ stopKiosk: () => sitDownIn(data) !== undefined });
    expect(await outcome(wish(await update(), { data }), made)).toBe('update-during-exam');
    expect([done, leftOver()]).toEqual([['inspected', 'started'], false]);
  });

  it('is not put in beneath a station that goes on running', async () => {
    const { made, done } = machine();
    const data = temporaryFolder();
    const lock = lockFolder(data);
    const file = await update();
    expect(await outcome(wish(file, { data }), made)).toBe('update-beside-station');
    lock[Symbol.dispose]();
    expect(done).toEqual(['inspected', 'stopped', 'started']);
  });

  it('that the system does not take says how to go back, and the kiosk is started again', async () => {
    const { made, done, leftOver } = machine({ install: () => Promise.reject(new Error('dpkg ended with 1')) });
    const refused = installUpdate(wish(await update()), made);
    await expect(refused).rejects.toThrow('dpkg ended with 1. 0.1.0 is installed. To go back: the former package');
    await expect(refused).rejects.toMatchObject({ reason: 'update-failed' });
    expect([done, leftOver()]).toEqual([['inspected', 'stopped', 'started'], false]);
  });
});

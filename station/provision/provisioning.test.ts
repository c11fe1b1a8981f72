import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { keyId, sha256 } from '../../proof/index.ts';
import { newSigner } from '../../proof/proof.fixture.ts';
import { normalCode } from '../../proof/secrets/codes.ts';
import { ADMINISTRATOR_PIN, aTerminal, RECOVERY_CODE } from '../../proof/secrets/terminal.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openDatabase } from '../core/database/index.ts';
import { openGuesses, RECOVERY_FILE } from '../keep/proctors/index.ts';
import { openSharedRecovery } from '../run/set-up.ts';
import { manualClock } from '../station.fixture.ts';
import { openProvisioning, readTerminal, writeTerminal } from './index.ts';

const center = newSigner().publicKey;
const WISH = {
  ...{ name: '一号考站', center: 'https://center.example', enrolmentCode: 'ABCD-EFGH' },
  administratorPin: ADMINISTRATOR_PIN,
};
const SLOW = { wrong: 'pin-wrong', wait: 'pin-wait', locked: 'pin-locked' } as const;

type How = { readonly terminal?: boolean; readonly enrolled?: boolean; readonly provisioned?: boolean };

function open({ terminal = false, enrolled = false, provisioned = terminal }: How = {}) {
  const [clock, database, data] = [manualClock(), openDatabase(':memory:'), temporaryFolder()];
  if (terminal) writeTerminal(data, aTerminal());
  const restart = vi.fn();
  let busy = false;
  const desk = openProvisioning({
    ...{ data, clock, provisioned, restart },
    enrolled: () => enrolled,
    guesses: openGuesses(database, clock, 'administrator', SLOW),
    recovery: openSharedRecovery(database, data),
    displays: () => [{ place: 1, label: 'HDMI', size: '1280 × 800' }],
    ports: async () => ['/dev/ttyUSB0'],
    whoAnswers: async () => center,
    quiet: () => !busy,
  });
  const enter = (pin?: string) =>
    desk.enter(pin).then(
      ({ pass }) => pass,
      ({ reason }) => `refused: ${reason}`,
    );
  const sitDown = (): void => {
    busy = true;
  };
  return { clock, data, desk, enter, restart, sitDown };
}

describe('a new terminal', () => {
  it('is set up by whoever stands there, once, and starts again', async () => {
    const { desk, data, restart } = open();
    expect(desk.setUp).toBe('needed');
    const seen = await desk.enter(undefined);
    expect(seen).toMatchObject({ enrolled: false, now: {}, ports: ['/dev/ttyUSB0'], displays: [{ place: 1 }] });
    expect(desk.provision(seen.pass, { ...WISH, seat: 'B2' })).toEqual({ wrong: [{ field: 'seat', problem: 'seat' }] });
    expect(restart).not.toHaveBeenCalled();
    const { wrong, recoveryCode } = desk.provision(seen.pass, WISH);
    expect([wrong, recoveryCode?.length]).toEqual([[], 29]);
    expect([readTerminal(data)?.name, restart.mock.calls.length]).toEqual(['一号考站', 1]);
    expect(() => desk.provision(seen.pass, WISH)).toThrow('unauthorised');
    await expect(desk.enter(undefined)).rejects.toThrow('pin-wrong');
  });

  it('is told who answers, before a code goes there', async () => {
    const { desk, enter } = open();
    const pass = await enter();
    const answers = ['', center, newSigner().publicKey, 'short'].map((key) => desk.test(pass, 'http://center', key));
    const of = (key: string) => ({ keyId: keyId(center), key });
    expect(await Promise.all(answers)).toEqual(['not-given', 'as-given', 'other', 'other'].map(of));
    await expect(desk.test('another pass', 'http://center', '')).rejects.toThrow('unauthorised');
  });

  it.each([
    ['enrolled', { enrolled: true }],
    ['told by variables', { provisioned: true }],
  ])('is none where it is %s', async (_, how) => {
    const { desk, enter } = open(how);
    expect([desk.setUp, await enter()]).toEqual([undefined, 'refused: not-allowed-now']);
  });
});

describe('a terminal that is set up', () => {
  it('is opened by its administrator, who sees nothing secret', async () => {
    const { desk } = open({ terminal: true, enrolled: true });
    expect(desk.setUp).toBe('by-administrator');
    const { now, pass } = await desk.enter(ADMINISTRATOR_PIN);
    expect(now).toEqual({ name: '一号考站', room: '一号考场', center: 'https://center.example' });
    expect(desk.provision(pass, { ...now, room: '二号考场' })).toEqual({ wrong: [] });
  });

  it('makes whoever guesses wait longer each time, and then for half an hour', async () => {
    const { clock, enter, desk } = open({ terminal: true });
    const wrong: string[] = [];
    for (let n = 0; n < 4; n++) wrong.push(await enter('000000'));
    expect(wrong.map((said) => said.slice(9))).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-wait']);
    expect([desk.waitMs, await enter(ADMINISTRATOR_PIN)]).toEqual([5_000, 'refused: pin-wait']);
    for (let n = 0; n < 7; n++) {
      clock.advance(300_000);
      await enter('000000');
    }
    clock.advance(300_000);
    expect(await enter(ADMINISTRATOR_PIN)).toBe('refused: pin-locked');
    clock.advance(1_500_000);
    expect(await enter(ADMINISTRATOR_PIN)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is opened by the recovery code, which works once and has another in its place', async () => {
    const { data, desk, enter } = open({ terminal: true, enrolled: true });
    expect(existsSync(join(data, RECOVERY_FILE))).toBe(false);
    for (let n = 0; n < 5; n++) await enter('000000');
    expect(await enter(RECOVERY_CODE)).toMatch(/^[0-9a-f]{32}$/);
    const next = readFileSync(join(data, RECOVERY_FILE), 'utf8').trim();
    expect(await enter(RECOVERY_CODE)).toBe('refused: pin-wrong');
    const { pass, now } = await desk.enter(next);
    const { recoveryCode } = desk.provision(pass, now);
    expect(readTerminal(data)?.recoveryCodeHash).toBe(sha256(normalCode(recoveryCode ?? '')));
  });

  it('is left as it is while somebody sits there, and after half an hour', async () => {
    const { desk, enter, clock, sitDown } = open({ terminal: true });
    const pass = await enter(ADMINISTRATOR_PIN);
    clock.advance(1_800_001);
    expect(() => desk.provision(pass, WISH)).toThrow('unauthorised');
    const second = await enter(ADMINISTRATOR_PIN);
    sitDown();
    expect(() => desk.provision(second, WISH)).toThrow('not-allowed-now');
    expect(await enter(ADMINISTRATOR_PIN)).toBe('refused: not-allowed-now');
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openJournal } from './journal.ts';
import { performAll, restore } from './sequence.ts';
import type { Step } from './step.ts';

let folder: string;
const path = () => join(folder, 'lockdown.json');
beforeEach(() => {
  folder = temporaryFolder();
});

/** A machine of three settings; each step makes its own `locked` and puts back what was there. */
function machine(changes: Readonly<Record<string, Partial<Step>>> = {}) {
  const settings: Record<string, string> = { keys: 'mine', quiet: 'no', window: 'small' };
  const events: string[] = [];
  const steps = Object.keys(settings).map(
    (name): Step => ({
      name,
      scope: name === 'window' ? 'program' : 'machine',
      absent: () => undefined,
      look: () => settings[name] ?? '',
      perform() {
        events.push(`perform ${name}`);
        settings[name] = 'locked';
      },
      verify: () => (settings[name] === 'locked' ? undefined : `${name} is ${settings[name]}`),
      revert(found) {
        events.push(`revert ${name}`);
        settings[name] = typeof found === 'string' ? found : 'fresh';
      },
      ...changes[name],
    }),
  );
  return { settings, events, steps };
}

const entries = (): readonly { step: string; state: string; found: unknown }[] =>
  existsSync(path()) ? JSON.parse(readFileSync(path(), 'utf8')).entries : [];

test('performs in order, reverts in reverse, and leaves no journal', async () => {
  const { settings, events, steps } = machine();
  const lockdown = await performAll(steps, openJournal(path()));
  expect(lockdown.findings.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
  expect(entries().map(({ step, state, found }) => `${step} ${state} ${found}`)).toEqual([
    'keys performed mine',
    'quiet performed no',
    'window performed small',
  ]);
  expect(await lockdown.revert()).toEqual([]);
  expect(events.slice(3)).toEqual(['revert window', 'revert quiet', 'revert keys']);
  expect(settings).toEqual({ keys: 'mine', quiet: 'no', window: 'small' });
  expect(existsSync(path())).toBe(false);
});

test('each step is in the journal before it is done', async () => {
  const seen: string[] = [];
  const { steps } = machine({
    quiet: { perform: () => void seen.push(...entries().map(({ step, state }) => `${step} ${state}`)) },
  });
  await performAll(steps, openJournal(path()));
  expect(seen).toEqual(['keys performed', 'quiet performing']);
});

test('a step that fails, or does not hold, is taken back and told of; the others are done', async () => {
  const broken = machine({
    keys: {
      perform() {
        throw new Error('not allowed');
      },
    },
    quiet: { perform: () => undefined },
  });
  const lockdown = await performAll(broken.steps, openJournal(path()));
  expect(lockdown.findings).toEqual([
    { step: 'keys', state: 'failed', detail: 'not allowed' },
    { step: 'quiet', state: 'failed', detail: 'quiet is no' },
    { step: 'window', state: 'held', detail: '' },
  ]);
  expect(broken.settings).toEqual({ keys: 'mine', quiet: 'no', window: 'locked' });
  expect(entries().map(({ step }) => step)).toEqual(['window']);
});

test('nothing is done to a machine on which it could not be written down', async () => {
  const { settings, events, steps } = machine();
  const journal = {
    ...openJournal(path()),
    write() {
      throw new Error('the disk is full');
    },
  };
  const lockdown = await performAll(steps, journal);
  const full = { state: 'failed', detail: 'the disk is full' };
  expect(lockdown.findings).toMatchObject(steps.map(() => full));
  expect(events).toEqual([]);
  expect(settings.keys).toBe('mine');
});

test('what is not here is said, and neither done nor undone', async () => {
  const { steps, events } = machine({ keys: { absent: () => 'there is no X server here' } });
  const lockdown = await performAll(steps, openJournal(path()));
  expect(lockdown.findings[0]).toEqual({ step: 'keys', state: 'absent', detail: 'there is no X server here' });
  await lockdown.revert();
  expect(events.filter((event) => event.includes('keys'))).toEqual([]);
});

test('what somebody undoes meanwhile is done again, and told', async () => {
  const { settings, steps } = machine();
  const lockdown = await performAll(steps, openJournal(path()));
  expect(await lockdown.renew()).toEqual([]);
  settings.keys = 'theirs';
  expect(await lockdown.renew()).toEqual([{ step: 'keys', state: 'held', detail: 'keys is theirs' }]);
  expect(settings.keys).toBe('locked');
  await lockdown.revert();
  expect(settings.keys).toBe('mine');
});

test('the next start undoes what a crash left on the machine, last first, also what it was in the middle of', async () => {
  const crashed = machine();
  await performAll(crashed.steps, openJournal(path()));
  writeFileSync(path(), readFileSync(path(), 'utf8').replace('performed', 'performing'));
  expect(await restore(crashed.steps, openJournal(path()))).toEqual({ undone: ['quiet', 'keys'], stuck: [] });
  // The window went with the program that ended.
  expect(crashed.settings).toEqual({ keys: 'mine', quiet: 'no', window: 'locked' });
  expect(await restore(crashed.steps, openJournal(path()))).toEqual({ undone: [], stuck: [] });
});

test('what could not be undone is not forgotten by the next locking: what was there first is what comes back', async () => {
  const crashed = machine();
  await performAll(crashed.steps, openJournal(path()));
  const stuck = machine({ quiet: { revert: () => Promise.reject(new Error('no bus')) } });
  await restore(stuck.steps, openJournal(path()));
  // The settings of the machine are still the locked ones.
  const lockdown = await performAll(crashed.steps, openJournal(path()));
  await lockdown.revert();
  expect(crashed.settings).toMatchObject({ quiet: 'no' });
});

test('a step of which nobody can say whether it is here has failed', async () => {
  const { steps } = machine({ keys: { absent: () => Promise.reject(new Error('no answer')) } });
  const lockdown = await performAll(steps, openJournal(path()));
  expect(lockdown.findings[0]).toEqual({ step: 'keys', state: 'failed', detail: 'no answer' });
});

test('what is being looked at while all is undone is not done again', async () => {
  const slow = Promise.withResolvers<string | undefined>();
  let looks = 0;
  const { settings, steps } = machine({
    keys: { verify: () => (looks++ === 0 ? undefined : slow.promise) },
  });
  const lockdown = await performAll(steps, openJournal(path()));
  const renewed = lockdown.renew();
  const reverted = lockdown.revert();
  slow.resolve('keys are not locked');
  await Promise.all([renewed, reverted]);
  expect(settings.keys).toBe('mine');
});

test('what cannot be undone now stays in the journal, and does not keep the others', async () => {
  const crashed = machine();
  await performAll(crashed.steps, openJournal(path()));
  const stuck = machine({ quiet: { revert: () => Promise.reject(new Error('no bus')) } });
  expect(await restore(stuck.steps, openJournal(path()))).toEqual({ undone: ['keys'], stuck: ['quiet'] });
  expect(entries().map(({ step }) => step)).toEqual(['quiet']);
  expect(await restore(crashed.steps, openJournal(path()))).toEqual({ undone: ['quiet'], stuck: [] });
});

test('of a journal that cannot be read nothing is undone that this machine does not have', async () => {
  const { steps, events } = machine({ keys: { absent: () => 'there is no X server here' } });
  writeFileSync(path(), '{');
  expect(await restore(steps, openJournal(path()))).toMatchObject({ undone: ['quiet'], stuck: [] });
  expect(events).toEqual(['revert quiet']);
});

test.each(['', '{', '{"format":"exam-station/lockdown@9","entries":[]}', 'null'])(
  'a journal that cannot be read is put aside, and the machine goes to what a fresh one has: %s',
  async (text) => {
    const { settings, steps } = machine();
    settings.keys = 'locked';
    writeFileSync(path(), text);
    const { undone, damaged } = await restore(steps, openJournal(path()));
    expect(undone).toEqual(['quiet', 'keys']);
    expect(settings).toMatchObject({ keys: 'fresh', quiet: 'fresh', window: 'small' });
    expect(readdirSync(folder)).toEqual([damaged?.slice(folder.length + 1)]);
  },
);

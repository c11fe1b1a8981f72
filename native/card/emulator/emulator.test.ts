/** From end to end: the emulated reader on a real terminal, opened through `serialport`. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../tests/kit/eventually.ts';
import {
  type CardReading,
  type Emulator,
  type EmulatorOptions,
  inventedNumber,
  openReader,
  ptyAvailable,
  type Reader,
  type ReaderState,
  residentCard,
  startEmulator,
} from '../index.ts';
import { emulatedPhoto } from './card.ts';

const linux = ptyAvailable();
const title = linux
  ? 'an emulated reader on a terminal'
  : 'an emulated reader on a terminal (left out: this machine is no Linux with util-linux, so it has no terminal to emulate one on)';

const zhang = residentCard({ name: '张三', number: inventedNumber('19900101', 1) });
const li = residentCard({ name: '李四', number: inventedNumber('19850505', 22) });

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of opened.splice(0).reverse()) await resource.close();
});

async function start(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  opened.push(emulator);
  return emulator;
}

function watch(path: string | (() => Promise<string | undefined>)) {
  const cards: CardReading[] = [];
  const states: ReaderState[] = [];
  const unreadable: string[] = [];
  const reader: Reader = openReader({
    path,
    pollMs: 20,
    onCard: (card) => cards.push(card),
    onUnreadable: ({ detail }) => unreadable.push(detail),
    onState: (state) => states.push(state),
  });
  opened.push(reader);
  return {
    cards,
    states,
    unreadable,
    reader,
    names: () => cards.map(({ name }) => name),
    told: () => states.map(({ state }) => state),
  };
}
const soon = (check: () => void) => eventually(check);
const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

describe.skipIf(!linux)(title, () => {
  it('reads a card once while it lies there, again when it was away, and then another', async () => {
    const emulator = await start();
    const { cards, names, states } = watch(emulator.path);
    await soon(() => expect(states).toEqual([{ state: 'ready', label: 'SAM-V 05.01-20070129-0000000123-0123456789' }]));
    await emulator.present(zhang);
    await soon(() => expect(names()).toEqual(['张三']));
    expect(cards[0]).toEqual({
      ...zhang,
      photo: emulatedPhoto(inventedNumber('19900101', 1)),
      samId: expect.any(String),
    });
    await quiet();
    expect(names()).toEqual(['张三']);
    await emulator.remove();
    await emulator.present(zhang);
    await soon(() => expect(names()).toEqual(['张三', '张三']));
    await emulator.present(li);
    await soon(() => expect(names()).toEqual(['张三', '张三', '李四']));
  });

  it('reads through noise on a line that splits replies', async () => {
    const emulator = await start({ noise: true, split: true, seed: 7 });
    const { names } = watch(emulator.path);
    for (let turn = 1; turn <= 5; turn++) {
      await emulator.present(turn % 2 ? zhang : li);
      await soon(() => expect(names()).toHaveLength(turn));
      await emulator.remove();
    }
    expect(names()).toEqual(['张三', '李四', '张三', '李四', '张三']);
    await emulator.setNoise(false);
  });

  it('says once that a card cannot be read', async () => {
    const emulator = await start();
    const { unreadable, names } = watch(emulator.path);
    await emulator.present({ unreadable: 'text' });
    await soon(() => expect(unreadable).toEqual(['text-field: resident.name']));
    await quiet();
    expect(unreadable).toHaveLength(1);
    await emulator.remove();
    await emulator.present({ unreadable: 'read' });
    await soon(() => expect(unreadable).toEqual(['text-field: resident.name', 'read: read failed']));
    expect(names()).toEqual([]);
  });

  it.each(['bytes-put-in', 'characters-swapped'] as const)('takes no reading for a card with %s', async (damage) => {
    const emulator = await start({ split: true });
    const { cards, names, unreadable } = watch(emulator.path);
    await emulator.damage(damage);
    await emulator.present(zhang);
    await soon(() => expect(names()).toEqual(['张三']));
    expect(cards[0]).toMatchObject({ ...zhang, photo: emulatedPhoto(inventedNumber('19900101', 1)) });
    await quiet();
    expect(names()).toEqual(['张三']);
    expect(unreadable).toEqual([]);
  });

  it('reads by a reader that will not read twice, and takes no shifted card from it', async () => {
    const emulator = await start({ readsOnce: true });
    const { names, unreadable } = watch(emulator.path);
    await emulator.present(zhang);
    await soon(() => expect(names()).toEqual(['张三']));
    await emulator.remove();
    await quiet();
    await emulator.damage('bytes-put-in');
    await emulator.present(li);
    await soon(() => expect(unreadable).toEqual(['text-field: resident.name']));
    await quiet();
    await emulator.present(li);
    await soon(() => expect(names()).toEqual(['张三', '李四']));
  });

  it('is lost when pulled out in the middle of a read, and ready when another is plugged in', async () => {
    const first = await start({ slowMs: 200 });
    let path: string | undefined = first.path;
    const { told, names } = watch(async () => path);
    await soon(() => expect(told()).toEqual(['ready']));
    await first.present(zhang);
    await new Promise((resolve) => setTimeout(resolve, 500));
    path = undefined;
    await first.unplug();
    expect(existsSync(first.path)).toBe(false);
    const pulled = performance.now();
    await soon(() => expect(told()).toEqual(['ready', 'lost']));
    expect(performance.now() - pulled).toBeLessThan(1000);
    expect(names()).toEqual([]);
    const second = await start();
    path = second.path;
    await second.present(li);
    await soon(() => expect(names()).toEqual(['李四']));
    expect(told()).toEqual(['ready', 'lost', 'ready']);
  });

  it('leaves nothing that keeps a program alive after close, nor after a missing reader', async () => {
    const emulator = await start();
    const face = JSON.stringify(new URL('../index.ts', import.meta.url).href);
    const program = `
      import { openReader } from ${face};
      const watch = (path) => new Promise((resolve) => {
        const reader = openReader({ path, onCard() {}, onState: ({ state }) => resolve(reader.close().then(() => state)) });
      });
      process.stdout.write(await watch(${JSON.stringify(emulator.path)}) + ' ' + await watch('/dev/no-such-reader'));`;
    const { stdout } = await promisify(execFile)(execPath, ['--input-type=module', '-e', program], { timeout: 5000 });
    expect(stdout).toBe('ready missing');
  });

  it('refuses a card that cannot be, and ends with its terminal', async () => {
    const emulator = await startEmulator();
    await expect(emulator.present({ ...zhang, number: '110105194912310021' } as typeof zhang)).rejects.toThrow(
      'refused',
    );
    await emulator.close();
    expect(existsSync(emulator.path)).toBe(false);
    await emulator.close();
  });
});

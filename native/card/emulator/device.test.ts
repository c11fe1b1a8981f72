import { expect, it } from 'vitest';
import { CardText, parseCardText } from '../card-text.ts';
import { parseReadReply } from '../read-reply.ts';
import { commandFrame, createReplyParser, encodeCommand, type Reply } from '../samv.ts';
import type { CommandName } from '../samv-tables.ts';
import { emulatedPhoto, inventedNumber, residentCard } from './card.ts';
import { createDevice, type DeviceHabits } from './device.ts';

const number = inventedNumber('19850214', 7);
const card = CardText.parse(residentCard({ name: '王小明', number }));

const replies = (frames: readonly Uint8Array[]): Reply[] =>
  createReplyParser()
    .push(Buffer.concat(frames))
    .filter((event) => event.kind === 'reply');

function createBench(habits?: DeviceHabits) {
  const device = createDevice(habits);
  const ask = (command: CommandName) => replies(device.receive(commandFrame(command)))[0] as Reply;
  return { device, ask, run: (...commands: CommandName[]) => commands.map((command) => ask(command).sw[2]) };
}

it('finds nothing on an empty reader, and selects and reads nothing out of turn', () => {
  const { device, run } = createBench();
  expect(run('status', 'find', 'select', 'read')).toEqual([0x90, 0x80, 0x81, 0x41]);
  device.lay(card);
  expect(run('select', 'read', 'find', 'read', 'select')).toEqual([0x81, 0x41, 0x9f, 0x41, 0x90]);
});

it('gives the card’s text and photo, and finds it no more until it was away', () => {
  const { device, ask, run } = createBench();
  device.lay(card);
  expect(run('find', 'select')).toEqual([0x9f, 0x90]);
  const blocks = parseReadReply(ask('read').data);
  expect(blocks && parseCardText(blocks.text)).toEqual({ ok: true, card });
  expect(blocks?.photo).toEqual(emulatedPhoto(number));
  expect(run('find', 'reset', 'find')).toEqual([0x80, 0x90, 0x80]);
  device.remove();
  device.lay(card);
  expect(run('find', 'select', 'read')).toEqual([0x9f, 0x90, 0x90]);
});

it('reads a card again for as long as it lies there and is selected', () => {
  const { device, ask, run } = createBench();
  device.lay(card);
  run('find', 'select');
  const first = ask('read');
  expect(ask('read')).toEqual(first);
  expect(run('find', 'select')).toEqual([0x80, 0x81]);
  expect(ask('read')).toEqual(first);
  expect(run('reset', 'read')).toEqual([0x90, 0x41]);
  device.remove();
  expect(run('read')).toEqual([0x41]);
});

it('refuses a second reading where it reads once', () => {
  const { device, run } = createBench({ readsOnce: true });
  device.lay(card);
  expect(run('find', 'select', 'read', 'read', 'find')).toEqual([0x9f, 0x90, 0x90, 0x41, 0x80]);
});

it('answers the longer read with a third length', () => {
  const { device, ask, run } = createBench();
  device.lay(card);
  run('find', 'select');
  const { data } = ask('readWithFingerprint');
  expect(data).toHaveLength(6 + 256 + 1024);
  expect(parseReadReply(data, 'readWithFingerprint')?.fingerprint).toHaveLength(0);
});

it.each([
  ['select', [0x9f, 0x81, 0x41]],
  ['read', [0x9f, 0x90, 0x41]],
  ['text', [0x9f, 0x90, 0x90]],
] as const)('spoils at %s', (unreadable, statuses) => {
  const { device, run } = createBench();
  device.lay({ unreadable });
  expect(run('find', 'select', 'read')).toEqual(statuses);
});

it('says what is wrong with a command, and has a SAM id', () => {
  const { device, ask } = createBench();
  const spoiled = commandFrame('find');
  spoiled[9] = 0x21;
  expect(replies(device.receive(spoiled))[0]?.sw[2]).toBe(0x10);
  expect(replies(device.receive(Buffer.from('aaaaaa96690001', 'hex')))[0]?.sw[2]).toBe(0x11);
  expect(replies(device.receive(encodeCommand(0x77, 0x01)))[0]?.sw[2]).toBe(0x21);
  expect(ask('samId').data).toHaveLength(16);
  expect(ask('readExtraAddress').sw[2]).toBe(0x91);
});

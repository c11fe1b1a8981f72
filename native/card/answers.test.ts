import { expect, it } from 'vitest';
import { answers } from './answers.ts';
import type { StatusWord } from './samv.ts';
import type { CommandName } from './samv-tables.ts';

const can = (command: CommandName, sw: StatusWord, data = 0): boolean =>
  answers(command, { kind: 'reply', sw, data: new Uint8Array(data) });

it.each([
  ['status', 0x90, [0]],
  ['samId', 0x90, [16]],
  ['find', 0x9f, [0, 4]],
  ['select', 0x90, [0, 8]],
  ['read', 0x90, [1284]],
  ['readWithFingerprint', 0x90, [1286, 1798, 2310]],
] as const)('success of %s has the bytes that belong to it, none more and none less', (command, status, lengths) => {
  const taken = Array.from({ length: 2557 }, (_, bytes) => bytes).filter((bytes) =>
    can(command, [0, 0, status], bytes),
  );
  expect(taken).toEqual(lengths);
});

it('success brings no word of the card’s own; a refusal may', () => {
  expect(can('read', [0, 1, 0x90], 1284)).toBe(false);
  expect(can('read', [0x6a, 0x82, 0x41])).toBe(true);
  expect(can('select', [0x6a, 0x82, 0x81])).toBe(true);
});

it('a refusal brings no data', () => {
  expect(can('read', [0, 0, 0x41], 1284)).toBe(false);
  expect(can('find', [0, 0, 0x80], 4)).toBe(false);
});

it.each(['read', 'readWithFingerprint'] as const)('%s may be told that the card is there no more', (command) => {
  expect([0x41, 0x80, 0x81, 0x9f].map((status) => can(command, [0, 0, status]))).toEqual([true, true, true, false]);
});

it('takes a refusal that nobody documented for one', () => {
  expect(can('select', [0, 0, 0xab])).toBe(true);
});

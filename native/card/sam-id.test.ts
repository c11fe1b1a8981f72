import { describe, expect, it } from 'vitest';
import type { Answer } from './exchange.ts';
import { formatSamId, readSamId } from './sam-id.ts';

const bytes = Uint8Array.of(5, 0, 1, 0, 0xf1, 0x3e, 0x32, 0x01, 123, 0, 0, 0, 0x15, 0xcd, 0x5b, 0x07);
const ID = '05.01-20070129-0000000123-0123456789';

const says = (data: Uint8Array, status = 0x90): Answer => ({
  ok: true,
  reply: { kind: 'reply', sw: [0, 0, status], data },
});
const good = says(bytes);
const damaged = says(bytes.with(8, 124));
const garbled: Answer = { ok: false, fault: 'garbled' };

it('is written as it is printed on the reader', () => {
  expect(formatSamId(bytes)).toBe(ID);
});

it.each([0, 15, 17])('is none of %i bytes', (length) => {
  expect(formatSamId(new Uint8Array(length))).toBeUndefined();
});

describe('a reader’s number', () => {
  it.each([
    ['said twice alike', [good, good], ID],
    ['said twice alike after a damaged answer', [damaged, good, good], ID],
    ['said twice alike after a lost answer', [garbled, good, good], ID],
    ['never said twice alike', [good, damaged, good], undefined],
    ['said once', [good, garbled, good], undefined],
    ['refused', [says(new Uint8Array(), 0x66), says(new Uint8Array(), 0x66), garbled], undefined],
  ] as const)('%s', async (_name, answers, expected) => {
    const left: Answer[] = [...answers];
    expect(await readSamId(async () => left.shift() as Answer)).toBe(expected);
    expect(left).toEqual([]);
  });
});

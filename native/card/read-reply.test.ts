import { describe, expect, it } from 'vitest';
import { type CardBlocks, encodeReadReply, parseReadReply } from './read-reply.ts';

const block = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
const blocks: CardBlocks = { text: block(256, 1), photo: block(1024, 2) };

describe('a read reply', () => {
  it('is two lengths, text and photo', () => {
    const data = encodeReadReply(blocks);
    expect(Buffer.from(data.subarray(0, 4)).toString('hex')).toBe('01000400');
    expect(data).toHaveLength(1284);
    expect(parseReadReply(data)).toEqual(blocks);
  });

  it.each([0, 512, 1024])('carries %i bytes of fingerprint where they were asked for', (length) => {
    const data = encodeReadReply({ ...blocks, fingerprint: block(length, 3) });
    expect(data).toHaveLength(1286 + length);
    expect(parseReadReply(data, 'readWithFingerprint')).toEqual({ ...blocks, fingerprint: block(length, 3) });
    expect(parseReadReply(data)).toBeUndefined();
  });

  it.each([
    ['a byte left over', Buffer.concat([encodeReadReply(blocks), block(1, 0)])],
    ['a byte missing', encodeReadReply(blocks).subarray(0, -1)],
    ['nothing in it', new Uint8Array()],
    ['half a length', block(3, 0)],
    ['text and photo of other lengths', encodeReadReply({ text: block(1024, 1), photo: block(256, 2) })],
    ['lengths that only add up', encodeReadReply({ text: block(255, 1), photo: block(1025, 2) })],
    ['a fingerprint nobody asked for', encodeReadReply({ ...blocks, fingerprint: block(512, 3) })],
  ])('is none with %s', (_name, data) => {
    expect(parseReadReply(data)).toBeUndefined();
  });

  it('is none with a fingerprint of another length, or without one that was asked for', () => {
    const odd = encodeReadReply({ ...blocks, fingerprint: block(100, 3) });
    expect(parseReadReply(odd, 'readWithFingerprint')).toBeUndefined();
    expect(parseReadReply(encodeReadReply(blocks), 'readWithFingerprint')).toBeUndefined();
  });
});

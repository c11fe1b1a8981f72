import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePacket, openDecoder, type Packet } from './kiosk-wire.ts';

const page = fc.integer({ min: 1, max: 0xffff_ffff });
const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ kind: fc.constant('shell' as const), text }),
  fc.record({ kind: fc.constantFrom('open' as const, 'close' as const), page }),
  fc.record({ kind: fc.constant('text' as const), page, text }),
  fc.record({ kind: fc.constant('bytes' as const), page, bytes: fc.uint8Array({ maxLength: 300 }) }),
);

const written = (packets: readonly Packet[]): Uint8Array => Buffer.concat(packets.flatMap(encodePacket));

test('whatever is written is read again, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 40 })), (packets, sizes) => {
      const bytes = written(packets);
      const read: Packet[] = [];
      const take = openDecoder((one) => read.push(one));
      for (let at = 0, turn = 0; at < bytes.byteLength; turn += 1) {
        const size = sizes[turn % Math.max(sizes.length, 1)] ?? bytes.byteLength;
        take(bytes.subarray(at, at + size));
        at += size;
      }
      expect(read).toEqual(packets);
    }),
  );
});

test('large bytes are not copied behind their header', () => {
  const bytes = new Uint8Array(1_228_824);
  expect(encodePacket({ kind: 'bytes', page: 1, bytes }).at(-1)).toBe(bytes);
});

test('what is no packet is refused at once, not waited for', () => {
  const take = (bytes: readonly number[]) => () => openDecoder(() => undefined)(Uint8Array.from(bytes));
  expect(take([9, 0, 0, 0, 0, 0, 0, 0, 0])).toThrow('kind 9');
  expect(take([2, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])).toThrow('4294967295 bytes');
  expect(take([0, 0, 0, 0, 0, 1, 0, 0, 0, 0xff])).toThrow();
});

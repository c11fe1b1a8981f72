import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_HEADER_BYTES, FRAME_MAX_SIDE, type Frame, parseFrame, writeFrameHeader } from './frame.ts';

type Header = Omit<Frame, 'pixels'>;
const HEADER: Header = { ticket: 7, width: 16, height: 16, sequence: 3, capturedAt: 12.5 };

function message(header: Header, pixelBytes = header.width * header.height * 4): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + pixelBytes).fill(0xa5, FRAME_HEADER_BYTES);
  writeFrameHeader(bytes, header);
  return bytes;
}

const side = fc.integer({ min: 16, max: 40 });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const time = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((at) => !Object.is(at, -0));
const header = fc.record({ ticket: uint32, width: side, height: side, sequence: uint32, capturedAt: time });

describe('a frame', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(header, fc.nat(255), (wanted, grey) => {
        const bytes = message(wanted).fill(grey, FRAME_HEADER_BYTES);
        const pixels = bytes.subarray(FRAME_HEADER_BYTES);
        expect(parseFrame(bytes)).toEqual({ ...wanted, pixels });
      }),
    );
  });

  it('is read where it lies in a larger buffer, without a copy', () => {
    const inner = message(HEADER);
    const buffer = new Uint8Array(inner.length + 40);
    buffer.set(inner, 13);
    const frame = parseFrame(buffer.subarray(13, 13 + inner.length));
    expect(frame).toMatchObject(HEADER);
    expect(frame?.pixels.buffer).toBe(buffer.buffer);
    expect(frame?.pixels.byteOffset).toBe(13 + FRAME_HEADER_BYTES);
  });

  it('may be as large as the largest side allows', () => {
    expect(parseFrame(message({ ...HEADER, width: FRAME_MAX_SIDE }))).toBeDefined();
  });
});

describe('bytes that are no frame', () => {
  it('every proper beginning of a frame is refused', () => {
    const whole = message(HEADER);
    for (let length = 0; length < whole.length; length++) expect(parseFrame(whole.subarray(0, length))).toBeUndefined();
  });

  it.each([
    ['one byte too many', message(HEADER, 16 * 16 * 4 + 1)],
    ['a row too many', message(HEADER, 16 * 17 * 4)],
    ['three bytes a pixel', message(HEADER, 16 * 16 * 3)],
    ['too narrow', message({ ...HEADER, width: 15 })],
    ['too low', message({ ...HEADER, height: 15 })],
    ['no size at all', message({ ...HEADER, width: 0, height: 0 })],
    ['too wide', message({ ...HEADER, width: FRAME_MAX_SIDE + 1 })],
    ['too high', message({ ...HEADER, height: FRAME_MAX_SIDE + 1 })],
    ['a time that is no number', message({ ...HEADER, capturedAt: Number.NaN })],
    ['a time without end', message({ ...HEADER, capturedAt: Number.POSITIVE_INFINITY })],
  ])('%s is refused', (_, bytes) => {
    expect(parseFrame(bytes)).toBeUndefined();
  });

  it('a wrong magic is refused, whichever byte of it', () => {
    for (const at of [0, 1, 2, 3]) {
      const bytes = message(HEADER);
      bytes[at] = (bytes[at] as number) ^ 0x20;
      expect(parseFrame(bytes)).toBeUndefined();
    }
  });

  it('a size that does not fit its bytes is refused', () => {
    fc.assert(
      fc.property(header, side, side, (wanted, width, height) => {
        fc.pre(width * height !== wanted.width * wanted.height);
        const bytes = message(wanted);
        writeFrameHeader(bytes, { ...wanted, width, height });
        expect(parseFrame(bytes)).toBeUndefined();
      }),
    );
  });

  it('any bytes at all never throw, with and without the magic', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, magic) => {
        if (magic && bytes.length >= 4) bytes.set([0x45, 0x53, 0x46, 0x31]);
        expect(parseFrame(bytes)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fasterGraph } from './index.ts';
import { decodeModel, encodeModel } from './model-proto.ts';
import { concat, writeBytes, writeInteger, writeText } from './wire.ts';

const OPSET = writeBytes(8, writeInteger(2, 13));
const node = (...more: Uint8Array[]): Uint8Array =>
  writeBytes(1, concat([writeText(1, 'x'), writeText(2, 'y'), writeText(4, 'Relu'), ...more]));
const tensor = (...more: Uint8Array[]): Uint8Array =>
  writeBytes(5, concat([writeInteger(1, 2), writeInteger(2, 1), writeText(8, 'w'), ...more]));
const small = concat([
  writeInteger(1, 8),
  writeBytes(7, concat([node(), tensor(), writeBytes(11, writeText(1, 'x')), writeBytes(12, writeText(1, 'y'))])),
  OPSET,
]);

describe('an ONNX file', () => {
  it('comes out as it went in, with fields nobody here knows', () => {
    const number = fc.integer({ min: 100, max: 2 ** 28 });
    const unknown = fc.oneof(
      fc.constant(new Uint8Array()),
      fc.tuple(number, fc.uint8Array()).map(([n, body]) => writeBytes(n, body)),
      fc.tuple(number, fc.maxSafeInteger()).map(([n, value]) => writeInteger(n, value)),
    );
    fc.assert(
      fc.property(unknown, unknown, unknown, unknown, (inNode, inTensor, inGraph, inModel) => {
        const graph = concat([node(inNode), node(), tensor(inTensor), writeBytes(12, writeText(1, 'y')), inGraph]);
        const bytes = concat([writeInteger(1, 8), writeBytes(7, graph), OPSET, inModel]);
        expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
      }),
    );
  });

  it('keeps what is not known of a node that was changed', () => {
    const bytes = concat([writeBytes(7, node(writeText(3, 'its name'), writeText(999, 'later'))), OPSET]);
    const model = decodeModel(bytes);
    const nodes = model.graph.nodes.map((old) => ({ ...old, op: 'Abs' }));
    const text = Buffer.from(encodeModel({ ...model, graph: { ...model.graph, nodes } })).toString();
    expect(text).toContain('Abs');
    expect(text).toContain('its name');
    expect(text).toContain('later');
    expect(text).not.toContain('Relu');
  });

  it('that nothing can be done for stays the same bytes', () => {
    expect(fasterGraph(small)).toBe(small);
  });

  it('is refused in words wherever it is cut off', () => {
    for (let end = 0; end < small.length; end++)
      expect(() => fasterGraph(small.subarray(0, end)), `${end} bytes`).toThrow('not an ONNX model');
  });

  it('is refused in words where it is something else', () => {
    const others = ['', '<!doctype html>', '\x89PNG\r\n\x1a\n', '{"id":"pack-1"}', '\xff'.repeat(64)];
    for (const other of others)
      expect(() => fasterGraph(Buffer.from(other, 'latin1')), other).toThrow('not an ONNX model');
  });

  it('of any bytes whatsoever ends in words, not in a crash', () => {
    const changed = fc
      .tuple(fc.nat(small.length - 1), fc.nat(255))
      .map(([at, byte]) => Uint8Array.from(small).fill(byte, at, at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), changed), (bytes) => {
        try {
          fasterGraph(bytes);
        } catch (error) {
          expect((error as Error).message).toMatch(/^not an ONNX model: /);
        }
      }),
      { numRuns: 500 },
    );
  });
});

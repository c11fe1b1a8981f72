import { afterAll, expect, test } from 'vitest';
import { recordOf } from '../../proof/proof.fixture.ts';
import { openBatchReaders } from './batch-readers.ts';
import { readBatch } from './read-batch.ts';

const readers = openBatchReaders(2);
afterAll(() => readers.close());

const bytesOf = (records: readonly object[], header = 'a.b.c') =>
  Buffer.from(JSON.stringify({ format: 'exam-station/batch@1', header, records }));
const many = Array.from({ length: 60 }, (_, n) => recordOf(n));
/** Bytes of a hash come back as plain ones. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? [...one] : one?.type === 'Buffer' ? one.data : one)),
  );

test('what a thread reads is what would be read here, and each is told of its own', async () => {
  const all = [bytesOf(many), bytesOf(many.slice(20)), bytesOf(many.slice(0, 1))];
  expect(all[1]?.length).toBeGreaterThan(32_768);
  const read = await Promise.all(all.map((bytes) => readers.read(bytes)));
  expect(read.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(read.map(plain)).toEqual(all.map(readBatch).map(plain));
});

test('what is no batch is refused by a thread as it is here, with the header that it came with', async () => {
  const [broken] = many;
  const bad = bytesOf([...many, { ...broken, marks: 'many' }], 'h.h.h');
  const newer = bytesOf([...many, { ...broken, format: 'exam-station/record@99' }]);
  expect(await readers.read(bad)).toMatchObject({ ok: false, reason: 'bad-message', header: 'h.h.h' });
  expect(await readers.read(newer)).toMatchObject({ ok: false, reason: 'format-unknown' });
  const noJson = Buffer.alloc(40_000, '[');
  expect(await readers.read(noJson)).toMatchObject({ ok: false, reason: 'bad-message' });
  expect(await readers.read(bytesOf(many))).toMatchObject({ ok: true });
});

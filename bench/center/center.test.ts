import { expect, test } from 'vitest';
import { benchCenter, centerInWords } from './index.ts';

test('a short round over a thousand records: each list answers, and what stations send is all taken', async () => {
  const bench = await benchCenter({ sizes: [1_000], rounds: 2, stations: [50], logs: false });
  const [scale] = bench.scales;
  expect(scale?.records).toBe(1_000);
  expect(Object.keys(scale?.reads ?? {})).toEqual(expect.arrayContaining(['page 1', 'any page', 'the web page']));
  expect(Object.keys(scale?.turns.reads ?? {})).toEqual(['roster of a turn', 'all for a turn']);
  expect(scale?.ingest[0]?.records).toBeGreaterThan(1_000);
  expect(centerInWords(bench)).toMatch(/1000 records in PGlite.*\n.*median/);
}, 180_000);

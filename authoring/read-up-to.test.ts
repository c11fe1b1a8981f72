import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonOf } from '../tests/kit/refusals.ts';
import { readUpTo } from './read-up-to.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exam-station-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that a command reads whole', () => {
  it('is what is in it', () => {
    const [path, bytes] = [join(folder, 'a'), Buffer.alloc(2_500_000, 'abc')];
    writeFileSync(path, bytes);
    expect(readUpTo(path, bytes.length, 'not-a-workbook').equals(bytes)).toBe(true);
    expect(reasonOf(() => readUpTo(path, bytes.length - 1, 'not-a-workbook'))).toBe('not-a-workbook');
  });

  it('is read no further than that where it has no end', () => {
    expect(reasonOf(() => readUpTo('/dev/zero', 3_000_000, 'policy-unreadable'))).toBe('policy-unreadable');
  });

  it('is missed where there is none', () => {
    expect(() => readUpTo(join(folder, 'none'), 9, 'not-a-workbook')).toThrow(/ENOENT/);
  });
});

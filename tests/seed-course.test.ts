import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSeedCourse, SEED_COURSE } from '../scripts/seed-course/read.ts';

it('the course that ships is what its folder says', async () => {
  const written: unknown = JSON.parse(readFileSync(join(SEED_COURSE, 'exam.json'), 'utf8'));
  expect(written).toEqual(await readSeedCourse());
});

it('and stays small', () => {
  const bytes = readdirSync(SEED_COURSE).reduce((sum, name) => sum + statSync(join(SEED_COURSE, name)).size, 0);
  expect(bytes).toBeLessThan(600_000);
});

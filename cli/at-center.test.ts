import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('every command that asks a center as an operator is made in one place', () => {
  const folder = join(import.meta.dirname, 'commands');
  const byHand = readdirSync(folder).filter((file) =>
    /requiredOption\(\s*'--token/.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(byHand).toEqual([]);
});

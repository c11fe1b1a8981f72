import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { ownersOf, textsOf, trespassesIn } from '../tests/kit/tables.ts';

/** A table is its folder's, as at the center: `keep/roster`, `core/ledger`. Nobody else reads it or writes to it. */
const root = import.meta.dirname;
const files = globSync('**/*.ts', { cwd: root })
  .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
  .map((file) => textsOf(root, file, file.split(sep).slice(0, 2).join('/')))
  // Pictures of evidence lie in a database of their own, whose one table is called as one of the banks is.
  .filter(({ folder }) => folder !== 'keep/evidence');
const owners = ownersOf(files);

test('each table is one folder’s', () => {
  expect(owners.size).toBeGreaterThanOrEqual(22);
  expect(files.flatMap((texts) => trespassesIn(texts, owners, /CREATE TABLE/.test(texts.literals.join(' '))))).toEqual(
    [],
  );
});

test('SQL that names another’s table is found', () => {
  const texts = { file: 'steps/x.ts', folder: 'steps/x.ts', literals: ['SELECT entry FROM ledger'] };
  expect(trespassesIn(texts, owners)).toEqual([`steps/x.ts names ledger, which is core/ledger/'s`]);
});

import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { type CodeTexts, ownersOf, textsOf, trespassesIn } from '../tests/kit/tables.ts';

/** A table is its folder's: nobody else reads it, joins it or writes to it. */
const root = import.meta.dirname;
const files = globSync('**/*.ts', { cwd: root, exclude: ['node_modules/**', 'testing/**'] })
  .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
  .map((file) => textsOf(root, file, file.split(sep)[0] as string));

const owners = ownersOf(files);
const trespasses = (texts: CodeTexts): readonly string[] =>
  trespassesIn(texts, owners, texts.file.endsWith('migrations.ts'));

test('each table is one folder’s', () => {
  expect(owners.size).toBeGreaterThanOrEqual(22);
  expect(files.flatMap(trespasses)).toEqual([]);
});

test('bytes under their hash are kept in a table of one’s own', () => {
  const kept = files.flatMap(({ file, folder }) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/= bytesByHash\('(\w+)'\)/g)].map(([, table]) => ({
      table,
      folder,
    })),
  );
  expect(kept.length).toBeGreaterThan(0);
  for (const { table, folder } of kept) expect(owners.get(table as string)).toBe(folder);
});

test.each([
  ['a join', 'SELECT 1 FROM exams e JOIN stations s ON true'],
  ['a list', 'SELECT 1 FROM exams, stations'],
  ['a fragment', 'exams e WHERE NOT EXISTS (SELECT 1 FROM stations)'],
  ['small letters', 'update stations set name = 1'],
])('%s that names another’s table is found', (_, sql) => {
  expect(trespasses({ file: join('exams', 'x.ts'), folder: 'exams', literals: [sql] })).toEqual([
    `${join('exams', 'x.ts')} names stations, which is stations/'s`,
  ]);
});

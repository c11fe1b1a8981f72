import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';

/** A table is its folder's: nobody else reads it, joins it or writes to it. */
const root = import.meta.dirname;
const files = globSync('**/*.ts', { cwd: root, exclude: ['node_modules/**', 'testing/**'] })
  .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
  .map((file) => ({ file, folder: file.split(sep)[0] as string, literals: literalsOf(join(root, file)) }));

/** Every text in a file's code; what is put into a template is left out. */
function literalsOf(file: string): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, quasis } = node as { type?: string; value?: string; quasis?: readonly { raw: string }[] };
    if (type === 'StringLiteral') found.push(String(value));
    if (type === 'TemplateLiteral') found.push((quasis ?? []).map(({ raw }) => raw).join('…'));
    for (const child of Object.values(node)) walk(child);
  };
  walk(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }));
  return found;
}

const isSql = (text: string): boolean =>
  /\b(SELECT|INSERT|UPDATE|DELETE|TRUNCATE|FROM|JOIN|WHERE|TABLE|INDEX)\b|^\s*(select|insert into|update|delete from) /.test(
    text,
  );

const owners = new Map(
  files.flatMap(({ folder, literals }) =>
    literals.flatMap((text) =>
      [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map(
        ([, table]) => [table as string, folder] as const,
      ),
    ),
  ),
);

/** Tables in a text. A foreign key names another's: what is below may be referred to, and the database checks the order. */
function tablesIn(text: string, isSchema: boolean): readonly string[] {
  const read = isSchema ? text.replaceAll(/REFERENCES \w+/g, '') : text;
  return [...new Set(read.match(/(?<!")\b[a-z_]+\b(?!")/g) ?? [])].filter((word) => owners.has(word));
}

/** Tables of other folders that a folder's file names, as sentences. */
const trespasses = ({ file, folder, literals }: (typeof files)[number]): readonly string[] =>
  literals
    .filter(isSql)
    .flatMap((text) => tablesIn(text, file.endsWith('migrations.ts')))
    .filter((table) => owners.get(table) !== folder)
    .map((table) => `${file} names ${table}, which is ${owners.get(table)}/'s`);

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

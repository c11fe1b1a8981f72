import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A file of code by its folder, and every text in it; what is put into a template is left out. */
export type CodeTexts = { readonly file: string; readonly folder: string; readonly literals: readonly string[] };

export function textsOf(root: string, file: string, folder: string): CodeTexts {
  const literals: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, quasis } = node as { type?: string; value?: string; quasis?: readonly { raw: string }[] };
    if (type === 'StringLiteral') literals.push(String(value));
    if (type === 'TemplateLiteral') literals.push((quasis ?? []).map(({ raw }) => raw).join('…'));
    for (const child of Object.values(node)) walk(child);
  };
  walk(parseSync(readFileSync(join(root, file), 'utf8'), { syntax: 'typescript' }));
  return { file, folder, literals };
}

const isSql = (text: string): boolean =>
  /\b(SELECT|INSERT|UPDATE|DELETE|TRUNCATE|FROM|JOIN|WHERE|TABLE|INDEX)\b|^\s*(select|insert into|update|delete from) /.test(
    text,
  );

/** Which folder makes each table. */
export const ownersOf = (files: readonly CodeTexts[]): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap(({ folder, literals }) =>
      literals.flatMap((text) =>
        [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map(
          ([, table]) => [table as string, folder] as const,
        ),
      ),
    ),
  );

/**
 * Tables of other folders that a file's SQL names, as sentences. A foreign key in a schema names another's, and a new table may be
 * filled from one: what is below may be referred to, and the database checks the order.
 */
export function trespassesIn(
  { file, folder, literals }: CodeTexts,
  owners: ReadonlyMap<string, string>,
  isSchema = false,
): readonly string[] {
  return literals
    .filter(isSql)
    .flatMap((text) => {
      const read = isSchema ? text.replaceAll(/REFERENCES \w+|(?<!DELETE )FROM \w+/g, '') : text;
      return [...new Set(read.match(/(?<!")\b[a-z_]+\b(?!")/g) ?? [])].filter((word) => owners.has(word));
    })
    .filter((table) => owners.get(table) !== folder)
    .map((table) => `${file} names ${table}, which is ${owners.get(table)}/'s`);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AroundKiosk } from '../contract/words/exam.ts';

const root = resolve(import.meta.dirname, '..');
const textOf = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');

const NOT_OURS = new Set(['node_modules', 'dist', 'data', '.git']);
const tops = readdirSync(root, { withFileTypes: true }).filter(({ name }) => !NOT_OURS.has(name));
const everything = new Set(
  tops.flatMap((top) => {
    const inside = top.isDirectory() ? readdirSync(join(root, top.name), { recursive: true, encoding: 'utf8' }) : [];
    return [top.name, ...inside.map((name) => join(top.name, name))];
  }),
);

/** Names in code marks that are paths of this repository, whole (`station/run/eyes.ts`) or from a folder that was just named (`routes.ts`). */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)*\/?)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => /\/|\.(ts|tsx|cjs|md|rules)$/.test(name) && !NOT_OURS.has(name.split('/')[0] ?? ''));

function isThere(name: string): boolean {
  const path = name.replace(/\/$/, '');
  if (tops.some((top) => top.name === path.split('/')[0])) return everything.has(path);
  return [...everything].some((one) => one.endsWith(`/${path}`));
}

describe.each(['contributing.md', 'architecture.md'])('docs/%s', (name) => {
  it('names paths that are there', () => {
    const paths = pathsIn(textOf(name));
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it('leads to pages that are there', () => {
    const links = [...textOf(name).matchAll(/\]\(([\w-]+\.(?:md|svg))\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(join(root, 'docs', link)))).toEqual([]);
  });
});

it('docs/kiosk.md says of everything that is looked at around the kiosk what sees it', () => {
  const said = textOf('kiosk.md');
  expect(AroundKiosk.options.filter((reason) => !said.includes(`\`${reason}\``))).toEqual([]);
});

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The two of them say the same: whoever changes one is told where the other has stayed behind. */
const root = resolve(import.meta.dirname, '..');
const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((name) =>
  partsOf(readFileSync(join(root, name), 'utf8')),
);

type Parts = {
  readonly headings: readonly string[];
  /** Of each block what is typed; what stands behind it says why, in the language of the page. */
  readonly commands: readonly (readonly string[])[];
  /** By place: of each row of a table, and of each paragraph, what is the same in every language. */
  readonly rows: readonly (readonly string[])[];
  readonly paragraphs: readonly (readonly string[])[];
  readonly text: string;
};

function partsOf(text: string): Parts {
  const blocks = [...text.matchAll(/^```\n([\s\S]+?)^```$/gm)].map(([, block = '']) => block);
  const rest = text.replace(/^```\n[\s\S]+?^```$/gm, '');
  const lines = rest.split('\n');
  return {
    headings: lines.flatMap((line) => line.match(/^#+(?= )/) ?? []),
    commands: blocks.map((block) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, '')),
    ),
    rows: lines.filter((line) => line.startsWith('|')).map(sameIn),
    paragraphs: rest
      .split(/\n{2,}/)
      .filter((part) => part.trim() && !part.startsWith('|'))
      .map(sameIn),
    text: rest,
  };
}

/** Code, and where links and pictures lead. Words may stand in another order. */
function sameIn(text: string): readonly string[] {
  const found = [...text.matchAll(/`[^`]+`|!?\]\(([^)]+)\)/g)].map(([code, target]) => target ?? code);
  return found.filter((one) => !/^README/.test(one)).sort();
}

describe('README.zh-CN.md has what README.md has', () => {
  it.each(['headings', 'commands', 'rows', 'paragraphs'] as const)('%s', (part) => {
    expect(english?.[part].length).toBeGreaterThan(1);
    expect(chinese?.[part]).toEqual(english?.[part]);
  });

  it('in Chinese: no row and no paragraph is left as it was', () => {
    const left = chinese?.text
      .split('\n')
      .filter((line) => /[a-z]/.test(line) && !/^\[English\]/.test(line) && !/\p{Script=Han}/u.test(line));
    expect(left?.filter((line) => !/^\|[-|]+$/.test(line))).toEqual([]);
  });

  it('and each leads to the other, and to what is there', () => {
    expect([english?.text, chinese?.text].map((text) => text?.match(/\]\((README[^)]*)\)/)?.[1])).toEqual([
      'README.zh-CN.md',
      'README.md',
    ]);
    const targets = [...(english?.paragraphs ?? []), ...(english?.rows ?? [])]
      .flat()
      .filter((one) => /^(docs\/|LICENSE)/.test(one));
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});

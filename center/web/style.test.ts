import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STYLE } from './style.ts';

const tokens = readFileSync(new URL('../../renderer/design/tokens.css', import.meta.url), 'utf8');
const rules = STYLE.slice(tokens.length);

describe('the style of the center’s pages', () => {
  it('begins with what everything is made of, as the station’s page has it', () => {
    expect(STYLE.startsWith(tokens)).toBe(true);
  });

  it('uses no name that the tokens do not define, and no colour of its own but on paper', () => {
    const defined = new Set([...tokens.matchAll(/^\s*(--[\w-]+):/gm)].map(([, name]) => name));
    const used = [...new Set([...rules.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))];
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
    const [screen = '', ...paper] = rules.split('@media print');
    expect(paper).toHaveLength(1);
    expect(screen).not.toMatch(/#[0-9a-f]{3,6}\b|rgb|hsl/i);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Contrast of what letters are written in, by WCAG 2: 7:1 is AAA; 3:1 is what an edge of a control needs. */
const sheet = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [usual = '', ...others] = sheet.split('@media');
const more = others.find((part) => part.includes('prefers-contrast: more')) ?? '';

type Scheme = 'light' | 'dark';
const read = (css: string, scheme: Scheme): ReadonlyMap<string, string> =>
  new Map(
    [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
      ([, name = '', light = '', dark = '']) => [name, scheme === 'light' ? light : dark],
    ),
  );

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const LETTERS: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['ground', 'paper', 'sunk', 'brand-soft', 'good-soft', 'warn-soft', 'bad-soft', 'info-soft']],
  ['ink-soft', ['ground', 'paper', 'sunk']],
  ['brand-strong', ['ground', 'paper', 'brand-soft']],
  ['on-brand', ['brand']],
  ['good', ['paper', 'good-soft']],
  ['warn', ['paper', 'warn-soft']],
  ['bad', ['paper', 'bad-soft']],
  ['info', ['info-soft']],
  ['on-night', ['night']],
];
const EDGES: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['ground', 'paper']],
  ['brand', ['ground', 'paper']],
  ['focus', ['ground', 'paper']],
];

describe.each(['light', 'dark'] as const)('the colours, %s', (scheme) => {
  it.each([
    ['as usual', read(usual, scheme)],
    ['with more contrast', new Map([...read(usual, scheme), ...read(more, scheme)])],
  ])('letters and edges stand out %s', (_, colours) => {
    const of = (name: string): string => colours.get(name) ?? '';
    const faint = (pairs: typeof LETTERS, least: number): readonly string[] =>
      pairs.flatMap(([front, grounds]) =>
        grounds
          .map((ground) => ({ pair: `${front} on ${ground}`, is: contrast(of(front), of(ground)) }))
          .filter(({ is }) => !(is >= least))
          .map(({ pair, is }) => `${pair}: ${is.toFixed(2)}`),
      );
    expect([...faint(LETTERS, 7), ...faint(EDGES, 3)]).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawLifeCycle, type Edge, LIFE_CYCLE } from './life-cycle.ts';
import { STAGES } from './sitting.ts';

const edges: readonly Edge[] = Object.values(LIFE_CYCLE).flat();

describe('the life cycle', () => {
  it('leads from the first stage to every other, and from every stage to an end', () => {
    const reach = (from: string, step: (stage: string) => readonly string[]): ReadonlySet<string> => {
      const seen = new Set([from]);
      for (const stage of seen) for (const next of step(stage)) seen.add(next);
      return seen;
    };
    const onward = (stage: string) => edges.flatMap(({ from, to }) => (from.some((one) => one === stage) ? to : []));
    expect(reach('consenting', onward)).toEqual(new Set(STAGES));
    for (const stage of STAGES) expect(['recorded', 'closed'].some((end) => reach(stage, onward).has(end))).toBe(true);
  });

  it('lets nobody but a proctor out of a lock, and no camera end an exam', () => {
    const outOfLock = edges.filter(({ from, to }) => from.includes('locked') && to.includes('in-progress'));
    expect(outOfLock.map(({ by }) => by)).toEqual([['proctor']]);
    for (const { to, by } of edges.filter((edge) => edge.to.includes('submitted') || edge.to.includes('closed')))
      expect([to, by.includes('camera')]).toEqual([to, false]);
  });

  it('is drawn in the docs as it is (npm run -s draw)', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../../docs/sittings.md'), 'utf8');
    expect(page).toContain(`\`\`\`mermaid\n${drawLifeCycle()}\`\`\``);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notAsSaid } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { withTables } from './trust-table.ts';

it('each has a name of its own', () => {
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

it('docs/trust.md is drawn from the list', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/trust.md'), 'utf8');
  expect(page).toBe(withTables(page, ATTACKS));
});

it('the list has those of every file', () => {
  const list = readFileSync(resolve(import.meta.dirname, 'attacks.ts'), 'utf8');
  const files = readdirSync(import.meta.dirname).filter((name) => /^on-[a-z-]+\.ts$/.test(name));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((name) => !list.includes(`'./${name}'`))).toEqual([]);
});

describe('a replay is not as it is said to be', () => {
  const claim = { outcome: 'detected', told: ['marks-other'] } as const;
  it.each([
    [{ outcome: 'detected', said: 'marks-other' }, []],
    [{ outcome: 'open', said: 'marks-other' }, ['open, and docs/trust.md says detected']],
    [{ outcome: 'detected', said: 'paper-other' }, ['no word of marks-other', 'also paper-other']],
    [{ outcome: 'detected', said: 'marks-other, time-early' }, ['also time-early']],
    [{ outcome: 'detected', said: 'marks-others' }, ['no word of marks-other']],
  ] as const)('%j: %j', (seen, differs) => {
    expect(notAsSaid(claim, seen)).toEqual(differs);
  });

  it('unless it is open, of which nothing is said', () => {
    expect(notAsSaid({ outcome: 'open' }, { outcome: 'open', said: 'counts, though marks-other' })).toEqual([]);
  });
});

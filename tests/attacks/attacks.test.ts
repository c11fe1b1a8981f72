import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notAsSaid } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { withTables } from './trust-table.ts';

describe('replayed', () => {
  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
    '%s comes to what is said of it',
    async (_, attack) => {
      const seen = await attack.replay();
      expect([seen.said, notAsSaid(attack, seen)]).toEqual([seen.said, []]);
    },
  );
});

it('each has a name of its own', () => {
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

it('docs/trust.md is drawn from the list', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/trust.md'), 'utf8');
  expect(page).toBe(withTables(page, ATTACKS));
});

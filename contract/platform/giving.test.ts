import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GIVES, HELD_AT, mayGive, mayLend, type RoleAt, type RolePlace } from './giving.ts';
import { BELOW, type OrganisationKind } from './organisations.ts';
import { isWithin, ROLES, type Role, TreePath } from './roles.ts';

type Place = RolePlace & { readonly id: string };

/** Any tree that the table of kinds lets grow. */
const aTree = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 3, maxLength: 14 }).map((steps): readonly Place[] => {
  const places: Place[] = [{ id: 'og_platform', kind: 'platform', path: TreePath.parse('og_platform/') }];
  for (const [at, which] of steps) {
    const parents = places.filter(({ kind }) => BELOW[kind].length > 0);
    const above = parents[at % parents.length] as Place;
    const kind = BELOW[above.kind][which % BELOW[above.kind].length] as OrganisationKind;
    const id = `og_${places.length}`;
    places.push({ id, kind, path: TreePath.parse(`${above.path}${id}/`) });
  }
  return places;
});

/** Everything that whoever begins with one role comes to hold, alone or through whoever they invite, until nothing more comes. */
function everything(start: RoleAt, places: readonly Place[]): readonly RoleAt[] {
  const held: RoleAt[] = [start];
  const has = (role: Role, path: string) => held.some((one) => one.role === role && one.path === path);
  for (let grew = true; grew; ) {
    grew = false;
    // A token is held as a role is, though it gives nothing.
    for (const place of places)
      for (const role of ROLES)
        if (!has(role, place.path) && (mayGive(held, role, place) || mayLend(held, role, place))) {
          held.push({ role, path: place.path });
          grew = true;
        }
  }
  return held;
}

const starts = (places: readonly Place[]) =>
  places.flatMap(({ kind, path }) =>
    ROLES.filter((role) => HELD_AT[role].includes(kind)).map((role) => ({ role, path })),
  );

test('nobody comes by more than they could have given at once, whoever they invite, and never beyond their own reach', () => {
  fc.assert(
    fc.property(aTree, (places) => {
      for (const start of starts(places))
        for (const { role, path } of everything(start, places)) {
          if (role === start.role && path === start.path) continue;
          const place = places.find((one) => one.path === path) as Place;
          expect(isWithin(path, start.path)).toBe(true);
          expect(mayGive([start], role, place) || mayLend([start], role, place)).toBe(true);
          if (role === 'platform') expect(start.role).toBe('platform');
          if (role === 'inspector') expect(['platform', 'inspector']).toContain(start.role);
          if (role === 'bureau' && path === start.path) expect(start.role).toBe('bureau');
        }
    }),
    { numRuns: 60 },
  );
});

test('a role is given at its own kind of place, and by nobody beside or below', () => {
  fc.assert(
    fc.property(aTree, (places) => {
      for (const start of starts(places))
        for (const place of places)
          for (const role of ROLES) {
            const isGiven = mayGive([start], role, place);
            if (!HELD_AT[role].includes(place.kind) || !isWithin(place.path, start.path)) expect(isGiven).toBe(false);
          }
    }),
    { numRuns: 60 },
  );
});

test('whoever runs the platform gives every role somewhere, and whoever only looks gives none', () => {
  const { at, below } = GIVES.platform;
  expect(ROLES.filter((role) => !at.includes(role) && !below.includes(role))).toEqual([]);
  for (const role of ['proctor', 'inspector', 'auditor'] as const) expect(GIVES[role]).toEqual({ at: [], below: [] });
  const county = { kind: 'county', path: TreePath.parse('og_platform/og_a/') } as const;
  expect(mayGive([{ role: 'bureau', path: county.path }], 'bureau', county)).toBe(false);
  expect(mayLend([{ role: 'bureau', path: county.path }], 'bureau', county)).toBe(true);
});

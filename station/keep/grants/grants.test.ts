import { expect, it } from 'vitest';
import { GrantId, Instant } from '../../../contract/words/ids.ts';
import { GUEST, newSigner, openTinyCenter } from '../../../proof/proof.fixture.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openGrants } from './index.ts';

const at = (time: string): Instant => Instant.parse(`2026-03-04T${time}:00.000Z`);

function open() {
  const [database, center, station] = [openDatabase(':memory:'), openTinyCenter(), newSigner()];
  const enrolment = center.enrol(station.publicKey);
  return { center, station, database, grants: openGrants(database, () => enrolment) };
}
const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

it('a grant runs from its first moment to its last, and the one that ends first comes first', () => {
  const { center, grants } = open();
  grants.replace([center.grant({ id: 'gr_long', until: at('08:00') }), center.grant({ id: 'gr_short' })]);
  expect(ids(grants.running(at('04:59')))).toEqual([]);
  expect(ids(grants.running(at('05:00')))).toEqual(['gr_short', 'gr_long']);
  expect(ids(grants.running(at('06:00')))).toEqual(['gr_long']);
  expect(ids(grants.running(at('08:00')))).toEqual([]);
  expect([grants.isOpen(GUEST, at('04:00')), grants.isOpen(GUEST, at('08:00'))]).toEqual([true, false]);
});

it('one that the center names no more is over, and is kept for the proofs of what was sat under it', () => {
  const { center, grants } = open();
  const jws = center.grant();
  grants.replace([jws]);
  grants.replace([]);
  expect(grants.running(at('05:30'))).toEqual([]);
  expect(grants.isOpen(GUEST, at('05:30'))).toBe(false);
  expect(grants.jwsOf(GrantId.parse('gr_1'))).toBe(jws);
  expect(grants.tenants()).toEqual([GUEST]);
  grants.replace([jws]);
  expect(ids(grants.running(at('05:30')))).toEqual(['gr_1']);
});

it('one that the center did not sign, or that is for another station, is none', () => {
  const { center, grants } = open();
  grants.replace([openTinyCenter().grant(), center.grant({ stationId: 'st_other' }), 'a.b.c']);
  expect(grants.running(at('05:30'))).toEqual([]);
  expect(grants.tenants()).toEqual([]);
});

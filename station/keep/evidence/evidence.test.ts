import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Instant, instant, SittingId, TenantId } from '../../../contract/words/ids.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openLedger } from '../../core/ledger/index.ts';
import { SittingEvent } from '../../core/sitting/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { manualClock } from '../../station.fixture.ts';
import { erase, eraseExpired, openEvidenceStore } from './index.ts';

const [MINE, THEIRS] = ['tn_mine', 'tn_theirs'].map((id) => TenantId.parse(id)) as [TenantId, TenantId];
const [ONE, TWO] = ['si_1', 'si_2'].map((id) => SittingId.parse(id)) as [SittingId, SittingId];
const at = (day: number): Instant => instant(new Date(Date.UTC(2026, 0, day)));
const jpeg = (text: string) => Buffer.from(`\xff\xd8${text.repeat(100)}`, 'latin1');

function open(most?: number) {
  const path = join(temporaryFolder(), 'evidence.db');
  const database = openDatabase(path);
  const vault = openVault(new Uint8Array(32).fill(5));
  const ledger = openLedger(openDatabase(':memory:'), manualClock(), SittingEvent.parse);
  const store = openEvidenceStore(database, vault, most);
  const put = (sitting: SittingId, text: string, day: number, tenantId = MINE) =>
    store.put({ tenantId, sitting, jpeg: jpeg(text), until: at(day) });
  return { database, vault, ledger, store, put };
}

describe('pictures at rest', () => {
  it('come back as they were, to their tenant alone', () => {
    const { store, put } = open();
    const hash = put(ONE, 'a', 10);
    expect(hash && store.get(MINE, ONE, hash)).toEqual(jpeg('a'));
    expect(hash && store.get(THEIRS, ONE, hash)).toBeUndefined();
  });

  it('cannot be read from the file', () => {
    const { database, put } = open();
    put(ONE, 'secret face ', 10);
    expect(database.serialize().includes('secret face')).toBe(false);
  });

  it('stay within their space, which grows again as they go', () => {
    const { store, put } = open(350);
    const first = put(ONE, 'a', 10);
    expect([put(ONE, 'b', 10) !== undefined, put(ONE, 'c', 10) !== undefined, put(ONE, 'd', 10)]).toEqual([
      ...[true, true, undefined],
    ]);
    if (first) store.erase(ONE, [first]);
    expect(put(ONE, 'd', 10)).toBeDefined();
    expect(store.usage).toMatchObject({ most: 350 });
  });

  it('that look alike belong each to its sitting: one is erased, the other stays', () => {
    const { store, put } = open();
    const [mine, theirs] = [put(ONE, 'black', 10), put(TWO, 'black', 20, THEIRS)];
    expect(mine).toBe(theirs);
    if (mine) store.erase(ONE, [mine]);
    expect([mine && store.get(MINE, ONE, mine), mine && store.get(THEIRS, TWO, mine)]).toEqual([
      undefined,
      jpeg('black'),
    ]);
  });

  it('of the same moment are kept once', () => {
    const { store, put } = open();
    expect(put(ONE, 'a', 10)).toBe(put(ONE, 'a', 10));
    expect(store.usage.bytes).toBe(jpeg('a').length);
  });
});

describe('pictures whose time is over', () => {
  it('are gone, the others stay, and the ledger says which', () => {
    const { store, ledger, put, database } = open();
    const [old, young, other] = [put(ONE, 'a', 10), put(ONE, 'b', 20), put(TWO, 'c', 9)];
    expect(eraseExpired(store, ledger, at(10))).toBe(2);
    expect([old, young, other].map((hash) => hash && store.get(MINE, hash === other ? TWO : ONE, hash))).toEqual([
      ...[undefined, jpeg('b'), undefined],
    ]);
    expect(ledger.ofSitting(ONE).map(({ event }) => event)).toEqual([
      { type: 'erased', pictures: [old], why: 'expired' },
    ]);
    expect(ledger.ofSitting(TWO)).toHaveLength(1);
    expect(database.serialize().includes(String(old))).toBe(false);
    expect(eraseExpired(store, ledger, at(10))).toBe(0);
  });

  it('are none of a sitting of which somebody asked for all to be erased', () => {
    const { store, ledger, put } = open();
    for (const text of ['a', 'b']) put(ONE, text, 99);
    expect(erase(store, ledger, [{ sitting: ONE, pictures: store.ofSitting(ONE) }], 'asked')).toBe(2);
    expect(store.ofSitting(ONE)).toEqual([]);
    expect(ledger.ofSitting(ONE)).toMatchObject([{ event: { why: 'asked' } }]);
  });
});

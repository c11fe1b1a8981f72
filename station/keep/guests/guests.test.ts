import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BANK, ILLUSTRATED, MOCK, PICTURE } from '../../../authoring/bank.fixture.ts';
import { CandidateId, SittingId, TenantId } from '../../../contract/words/ids.ts';
import { sha256 } from '../../../proof/index.ts';
import { GUEST } from '../../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { assignmentOf, EMBEDDER, LI, manualClock, WANG, WANGS_PHOTO } from '../../station.fixture.ts';
import { openBankStore } from '../banks/index.ts';
import { openMistakeBook } from '../mistakes/index.ts';
import { openPasses } from '../passes/index.ts';
import { openRoster } from '../roster/index.ts';
import { openTenantKeys } from '../tenant-keys/index.ts';
import { eraseGuest } from './index.ts';

const wang = CandidateId.parse(WANG.id);
const THIRD = TenantId.parse('tn_third');
const TEMPLATE = { model: EMBEDDER, vectors: [new Float32Array(256).fill(0.25)] };

/** A data folder with something of its owner, and of two guests. */
function open(path = join(temporaryFolder(), 'station.db'), key: Uint8Array = randomBytes(32)) {
  const [database, vault] = [openDatabase(path), openVault(key)];
  const keys = openTenantKeys(database, vault);
  const roster = openRoster(database, vault, keys);
  const mistakes = openMistakeBook(database, vault, manualClock(), keys);
  const banks = openBankStore(database, vault);
  const passes = openPasses(database, manualClock());
  return { path, key, database, roster, mistakes, banks, passes };
}

function fill({ roster, mistakes, banks, passes }: ReturnType<typeof open>): void {
  banks.putPicture(sha256(PICTURE), PICTURE);
  for (const bank of [BANK, ILLUSTRATED]) banks.put(bank);
  roster.apply(assignmentOf());
  banks.usedBy(undefined, [BANK.id]);
  banks.usedBy(GUEST, [BANK.id, ILLUSTRATED.id]);
  for (const guest of [GUEST, THIRD]) {
    roster.of(guest).apply(assignmentOf({ tenant: { id: guest, name: guest } }));
    roster.of(guest).saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    const item = BANK.items[0]?.id as never;
    mistakes.of(guest).note(wang, [{ itemId: item, given: { chosen: [] }, right: false }], SittingId.parse('si_1'));
    passes.issue(wang, MOCK.id, 1, guest);
  }
}

const filesOf = (path: string): Buffer =>
  Buffer.concat(
    ['', '-wal']
      .map((end) => `${path}${end}`)
      .filter(existsSync)
      .map((file) => readFileSync(file)),
  );

/** All that is sealed for a firm, as it lies on the disk, and the key that seals it. */
function sealedOf({ database }: ReturnType<typeof open>, guest: TenantId): readonly Buffer[] {
  const tables = ['candidates', 'templates', 'assignments', 'mistakes', 'tenant_keys'];
  return tables.flatMap((table) =>
    database
      .prepare<[string], { sealed: Buffer }>(`SELECT sealed FROM ${table} WHERE tenant = ?`)
      .all(guest)
      .map(({ sealed }) => sealed),
  );
}

it('of an erased firm no sealed byte is left in the file, and its numbers and names were never there plain', () => {
  const station = open();
  fill(station);
  const sealed = sealedOf(station, GUEST);
  expect(sealed.length).toBeGreaterThanOrEqual(6);
  const piecesIn = (bytes: Buffer) => sealed.filter((one) => bytes.includes(one.subarray(0, 24))).length;
  expect(piecesIn(filesOf(station.path))).toBe(sealed.length);
  eraseGuest(station.database, temporaryFolder(), GUEST);
  station.database.close();
  const after = filesOf(station.path);
  expect(piecesIn(after)).toBe(0);
  for (const text of [WANG.number, WANG.name, LI.number, LI.name])
    for (const form of [Buffer.from(text), Buffer.from(text, 'utf16le')]) expect(after.includes(form)).toBe(false);
});

it('what is of others stays: of whose station it is, and of another guest', () => {
  const station = open();
  fill(station);
  eraseGuest(station.database, temporaryFolder(), GUEST);
  station.database.close();
  const { roster, mistakes, passes, banks } = open(station.path, station.key);
  expect(roster.guests()).toEqual([THIRD]);
  expect(roster.findByNumber(WANG.number)).toMatchObject({ name: WANG.name });
  expect(roster.of(GUEST).findByNumber(WANG.number)).toBeUndefined();
  expect(roster.of(THIRD).findByNumber(WANG.number)).toMatchObject({ name: WANG.name });
  expect(roster.of(THIRD).template(wang, EMBEDDER)).toEqual(TEMPLATE);
  expect([GUEST, THIRD].map((guest) => mistakes.of(guest).items(wang).length)).toEqual([0, 1]);
  expect([GUEST, THIRD].map((guest) => passes.validUntil(wang, MOCK.id, guest) !== undefined)).toEqual([false, true]);
  expect([BANK, ILLUSTRATED].map(({ id }) => banks.has(id))).toEqual([true, false]);
  expect(banks.hasPicture(sha256(PICTURE))).toBe(false);
});

it('with its key erased, a copy of the rows that somebody kept opens for nobody', () => {
  const station = open();
  fill(station);
  station.database.pragma('wal_checkpoint(TRUNCATE)');
  const copy = join(temporaryFolder(), 'copy.db');
  copyFileSync(station.path, copy);
  const kept = open(copy, station.key);
  // As it is with the rows but not the key: what was copied, and what the station has by then.
  kept.database.exec(`DELETE FROM tenant_keys WHERE tenant = '${GUEST}'`);
  kept.database.close();
  const again = open(copy, station.key);
  expect(() => again.roster.of(GUEST)).toThrow();
  expect(again.roster.of(THIRD).find(wang)).toMatchObject({ name: WANG.name });
});

it('a number tells nothing across firms: its fingerprint is another at each', () => {
  const { database, roster } = open();
  for (const guest of [GUEST, THIRD]) roster.of(guest).apply(assignmentOf({ tenant: { id: guest, name: guest } }));
  const prints = database.prepare('SELECT number_fingerprint AS print FROM candidates').all() as { print: string }[];
  expect(new Set(prints.map(({ print }) => print)).size).toBe(4);
});

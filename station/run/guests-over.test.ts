import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK, EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { FILM, LEARNING, PAPER } from '../../authoring/course.fixture.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { GUEST, STATION } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';
import {
  type Bench,
  begins,
  GRANT,
  GUEST_PIN,
  giveTo,
  handsIn,
  leaves,
  noticeOf,
  openRented,
  stationParts,
  tellOfGuest,
  waitsForUnlock,
  within,
} from './guests.fixture.ts';
import { forgetGuests, heardUnder } from './guests.ts';
import { LESSON, putMedia } from './learning.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('when a grant is over', () => {
  it('nobody begins under it, also not who sat down before; who has begun goes on to the end', async () => {
    const bench = openRented();
    await waitsForUnlock(bench);
    giveTo(bench, { until: within(-1) });
    expect(await refusalOf(bench.act({ kind: 'unlock' }, GUEST_PIN))).toBe('grant-missing');
    giveTo(bench);
    await bench.act({ kind: 'unlock' }, GUEST_PIN);
    await bench.reaches('in-progress');
    // Ended by its owner, and told by the center.
    bench.station.grants.replace([]);
    await bench.pass(1_000);
    await bench.act({ kind: 'extend', minutes: 5, note: '读题慢' }, GUEST_PIN);
    expect(heardUnder(stationParts(bench)).map(({ id }) => id)).toEqual([GRANT]);
    await handsIn(bench);
    await leaves(bench);
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    expect(noticeOf(bench)).toBe('not-on-roster');
    expect(heardUnder(stationParts(bench))).toEqual([]);
  });

  it('the firm is erased once nobody sits and the center has its results, and not before', async () => {
    const bench = openRented();
    const { roster, outbox, identity, banks, database } = bench.station;
    await begins(bench);
    await bench.pass(50);
    const there = ['assignments', 'beginnings', 'candidates', 'items', 'templates', 'tenant_keys'];
    expect(tablesWith(database, ITS_IDS)).toEqual(expect.arrayContaining(there));
    bench.station.grants.replace([]);
    const isKept = () => {
      forgetGuests(stationParts(bench));
      return roster.guests().includes(GUEST);
    };
    expect(isKept()).toBe(true);
    await handsIn(bench);
    await leaves(bench);
    expect(isKept()).toBe(true);
    await outbox.seal(STATION, identity.signer);
    const [batch] = outbox.waiting();
    if (!batch) throw new Error('no batch waits');
    expect(isKept()).toBe(true);
    outbox.settle(batch, await bench.center.receive(batch));
    expect(isKept()).toBe(false);
    expect(roster.of(GUEST).findByNumber(WANG.number)).toBeUndefined();
    expect(roster.of(GUEST).assignment).toBeUndefined();
    expect(roster.everyProctor().map(({ name }) => name)).toEqual(['赵监考']);
    expect(banks.has(BANK.id)).toBe(false);
    expect(tablesWith(database, ITS_IDS)).toEqual(STAYS);
  });

  it('what whose station it is uses as well stays', async () => {
    const bench = openRented({ assignment: assignmentOf() });
    bench.station.banks.usedBy(undefined, [BANK.id]);
    bench.station.grants.replace([]);
    forgetGuests(stationParts(bench));
    expect(bench.station.roster.guests()).toEqual([]);
    expect(bench.station.banks.get(BANK.id).items.length).toBeGreaterThan(0);
    expect(bench.station.roster.findByNumber(WANG.number)).toMatchObject({ name: WANG.name });
  });

  it('how far its people came with a course goes, and a film that no other firm shows', async () => {
    const film = LEARNING.course?.lessons[0];
    const other = { ...LEARNING, course: { id: 'co_own', lessons: [{ ...film, id: 'le_own' }] } };
    const bench = openRented({ assignment: assignmentOf({ exams: [EXAM, MOCK, other] }) });
    tellOfGuest(bench, { exams: [EXAM, LEARNING] });
    await putMedia(bench);
    const { media, studies, grants, database } = bench.station;
    const came = { lessons: [{ lessonId: LESSON, seconds: 9, complete: false }], answers: [] };
    studies.book(GUEST).note(CandidateId.parse(WANG.id), LEARNING.id, came);
    grants.replace([]);
    forgetGuests(stationParts(bench));
    expect([FILM, PAPER].map((bytes) => media.has(sha256(bytes)))).toEqual([true, false]);
    expect(rowsOf(database, 'studies')).toBe(0);
  });

  it('what came of a round that was under way when the firm was erased goes as well', () => {
    const bench = openRented();
    const { roster, banks, keys } = bench.station;
    bench.station.grants.replace([]);
    forgetGuests(stationParts(bench));
    keys.vaultOf(GUEST);
    banks.put(BANK);
    banks.usedBy(GUEST, [BANK.id]);
    forgetGuests(stationParts(bench));
    expect([roster.guests(), banks.guests(), keys.tenants(), banks.has(BANK.id)]).toEqual([[], [], [], false]);
  });

  it('and given again, the firm is there again with another key', async () => {
    const bench = openRented();
    bench.station.grants.replace([]);
    forgetGuests(stationParts(bench));
    giveTo(bench, { id: 'gr_2' });
    tellOfGuest(bench);
    bench.station.banks.put(BANK);
    await begins(bench);
    expect(bench.sitting).toMatchObject({ tenantId: GUEST, grant: 'gr_2' });
  });
});

/** Rows that are not of whose station it is. */
const rowsOf = (database: Bench['station']['database'], table: string): number =>
  (database.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant <> ''`).get() as { n: number }).n;

/** What a row of a firm is known by: itself, its one candidate, its bank. */
const ITS_IDS = [GUEST, WANG.id, BANK.id];
/** What is signed stays: none of it has a name or a number. */
const STAYS = ['grants', 'ledger', 'records'];

/** Each table in which any of these words stands, in whatever column. */
function tablesWith(database: Bench['station']['database'], words: readonly string[]): readonly string[] {
  const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return tables
    .map(({ name }) => name)
    .filter((name) => {
      const rows = database.prepare(`SELECT * FROM "${name}"`).all() as readonly Readonly<Record<string, unknown>>[];
      return rows.some((row) => Object.values(row).some((value) => words.some((word) => String(value).includes(word))));
    })
    .toSorted();
}

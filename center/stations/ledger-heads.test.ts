import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExamRecord } from '../../contract/records/index.ts';
import { paths, type StationReportReply } from '../../contract/station-center/center-api.ts';
import { instant } from '../../contract/words/ids.ts';
import { sha256, verifyTime } from '../../proof/index.ts';
import {
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { findingsOfRecords, findingsOfStations } from './findings.ts';
import { seenHeads } from './index.ts';

let open: TestCenter;
let now = Date.now();
beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(now) });
});
afterAll(() => open.close());

const SYSTEM = { kind: 'system' } as const;
const station = async () => enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
const head = (line: number, of = 'the ledger') => ({ sequence: line, head: sha256(`${of} ${line}`) });

/** The station says how it is, a minute after it said so last. */
async function report(from: TestStation, line: number, { of = 'the ledger', asked = [] as readonly number[] } = {}) {
  now += 60_000;
  const at = instant(new Date(now));
  const ledger = { ...head(line, of), asked: asked.map((one) => head(one, of)) };
  const reply = await from.call(
    'POST',
    paths.readiness,
    { status: 'READY', at, checks: [], ledger },
    { statement: { at } },
  );
  return reply.json<StationReportReply>().lines ?? [];
}
const send = async (from: TestStation, records: readonly ExamRecord[]) => {
  const statement = { at: instant(new Date(now)) };
  return (await from.call('POST', paths.batches, await batchOf(from, records), { statement })).statusCode;
};
const against = async ({ stationId, tenantId }: TestStation) =>
  (await findingsOfStations(SYSTEM, open.center.db, tenantId))
    .get(stationId)
    ?.map(({ reason, detail }) => `${reason}: ${detail}`);

test('a ledger that only grows has nothing against it, and is asked for lines that were seen', async () => {
  const ours = await station();
  expect(await report(ours, 10)).toEqual([10]);
  expect(await report(ours, 10)).toEqual([10]);
  const asked = await report(ours, 25);
  expect(asked.toSorted()).toEqual([10, 25]);
  await report(ours, 40, { asked });
  expect(await against(ours)).toBeUndefined();
  const seen = await seenHeads(SYSTEM, open.center.db, ours.tenantId);
  expect(seen.filter(({ stationId }) => stationId === ours.stationId).map(({ sequence }) => sequence)).toEqual([
    10, 25, 40,
  ]);
});

test('a ledger that was written anew up to the same line is found at once, a longer one when it is asked', async () => {
  const ours = await station();
  await report(ours, 30);
  await report(ours, 30, { of: 'another' });
  expect((await against(ours))?.[0]).toMatch(/^ledger-rewritten: line 30 is [0-9a-f]{16}, and was [0-9a-f]{16} on 20/);
  const longer = await station();
  await report(longer, 30);
  const asked = await report(longer, 35, { of: 'another' });
  expect(await against(longer)).toBeUndefined();
  await report(longer, 35, { of: 'another', asked });
  expect((await against(longer))?.[0]).toMatch(/^ledger-rewritten: line 30 is/);
});

test('a ledger that is shorter than it was is found; what was signed before and came late is not', async () => {
  const ours = await station();
  await report(ours, 30);
  const at = instant(new Date(now - 1_000));
  const late = { status: 'READY', at, checks: [], ledger: head(20) };
  await ours.call('POST', paths.readiness, late, { statement: { at } });
  expect(await against(ours)).toBeUndefined();
  await report(ours, 12);
  expect(await against(ours)).toEqual(['ledger-rewritten: it has 12 lines, and had 30']);
});

test('a record that names another line than was seen is spoken against, and so is its station', async () => {
  const ours = await station();
  await report(ours, 12);
  const record = recordOf(ours, { ledger: head(12, 'another'), submittedAt: instant(new Date(now)) });
  expect(await send(ours, [record])).toBe(200);
  const found = await findingsOfRecords(SYSTEM, open.center.db, ours.tenantId, [record.sittingId]);
  expect(found.get(record.sittingId)?.map(({ reason }) => reason)).toEqual(['ledger-rewritten']);
  expect(await against(ours)).toHaveLength(1);
});

test('a record that began before its line was written, or came long after, is spoken against', async () => {
  const ours = await station();
  await report(ours, 12);
  const at = (hours: number) => instant(new Date(now + hours * 3_600_000));
  const time = { lower: null, token: null, jumps: [], boots: 0, began: 20 };
  const dated = (hours: number) =>
    recordOf(ours, {
      format: 'exam-station/record@9',
      ledger: head(30),
      startedAt: at(hours),
      submittedAt: at(hours),
      time,
    } as never);
  const [back, right] = [dated(-48), dated(0)];
  expect(await send(ours, [back, right])).toBe(200);
  const found = await findingsOfRecords(SYSTEM, open.center.db, ours.tenantId, [back.sittingId, right.sittingId]);
  expect(found.get(back.sittingId)?.map(({ reason }) => reason)).toEqual(['record-late', 'time-contradicted']);
  expect(found.get(right.sittingId)).toBeUndefined();
});

test('the time is signed for the question and the station that asked', async () => {
  const ours = await station();
  const nonce = sha256('a sitting');
  const at = instant(new Date(now));
  const { token } = (await ours.call('POST', paths.time, { nonce }, { statement: { at } })).json<{ token: string }>();
  const { stationId, centerKey } = ours;
  expect(verifyTime(token, { nonce, stationId }, centerKey)).toBe(at);
  expect(verifyTime(token, { nonce: sha256('another'), stationId }, centerKey)).toBeUndefined();
  expect(verifyTime(token, { nonce, stationId: 'st_other' as never }, centerKey)).toBeUndefined();
});

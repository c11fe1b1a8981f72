import { readTotals } from '../../center/results/index.ts';
import {
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  type Sat,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../../center/testing/index.ts';
import type { Disputes } from '../../contract/people-center/disputes.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { Receipt } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { FindingCode } from '../../contract/words/findings.ts';
import type { SittingId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import type { Seen } from './attack.ts';

/** A center with its demonstration exam, and stations of it whose keys the attacker has. */
export type Room = {
  readonly center: TestCenter;
  readonly formal: Exam;
  readonly course: Exam;
  readonly bank: Bank;
  station(name: string): Promise<TestStation>;
  /** A record as a station writes it, but for what is said otherwise. */
  record(station: TestStation, nth: number, sat?: Partial<Sat>): ExamRecord;
  /** Sends them as the first batch of a station. @returns the status */
  send(station: TestStation, ...records: readonly ExamRecord[]): Promise<number>;
  disputes(): Promise<Disputes>;
  passed(): Promise<number>;
};

export async function inRoom(replay: (room: Room) => Promise<Seen>): Promise<Seen> {
  const center = await openTestCenter();
  try {
    return await replay(await openRoom(center));
  } finally {
    await center.close();
  }
}

async function openRoom(center: TestCenter): Promise<Room> {
  const { app, secrets } = center;
  const bearer = { authorization: `Bearer ${secrets.operatorToken}` };
  const station = async (name: string) => enrolStation(app, await newCode(app, secrets.operatorToken), name);
  const clerk = await station('资料');
  const { exams, tenant } = await clerk.assignment();
  const [formal, course] = ['ex_demo', 'ex_learn-first-day'].map((id) => exams.find((exam) => exam.id === id));
  if (!formal || !course) throw new Error('the demonstration has no exam or no course');
  const bank = (await clerk.call('GET', paths.bank(formal.bankId))).json<Bank>();
  return {
    ...{ center, formal, course, bank, station },
    record: (from, nth, sat = {}) =>
      soundRecordOf(from, { exam: formal, bank, nth, at: new Date(Date.now() + nth * 1000), ...sat }),
    async send(from, ...records) {
      const reply = await from.call('POST', paths.batches, await batchOf(from, records));
      if (reply.statusCode === 200) Receipt.parse(reply.json());
      return reply.statusCode;
    },
    disputes: async () => (await app.inject({ url: operatorPaths.disputes, headers: bearer })).json<Disputes>(),
    passed: async () => {
      const operator = { kind: 'operator', tenantId: tenant.id } as const;
      return (await readTotals(operator, center.center.db, tenant.id)).passed;
    },
  };
}

/** What was found in the record of a sitting; nothing where it is as good as any. */
const codesOf = async ({ disputes }: Room, id: SittingId): Promise<readonly FindingCode[]> =>
  (await disputes()).records.find(({ sittingId }) => sittingId === id)?.findings.map(({ code }) => code) ?? [];

/**
 * Hands in a record that passes and is not right. It is logged like any other; what is asked is whether the operator sees it,
 * and whether it counts.
 */
export const handsIn = (lie: (room: Room, station: TestStation) => Promise<ExamRecord> | ExamRecord): Promise<Seen> =>
  inRoom(async (room) => {
    const station = await room.station('一号考站');
    const record = await lie(room, station);
    const status = await room.send(station, record);
    if (status !== 200) return { outcome: 'prevented', said: `refused with ${status}` };
    const codes = await codesOf(room, record.sittingId);
    const counts = (await room.passed()) > 0;
    if (codes.length === 0) return { outcome: 'open', said: counts ? 'counts as passed' : 'nothing is found' };
    return counts
      ? { outcome: 'open', said: `counts as passed, though ${codes.join(', ')}` }
      : { outcome: 'detected', said: codes.join(', ') };
  });

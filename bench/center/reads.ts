import { auditPage } from '../../center/audit/index.ts';
import { participation } from '../../center/bulletin/index.ts';
import { findPeople } from '../../center/people/index.ts';
import { listDisputes, type Place, readRecords, readTotals, type Which } from '../../center/results/index.ts';
import type { OpenCenter } from '../../center/run/index.ts';
import { signIn } from '../../center/testing/index.ts';
import { CandidateId, ExamId, instant, type StationId, TenantId } from '../../contract/words/ids.ts';
import { type Timing, timingOf } from '../measure.ts';

const TENANT = TenantId.parse('tn_demo');
const OPERATOR = { kind: 'operator', tenantId: TENANT } as const;

/** What somebody waits for who looks at the results, each over pages and people all over them. */
export async function timeReads(
  { app, center: { db } }: OpenCenter,
  { token, stationId, records, rounds }: { token: string; stationId: StationId; records: number; rounds: number },
): Promise<Readonly<Record<string, Timing>>> {
  const people = Math.ceil(records / 10);
  const anywhere = (round: number): Place => ({
    ...{ toward: 'older', page: 2, logIndex: 0 },
    at: instant(new Date(Date.UTC(2024, 10, 2) + (((round * 7919) % 100) / 100) * 62_000_000_000)),
  });
  const page =
    (which: Which, from: (round: number) => Place = () => 1) =>
    (round: number) =>
      readRecords(OPERATOR, db, TENANT, from(round), which);
  const person = (round: number) => CandidateId.parse(`cd_load-${(round * 31) % people}`);
  const cookie = await signIn(app, token);
  const works: Record<string, (round: number) => Promise<unknown>> = {
    'page 1': page({}),
    'page 1 within its firm': () => readRecords(OPERATOR, db.as([TENANT]), TENANT, 1, {}),
    'any page': page({}, anywhere),
    'any page within its firm': (round) => readRecords(OPERATOR, db.as([TENANT]), TENANT, anywhere(round), {}),
    'any page of exams': page({ shown: 'exams' }, anywhere),
    'one person': (round) => readRecords(OPERATOR, db, TENANT, 1, { people: [person(round)] }),
    'one person within their firm': (round) =>
      readRecords(OPERATOR, db.as([TENANT]), TENANT, 1, { people: [person(round)] }),
    'of an exam': page({ examId: ExamId.parse('ex_load-3') }, anywhere),
    'of a station': page({ stationId }, anywhere),
    'with an incident': page({ incident: 'no-face' }, anywhere),
    totals: () => readTotals(OPERATOR, db, TENANT),
    'found by name': (round) =>
      findPeople(OPERATOR, db, TENANT, `${'王李张刘'[round % 4]}${'伟芳娜敏'[round % 3]}${round}`),
    'found by number': (round) => findPeople(OPERATOR, db, TENANT, `1101${String(round).padStart(14, '0')}`),
    'in doubt': () => listDisputes(OPERATOR, db, TENANT, { which: 'open', most: 100 }),
    audit: () => auditPage(OPERATOR, db, TENANT, {}),
    'bulletin of a month': () => participation(OPERATOR, db, [TENANT], { from: '2025-03', until: '2025-03' }),
    'bulletin of a year': () => participation(OPERATOR, db, [TENANT], { from: '2025-01', until: '2025-12' }),
    'the web page': () => app.inject({ url: '/', headers: { cookie } }),
  };
  const times: Record<string, Timing> = {};
  for (const [name, work] of Object.entries(works)) times[name] = await timed(work, rounds);
  return times;
}

export async function timed(work: (round: number) => Promise<unknown>, rounds: number): Promise<Timing> {
  const times: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const started = performance.now();
    await work(round + 1);
    if (round >= 0) times.push(performance.now() - started);
  }
  return timingOf(times);
}

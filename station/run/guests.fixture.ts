/** A station of one firm at which another firm's people sit by a grant; both call their candidate, their exam and more the same. */
import { hashSync } from '@node-rs/argon2';
import { vi } from 'vitest';
import { BANK } from '../../authoring/bank.fixture.ts';
import { CandidateId, type GrantId, instant } from '../../contract/words/ids.ts';
import { templateOf } from '../../native/face/index.ts';
import { GUEST } from '../../proof/proof.fixture.ts';
import { assignmentOf, EMBEDDER, WANG, WANGS_PHOTO } from '../station.fixture.ts';
import { type BenchOptions, openBench, person, STRANGER } from './terminal.fixture.ts';

export const GUEST_PIN = '660011';
export const GUEST_NAME = '乙公司';
const GUEST_PROCTOR = {
  ...{ id: 'pr_zhao', name: '乙监考' },
  pinHash: hashSync(GUEST_PIN, { memoryCost: 64, timeCost: 1, parallelism: 1 }),
};
/** The same id and number as at the firm whose station it is; another name, and another face. */
const GUEST_WANG = { ...WANG, name: '乙单位王' };
export const HOUR_MS = 3_600_000;
export const within = (ms: number) => instant(new Date(Date.now() + ms));

export type Bench = ReturnType<typeof openBench>;

export function giveTo(bench: Bench, changes: object = {}): string {
  const stationId = bench.station.identity.enrolment?.stationId;
  const jws = bench.center.grant({ stationId, from: within(-HOUR_MS), until: within(HOUR_MS), ...changes });
  bench.station.grants.replace([jws]);
  return jws;
}

/** What the center says of the guest, and a template of its one candidate. */
export function tellOfGuest(bench: Bench, changes: Parameters<typeof assignmentOf>[0] = {}): void {
  const roster = bench.station.roster.of(GUEST);
  const told = { tenant: { id: GUEST, name: GUEST_NAME }, candidates: [GUEST_WANG], proctors: [GUEST_PROCTOR] };
  roster.apply(assignmentOf({ visitorExamId: null, issuedAt: within(0), ...told, ...changes }));
  const wang = CandidateId.parse(WANG.id);
  if (roster.find(wang)) roster.saveTemplate(wang, WANGS_PHOTO, templateOf(EMBEDDER, [STRANGER]));
  bench.station.banks.usedBy(GUEST, [BANK.id]);
}

/** The firm whose station it is has nobody on its roster, unless a test says otherwise. */
export function openRented(options: BenchOptions = {}): Bench {
  const bench = openBench({ assignment: assignmentOf({ candidates: [] }), enrolled: false, ...options });
  giveTo(bench);
  tellOfGuest(bench);
  return bench;
}

export const GRANT = 'gr_1' as GrantId;

export const stationParts = (bench: Bench) => ({ ...bench.station, log: { info: vi.fn(), error: vi.fn() } }) as never;
export const noticeOf = ({ stage }: Bench) => (stage.stage === 'idle' ? stage.notice : undefined);
export async function waitsForUnlock(bench: Bench): Promise<void> {
  bench.show(person(STRANGER));
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  await bench.settled();
}
export async function begins(bench: Bench, pin = GUEST_PIN): Promise<void> {
  await waitsForUnlock(bench);
  await bench.act({ kind: 'unlock' }, pin);
  await bench.reaches('in-progress');
}
export async function handsIn(bench: Bench): Promise<void> {
  await bench.call('hand-in', {});
  await bench.reaches('result');
}
export async function leaves(bench: Bench): Promise<void> {
  await bench.call('leave', {});
  await bench.reaches('idle');
}

import sharp from 'sharp';
import { CandidateId, ExamId, instant, ProctorId, type StationId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import type { openCenterClient } from '../../station/center-link/index.ts';
import { newIncidentId, type Sitting } from '../../station/core/sitting/index.ts';
import { finishSitting } from '../../station/steps/index.ts';
import { clockAt, type OpenData } from './open.ts';

/** One sitting of each kind, as {@link import('./make.ts')} plays them, all by one clock. */
export const MINUTE = 60_000;
const PROCTOR = { by: ProctorId.parse('pr_demo-1'), note: '监考员在场处理' } as const;
const person = (n: number): CandidateId => CandidateId.parse(`cd_demo-${n}`);
export const ZHANG = person(1);
const [LI, ZHAO, QIAN, SUN] = [person(2), person(3), person(4), person(5)];
export const FORMAL = ExamId.parse('ex_demo');
const PRACTICE = ExamId.parse('ex_demo-mock');

export const clock = clockAt('2026-11-26T08:00:00.000Z', 'the first boot');

/** Some shade in a frame: nobody's face. */
export const drawn = (shade: number) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: { r: shade, g: 120, b: 90 } } })
    .jpeg()
    .toBuffer();

export type Enrolled = OpenData & { readonly client: ReturnType<typeof openCenterClient> };

export const stationIdOf = ({ identity }: OpenData): StationId => identity.enrolment?.stationId as StationId;
const sittingOf = ({ seat }: OpenData): Sitting => seat.current as Sitting;

function sitDown({ seat, roster }: OpenData, candidateId: CandidateId, examId: ExamId): void {
  const { tenant } = roster.assignment as NonNullable<typeof roster.assignment>;
  seat.leave();
  seat.open({ tenantId: tenant.id, candidateId, exam: roster.exam(examId), identifiedBy: 'card' });
  clock.pass(3_000);
  seat.execute({ kind: 'consent', given: true, locale: 'zh' });
}

const BASIS = { version: '0', models: 'made-by-hand', calibration: sha256('made by hand') };
const GESTURES = { challenge: { gestures: ['turn-left', 'blink'], passed: true } } as const;
const look = (outcome: 'match' | 'mismatch') =>
  ({
    kind: 'judge',
    capture: {
      ...{ outcome, similarity: outcome === 'match' ? 0.81 : 0.21, live: 0.97, frames: 5, usable: 5 },
      ...(outcome === 'match' ? GESTURES : {}),
      calibration: 'made-by-hand',
    },
    incidentId: newIncidentId(),
  }) as const;

function unlock({ seat, banks, forms }: OpenData): void {
  const { exam, candidateId } = seat.current as Sitting;
  const form = forms.issue(banks.get(exam.bankId), exam.blueprint, candidateId);
  clock.pass(5_000);
  seat.execute({
    ...{ kind: 'unlock', by: PROCTOR.by, form, host: 'kiosk' },
    durationMs: exam.durationSeconds * 1_000,
  });
}

/** Answers from the first item on, ten seconds each: right, but for every third where not all are to be. */
function answer(station: OpenData, count: number, all: 'right' | 'a third wrong'): void {
  const { form } = sittingOf(station);
  for (const [at, { itemId, options }] of (form?.items ?? []).slice(0, count).entries()) {
    const { key } = station.banks.item(form?.bankId as never, itemId);
    const wrong = all !== 'right' && at % 3 === 2;
    const chosen = wrong ? options.filter((id) => !key.includes(id)).slice(0, 1) : key;
    clock.pass(10_000);
    station.seat.execute({ kind: 'answer', itemId, chosen, revision: 1 });
  }
}

async function keepPicture({ seat, evidence }: OpenData, of: 'check-in' | Sitting['incidents'][number]['id']) {
  const { id, tenantId } = seat.current as Sitting;
  const until = instant(new Date(Date.parse(clock.wall()) + 90 * 24 * 60 * MINUTE));
  const jpeg = await drawn(of === 'check-in' ? 30 : 200);
  const picture = evidence.put({ tenantId, sitting: id, jpeg, until });
  if (picture) seat.execute({ kind: 'keep', of, picture });
  return { picture, jpegHash: sha256(jpeg), of };
}

function handIn(station: OpenData): void {
  clock.pass(2_000);
  station.seat.execute({ kind: 'submit', cause: 'handed-in' });
  // Once for its marks, once for its record: a terminal comes back to it at every change.
  for (let n = 0; n < 2; n++) finishSitting({ ...station, basis: BASIS, onReady: () => undefined });
}

/** Recorded, sent, and the center's receipt is here. */
export async function sentSitting(station: Enrolled) {
  sitDown(station, ZHANG, FORMAL);
  station.seat.execute(look('match'));
  const picture = await keepPicture(station, 'check-in');
  unlock(station);
  answer(station, 25, 'right');
  station.seat.execute(look('match'));
  handIn(station);
  const sitting = sittingOf(station);
  await station.outbox.seal(stationIdOf(station), station.identity.signer);
  const [batch] = station.outbox.waiting();
  if (!batch) throw new Error('no batch was made');
  const receipt = await station.client.send(batch);
  station.outbox.settle(batch, receipt);
  const { certificate, centerKey } = station.identity.enrolment as NonNullable<typeof station.identity.enrolment>;
  const proof = station.outbox.proofFile(1, certificate, centerKey) ?? '';
  return { sitting, batch, receipt, proof, picture };
}

/** Let in by a proctor, with an incident that was looked at, more time, and a batch that waits. */
export async function overriddenSitting(station: Enrolled) {
  sitDown(station, LI, FORMAL);
  for (let n = 0; n < 3; n++) station.seat.execute(look('mismatch'));
  station.seat.execute({ kind: 'override', ...PROCTOR, compared: ['photo', 'name'] });
  unlock(station);
  answer(station, 12, 'a third wrong');
  const incidentId = newIncidentId();
  station.seat.execute({ kind: 'interrupt', reason: 'camera-lost', incidentId });
  const picture = await keepPicture(station, incidentId);
  clock.pass(2 * MINUTE);
  station.seat.execute({ kind: 'review', incidentId, verdict: 'dismissed', ...PROCTOR });
  station.seat.execute({ kind: 'extend', ms: 5 * MINUTE, ...PROCTOR });
  station.seat.execute({ kind: 'resume', ...PROCTOR });
  handIn(station);
  const sitting = sittingOf(station);
  await station.outbox.seal(stationIdOf(station), station.identity.signer);
  const [batch] = station.outbox.waiting();
  if (!batch) throw new Error('no batch was made');
  return { sitting, batch, picture, incidentId };
}

/** Practice: a record that is in no batch yet, and a book of mistakes. */
export function practiceSitting(station: Enrolled) {
  sitDown(station, SUN, PRACTICE);
  station.seat.execute(look('match'));
  unlock(station);
  answer(station, 6, 'a third wrong');
  handIn(station);
  return { sitting: sittingOf(station), mistakes: station.mistakes.items(SUN) };
}

export async function movedSitting(station: Enrolled, to: StationId) {
  sitDown(station, ZHAO, FORMAL);
  station.seat.execute(look('match'));
  unlock(station);
  answer(station, 3, 'right');
  const flagged = sittingOf(station).form?.items[5]?.itemId;
  if (flagged) station.seat.execute({ kind: 'flag', itemId: flagged, flagged: true });
  clock.pass(MINUTE);
  station.seat.execute({ kind: 'extend', ms: 5 * MINUTE, ...PROCTOR });
  const remainingMs = station.seat.remainingMs();
  const sitting = sittingOf(station);
  station.seat.execute({ kind: 'move', to, ...PROCTOR });
  const [departure] = station.departures.unsent();
  if (!departure) throw new Error('no rescue file was made');
  await station.client.sendRescue(departure);
  station.departures.sent(departure);
  return { sitting, remainingMs, file: departure.file };
}

/** Still under way when the power goes. */
export function runningSitting(station: Enrolled) {
  sitDown(station, QIAN, FORMAL);
  station.seat.execute(look('match'));
  unlock(station);
  answer(station, 4, 'a third wrong');
  const { form } = sittingOf(station);
  const [first, second] = form?.items ?? [];
  if (!first || !second) throw new Error('an empty form');
  station.seat.execute({ kind: 'answer', itemId: first.itemId, chosen: first.options.slice(0, 1), revision: 2 });
  station.seat.execute({ kind: 'flag', itemId: second.itemId, flagged: true });
  clock.pass(20_000);
  station.seat.beat();
  return { sitting: sittingOf(station), remainingMs: station.seat.remainingMs() };
}

/** What is known of a sitting, in words that no schema of today's has a say in. */
export const told = ({
  id,
  candidateId,
  stage,
  answers,
  flags,
  extraMs,
  decisions,
  incidents,
  clock: { activeMs },
}: Sitting) => ({
  ...{ id, candidateId, stage, extraMs, activeMs },
  answers: Object.fromEntries([...answers].map(([item, { chosen, revision }]) => [item, { chosen, revision }])),
  flags: [...flags],
  decisions: decisions.map(({ action }) => action),
  incidents: incidents.map(({ reason, paused }) => ({ reason, paused })),
});

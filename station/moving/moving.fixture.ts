/** Stations of one firm between which an exam is moved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import type { KnownMove } from '../../contract/station-center/center-api.ts';
import { CandidateId, type ItemId, type SittingId, StationId } from '../../contract/words/ids.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { openTinyCenter } from '../../proof/proof.fixture.ts';
import { rescueName } from '../keep/moves/index.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

export const [HERE, THERE, ELSEWHERE] = ['st_here', 'st_there', 'st_elsewhere'].map((id) => StationId.parse(id)) as [
  StationId,
  StationId,
  StationId,
];
export const MOVE = { kind: 'move', to: THERE, note: '屏幕坏了' } as const;

/** Stations of one firm that know one another. */
export function openRoom(changes: Parameters<typeof assignmentOf>[0] = {}, center = openTinyCenter()) {
  const room = [HERE, THERE, ELSEWHERE].map((stationId, at) =>
    openBench({ center, stationId, place: SeatLabel.parse(`2-${3 + at}`) }),
  );
  const stations = room.map(({ station: { identity } }) => ({
    id: identity.enrolment?.stationId,
    name: `考站 ${identity.enrolment?.stationId}`,
    publicKey: identity.signer.publicKey,
  }));
  const told = assignmentOf({ issuedAt: '2026-03-04T05:06:08.000Z', stations, ...changes });
  for (const { station } of room) station.roster.apply(told);
  return room as [(typeof room)[0], (typeof room)[0], (typeof room)[0]];
}

export const leftFrom = (bench: ReturnType<typeof openBench>, sitting: SittingId, to = THERE): Uint8Array =>
  readFileSync(join(bench.folder, rescueName(sitting, to)));

export const turnedAway = ({ stage }: ReturnType<typeof openBench>) =>
  stage.stage === 'idle' ? stage.turnedAway : undefined;

/** What the center says of a sitting of Wang's that was moved. */
export const known = (sittingId: SittingId, changes: Partial<KnownMove> = {}): KnownMove => ({
  ...{ sittingId, candidateId: CandidateId.parse(WANG.id), examId: EXAM.id, to: THERE, over: false, ...changes },
});

/** Sits down here, answers three items, and is moved. */
export async function leave(bench: ReturnType<typeof openBench>, move: { readonly to: StationId } = MOVE) {
  const form = await bench.begin();
  for (const { itemId, options } of form.items.slice(0, 3))
    await bench.call('answer', { itemId, chosen: options.slice(0, 1).map(({ id }) => id), revision: 1 });
  await bench.call('flag', { itemId: form.items[5]?.itemId as ItemId, flagged: true });
  await bench.pass(60_000);
  await bench.act({ kind: 'extend', minutes: 5, note: '读题慢' });
  const before = bench.sitting;
  const remainingMs = bench.station.seat.remainingMs();
  await bench.act({ ...MOVE, ...move });
  await bench.pass(50);
  return { form, before, remainingMs, file: leftFrom(bench, before.id, (move as { to: StationId }).to) };
}

/** Moved from one station to another, where they wait to be unlocked. */
export async function arrived() {
  const room = openRoom();
  const [here, there] = room;
  const { file } = await leave(here);
  there.station.arrivals.take(file);
  await there.checkIn();
  await there.reaches('awaiting-unlock');
  return room;
}

/** Moved away, and come back with the card to where they left. */
export async function backAtFirst() {
  const [here, there, elsewhere] = openRoom();
  const left = await leave(here);
  here.station.terminal.cardRead(WANG.number);
  await here.pass(50);
  expect(turnedAway(here)?.why).toEqual({ kind: 'moved', to: '考站 st_there', fromHere: 'waiting' });
  return { here, there, elsewhere, ...left };
}

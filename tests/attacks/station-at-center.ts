import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { pino } from 'pino';
import { openTestCenter, type TestCenter } from '../../center/testing/index.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { CandidateId, ExamId, instant, ProctorId, type SittingId, StationId } from '../../contract/words/ids.ts';
import { templateOf } from '../../native/face/index.ts';
import { hashOf } from '../../proof/index.ts';
import { openCenterClient } from '../../station/center-link/index.ts';
import { type Clock, systemClock } from '../../station/core/clock/index.ts';
import type { DataFolder } from '../../station/core/data-folder/index.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { openLedger, openLedgerCheck } from '../../station/core/ledger/index.ts';
import { newIncidentId, openCurrentSitting, SittingEvent } from '../../station/core/sitting/index.ts';
import { keyFromFile, openVault } from '../../station/core/vault/index.ts';
import { storeBank } from '../../station/keep/banks/index.ts';
import { openKept } from '../../station/run/kept.ts';
import { startRounds } from '../../station/run/rounds.ts';
import { openSharedRecovery } from '../../station/run/set-up.ts';
import { EMBEDDER } from '../../station/station.fixture.ts';
import { finishSitting, unlock } from '../../station/steps/index.ts';
import { openDevices, openSurroundings } from '../../station/watch/index.ts';
import type { Seen } from './attack.ts';

/** The wall clock of a machine, which whoever is root there may set. */
export type WallClock = { set(ms: number): void; readonly off: number };

export const [CANDIDATE, EXAM] = [CandidateId.parse('cd_demo-1'), ExamId.parse('ex_demo')];
export type Center = TestCenter & { readonly url: string };
export const silentLog = pino({ level: 'silent' });
const log = silentLog;

/** A center that listens, and a folder; both gone afterwards. */
export async function withCenter<T>(use: (center: Center, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'exam-attack-'));
  const center = await openTestCenter();
  const url = await center.app.listen({ host: '127.0.0.1', port: 0 });
  try {
    return await use({ ...center, url }, folder);
  } finally {
    await center.close();
    rmSync(folder, { recursive: true });
  }
}

export function wallClock(): WallClock {
  let off = 0;
  return {
    get off() {
      return off;
    },
    set(ms) {
      off += ms;
    },
  };
}

export type Started = ReturnType<typeof startStation>;

/** One run of a station on a folder: all that it keeps, and what it does again and again; no page and no camera. */
export function startStation(data: string, url: string, wall: WallClock) {
  const folder = openFolder(data, wall);
  const { database, clock, ledger } = folder;
  const kept = openKept(folder, openSharedRecovery(database, data), { solver: undefined, seat: undefined });
  const seat = openCurrentSitting(ledger, clock, { host: 'kiosk' });
  const surroundings = openSurroundings(seat);
  const client = openCenterClient(url, kept.identity, clock, kept.centerTime);
  const ledgerCheck = openLedgerCheck(database, ledger);
  const rounds = startRounds({ ...kept, seat, surroundings, ledgerCheck, log });
  const parts = {
    ...{ ...kept, seat, surroundings, log },
    ...{
      host: 'kiosk' as const,
      devices: openDevices(() => undefined),
      knownMoves: { list: [] },
      onReady: () => undefined,
    },
    askToBegin: client.begins,
    claim: async () => StationId.parse(kept.identity.enrolment?.stationId),
    askTime: client.time,
    basis: { version: '0', models: 'attacked', calibration: hashOf({}) },
  };
  return {
    ...parts,
    ...{ client, ledgerCheck, vault: folder.vault() },
    stop() {
      rounds[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

function openFolder(path: string, wall: WallClock): DataFolder {
  const system = systemClock();
  const clock: Clock = { ...system, wall: () => instant(new Date(Date.now() + wall.off)) };
  const key = keyFromFile(join(path, 'vault.key'), { mayCreate: true });
  const [database, pictures] = [openDatabase(join(path, 'station.db')), openDatabase(join(path, 'evidence.db'))];
  const vault = openVault(key);
  return {
    ...{ path, clock, database },
    ledger: openLedger(database, clock, SittingEvent.parse),
    vault: () => vault,
    pictures: () => pictures,
    [Symbol.dispose]() {
      for (const one of [database, pictures]) one.close();
    },
  };
}

/** Enrols, and has all that one needs to sit the seeded exam. */
async function enrolled(station: Started, code: string): Promise<void> {
  const { client, identity, roster, banks } = station;
  identity.saveEnrolment(await client.enrol({ code, name: '一号考站' }));
  await refresh(station);
  const { bankId } = roster.exam(EXAM);
  await storeBank(banks, await client.bank(bankId), (hash) => client.picture(hash));
  for (const photo of roster.find(CANDIDATE)?.photos ?? [])
    roster.saveTemplate(CANDIDATE, photo, templateOf(EMBEDDER, [new Float32Array(256).fill(0.1)]));
}

export const refresh = async ({ client, roster }: Started): Promise<void> => roster.apply(await client.assignment());

/** Somebody sits down and is known by their face. */
export function checkIn(station: Started): SittingId {
  const { seat, roster } = station;
  seat.leave();
  const { tenant } = roster.assignment as NonNullable<typeof roster.assignment>;
  seat.open({ tenantId: tenant.id, candidateId: CANDIDATE, exam: roster.exam(EXAM), identifiedBy: 'card' });
  return isKnown(station);
}

/** Whoever sat down agrees, and the camera knows them. */
export function isKnown({ seat, roster }: Started): SittingId {
  seat.execute({ kind: 'consent', given: true, locale: 'zh' });
  const looked = {
    outcome: 'match' as const,
    similarity: 0.81,
    live: 0.97,
    frames: 15,
    usable: 15,
    calibration: 'attacked',
  };
  const challenge = { gestures: ['blink' as const], passed: true };
  const capture = { ...looked, challenge, reference: roster.reference(CANDIDATE, EMBEDDER) };
  seat.execute({ kind: 'judge', capture, incidentId: newIncidentId() });
  return seat.taken().id;
}

/** @throws Refusal where it may not begin */
export const begin = (station: Started): void => unlock(station, { by: ProctorId.parse('pr_demo-1') });

export function handIn(station: Started): ExamRecord {
  station.seat.execute({ kind: 'submit', cause: 'handed-in' });
  for (let n = 0; n < 2; n++) finishSitting(station);
  const record = station.outbox.recordOf(station.seat.taken().id);
  if (!record) throw new Error('there is no record');
  return record;
}

export async function upload({ outbox, identity, client }: Started): Promise<void> {
  const { stationId } = identity.enrolment ?? {};
  if (stationId) await outbox.seal(stationId, identity.signer);
  for (const batch of outbox.waiting()) outbox.settle(batch, await client.send(batch));
}

/** Tells the center how it is, as it does each minute. @returns lines that it is to say next */
export async function report(
  { client, ledger, clock }: Started,
  asked: readonly number[] = [],
): Promise<readonly number[]> {
  const { sequence, hash } = ledger.head();
  const known = asked
    .flatMap((line) => ledger.hashAt(line) ?? [])
    .map((head, at) => ({ sequence: asked[at] as number, head }));
  return client.tellReadiness({
    ...{ status: 'READY', at: clock.wall(), checks: [] },
    ledger: { sequence, head: hash, asked: known },
  });
}

/** A station that the center has heard, in a folder of which its owner is root. */
export async function setUp({ secrets, url }: Center, data: string) {
  mkdirSync(data);
  const wall = wallClock();
  const station = startStation(data, url, wall);
  await enrolled(station, secrets.enrolmentCode);
  return { wall, station, again: () => startStation(data, url, wall) };
}

/** What was found, without what is another each time. */
export const seen = (found: readonly string[], unlike: Seen): Seen =>
  found.length > 0
    ? { outcome: 'detected', said: found.join(', ').replaceAll(/[0-9a-f]{16}|20\d\d-[\dT:.Z-]+|si_[0-9a-f-]+/g, '…') }
    : unlike;

/** What root does to a station's database while it does not run. */
export function asRoot(data: string, act: (database: BetterSqlite3.Database) => void): void {
  const database = new BetterSqlite3(join(data, 'station.db'));
  try {
    for (const name of ['ledger_no_replace', 'ledger_no_update', 'ledger_no_delete'])
      database.exec(`DROP TRIGGER IF EXISTS ${name}`);
    act(database);
  } finally {
    database.close();
  }
}

/** Where the station keeps what it keeps. */
export const at = (folder: string): string => join(folder, 'station');

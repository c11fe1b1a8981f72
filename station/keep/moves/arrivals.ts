import { z } from 'zod';
import type { StationCertificate } from '../../../contract/records/batches.ts';
import { Exam } from '../../../contract/words/exam.ts';
import { CandidateId, type Sha256, type SittingId, type StationId, TenantId } from '../../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';
import { sha256 } from '../../../proof/index.ts';
import { openRescue } from '../../../proof/sealed/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import { Continued } from '../../core/sitting/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import type { StationIdentity } from '../identity/index.ts';
import type { ArrivingGuests } from './arriving-guests.ts';
import { type Carried, carry } from './carry.ts';

/** Sittings of other stations that are to go on here, each once. */
export type Arrivals = {
  /**
   * Takes a rescue file in.
   * @param delivered by the center, which took it from the station it comes from: that may have changed its key since. Of a file that
   * somebody carried here nobody knows when it was made
   * @throws Refusal `unauthorised` where this station is not enrolled, `rescue-used` where the sitting has gone on here
   * already, `rescue-invalid`, `rescue-foreign`, `signature-invalid`, `station-key-old` where the station it comes from has changed the key, `grant-missing` where it is of a firm that may not use
   * this station now
   */
  take(file: Uint8Array, delivered?: 'delivered'): Carried;
  /** Calls whoever wants to know of each that was taken in. */
  onTaken(listener: (carried: Carried) => void): void;
  /** Whether a file with this hash was taken in. */
  has(hash: Sha256): boolean;
  /** Whether a file with this hash was refused for good, before this start too: it is not to be fetched again. */
  isRefused(hash: Sha256): boolean;
  /** What this candidate can go on with: the newest of the last day. */
  waitingFor(candidate: CandidateId, guest?: TenantId): Carried | undefined;
  /** All of a firm's that may go on here, of the last day; without an id, of the firm whose station it is. */
  waiting(guest?: TenantId): readonly Carried[];
  /** The sitting goes on: from now on its file is worth nothing. */
  use(sitting: SittingId): void;
};

const NO_GUESTS: Omit<ArrivingGuests, 'vaultOf'> = {
  uses: () => false,
  keyOf: () => undefined,
  changedKey: () => false,
  maySit: () => false,
};

const Stored = z.object({ tenantId: TenantId, candidateId: CandidateId, exam: Exam, continues: Continued });
/** What is not gone on with by then is not: an exam of months ago must not stand in the way of today's. */
const WAITS_MS = 24 * 3_600_000;
const SCHEMA = [
  `CREATE TABLE arrivals (
     sitting TEXT PRIMARY KEY, candidate TEXT NOT NULL, file TEXT NOT NULL, arrived_at TEXT NOT NULL,
     sealed BLOB, used INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX arrivals_candidate ON arrivals (candidate, arrived_at);`,
  // Several firms; without an id, whose station it is.
  `ALTER TABLE arrivals ADD COLUMN tenant TEXT NOT NULL DEFAULT '';`,
  // What nothing could be made of. It is nobody's: a hash tells nothing.
  `CREATE TABLE refused_arrivals (file TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;`,
  // Among them were some that are refused for what passes. The others are refused again.
  'DELETE FROM refused_arrivals;',
];
/** What will be so of a file for ever. Other stations, grants and versions of this program may come to be known later. */
const FOR_GOOD: readonly Reason[] = ['rescue-used', 'signature-invalid'];
type Row = { sitting: SittingId; sealed: Buffer };

export function openArrivals(
  database: Database,
  vault: Vault,
  identity: StationIdentity,
  clock: Clock,
  guests?: ArrivingGuests,
): Arrivals {
  migrate(database, 'arrivals', SCHEMA);
  const known = database.prepare<[string], { used: number }>('SELECT used FROM arrivals WHERE sitting = ?');
  const byFile = database.prepare('SELECT 1 FROM arrivals WHERE file = ?');
  const refused = database.prepare('SELECT 1 FROM refused_arrivals WHERE file = ?');
  const putRefused = database.prepare('INSERT OR IGNORE INTO refused_arrivals (file, at) VALUES (?, ?)');
  const put = database.prepare(
    `INSERT INTO arrivals (sitting, candidate, file, arrived_at, sealed, tenant) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (sitting) DO UPDATE SET file = excluded.file, arrived_at = excluded.arrived_at, sealed = excluded.sealed`,
  );
  const waiting = database.prepare<[string, string, string], Row>(
    `SELECT sitting, sealed FROM arrivals WHERE tenant = ? AND candidate = ? AND arrived_at > ? AND used = 0
     ORDER BY arrived_at DESC LIMIT 1`,
  );
  const allWaiting = database.prepare<[string, string], Row>(
    'SELECT sitting, sealed FROM arrivals WHERE tenant = ? AND arrived_at > ? AND used = 0 ORDER BY arrived_at DESC',
  );
  // What it said is in the ledger from then on.
  const spend = database.prepare('UPDATE arrivals SET used = 1, sealed = NULL WHERE sitting = ?');
  const listeners: ((carried: Carried) => void)[] = [];
  const contextOf = (sitting: SittingId): string => `arrival/${sitting}`;
  const vaultOf = (guest: TenantId | undefined): Vault => (guest && guests ? guests.vaultOf(guest) : vault);
  const { uses, keyOf, changedKey, maySit } = guests ?? NO_GUESTS;
  const takeIn = (file: Uint8Array, delivered?: 'delivered'): Carried => {
    const { enrolment, centerKeys: centerKey, keyFrom } = identity;
    if (!enrolment || !centerKey) throw new Refusal('unauthorised', 'this station is not enrolled');
    const guest = (tenant: TenantId) => (tenant === enrolment.tenantId ? undefined : tenant);
    const mayComeFrom = (tenant: TenantId, from: StationId) => uses(guest(tenant), from);
    const isFormerKey = (tenant: TenantId, origin: StationCertificate) =>
      !delivered && changedKey(guest(tenant), origin);
    const { manifest, content } = openRescue(file, {
      ...{ ...enrolment, centerKey, keyFrom, mayComeFrom, isFormerKey },
      keyOf: (tenant, from) => keyOf(guest(tenant), from),
    });
    if (known.get(manifest.sittingId)?.used) throw new Refusal('rescue-used', manifest.sittingId);
    const carried = carry(manifest, content);
    const { sittingId } = manifest;
    const of = guest(carried.tenantId);
    if (of && !maySit(of, carried.exam.id)) throw new Refusal('grant-missing', carried.tenantId);
    const sealed = vaultOf(of).seal(JSON.stringify(carried), contextOf(sittingId));
    put.run(sittingId, carried.candidateId, sha256(file), clock.wall(), sealed, of ?? '');
    return carried;
  };
  const oldest = (): string => new Date(Date.parse(clock.wall()) - WAITS_MS).toISOString();
  const openRow = ({ sitting, sealed }: Row, guest: TenantId | undefined): Carried =>
    Stored.parse(JSON.parse(vaultOf(guest).open(sealed, contextOf(sitting)).toString('utf8')));
  const remembering = (file: Uint8Array, delivered?: 'delivered'): Carried => {
    try {
      return takeIn(file, delivered);
    } catch (error) {
      if (error instanceof Refusal && FOR_GOOD.includes(error.reason)) putRefused.run(sha256(file), clock.wall());
      throw error;
    }
  };
  return {
    take(file, delivered) {
      const carried = remembering(file, delivered);
      for (const listener of listeners) listener(carried);
      return carried;
    },
    onTaken: (listener) => void listeners.push(listener),
    has: (hash) => byFile.get(hash) !== undefined,
    isRefused: (hash) => refused.get(hash) !== undefined,
    waitingFor(candidate, guest) {
      const row = waiting.get(guest ?? '', candidate, oldest());
      return row && openRow(row, guest);
    },
    waiting: (guest) => allWaiting.all(guest ?? '', oldest()).map((row) => openRow(row, guest)),
    use: (sitting) => void spend.run(sitting),
  };
}

/** Erases what came here of a guest's. Needs no key. */
export function arrivalsEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'arrivals', SCHEMA);
  return (guest) => void database.prepare('DELETE FROM arrivals WHERE tenant = ?').run(guest);
}

/** How many sittings of other stations came here. */
export function countArrivals(database: Database): number {
  migrate(database, 'arrivals', SCHEMA);
  const row = database.prepare('SELECT count(*) AS n FROM arrivals').get() as { n: number };
  return row.n;
}

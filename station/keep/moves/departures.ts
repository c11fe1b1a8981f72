import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CandidateId,
  ExamId,
  GrantId,
  Instant,
  SittingId,
  StationId,
  TenantId,
} from '../../../contract/words/ids.ts';
import { listOfKeys } from '../../../proof/index.ts';
import { sealRescue } from '../../../proof/sealed/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Ledger } from '../../core/ledger/index.ts';
import { guestOf, type SittingEvent } from '../../core/sitting/index.ts';
import type { StationIdentity } from '../identity/index.ts';
import type { Roster } from '../roster/index.ts';

/** A sitting that left for another station, as the file that carries it. */
export type Departure = {
  readonly sitting: SittingId;
  readonly to: StationId;
  readonly candidate: CandidateId;
  readonly exam: ExamId;
  /** Under which it was sat, where that was another firm's than whose station it is. */
  readonly grant?: GrantId;
  readonly file: Uint8Array;
};

/** Sittings that were moved away: their files, which go to the center and into a folder for whoever has a stick. */
export type Departures = {
  /** Makes the files of all sittings that the ledger says were moved. @throws Refusal as the disk says */
  catchUp(): void;
  /** Those the center has not heard of; what could not be made before is made first. */
  unsent(): readonly Departure[];
  sent(departure: Pick<Departure, 'sitting' | 'to'>): void;
  /** The center will never take it. */
  givenUp(departure: Pick<Departure, 'sitting' | 'to'>): void;
  /** How far the file of this sitting came. */
  stateOf(departure: Pick<Departure, 'sitting' | 'to'>): DepartureState;
  /** None where it went somewhere else since. */
  fileOf(sitting: SittingId, to: StationId): Uint8Array | undefined;
  /** What of this candidate and exam has left since then and did not come back, the newest. */
  away(
    candidate: CandidateId,
    exam: ExamId,
    since: Instant,
    guest?: TenantId,
  ): Pick<Departure, 'sitting' | 'to'> | undefined;
  /** Whether the center has yet to hear of one of this firm's. */
  awaits(guest: TenantId): boolean;
  /** It goes on here after all. */
  takeBack(sitting: SittingId): void;
};

/** `refused` is one that the center will never take. */
export type DepartureState = 'waiting' | 'delivered' | 'refused';

export type DepartureParts = {
  readonly database: Database;
  readonly ledger: Ledger<SittingEvent>;
  readonly identity: StationIdentity;
  readonly roster: Roster;
  /** Where files are put for whoever carries them. */
  readonly folder: string;
};

const SCHEMA = [
  `CREATE TABLE departures (
     sitting TEXT NOT NULL, destination TEXT NOT NULL, candidate TEXT NOT NULL, exam TEXT NOT NULL, left_at TEXT NOT NULL,
     file BLOB NOT NULL, sent INTEGER NOT NULL DEFAULT 0, returned INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (sitting, destination)
   ) STRICT;
   CREATE INDEX departures_candidate ON departures (candidate, exam);
   CREATE TABLE departures_read (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL) STRICT;`,
  // Several firms; without an id, whose station it is.
  `ALTER TABLE departures ADD COLUMN tenant TEXT NOT NULL DEFAULT '';
   ALTER TABLE departures ADD COLUMN grant_id TEXT;`,
];
/** What became of a file on its way to the center, as it is stored. */
const [WAITING, SENT, GIVEN_UP] = [0, 1, 2];
const STATES: Readonly<Record<number, DepartureState>> = { [SENT]: 'delivered', [GIVEN_UP]: 'refused' };
/** Lines of the ledger that are read at once. */
const CHUNK = 500;

type Row = {
  sitting: SittingId;
  destination: StationId;
  candidate: CandidateId;
  exam: ExamId;
  left_at: Instant;
  file: Buffer;
  sent: number;
  grant_id: GrantId | null;
};
const toDeparture = ({ destination: to, sitting, candidate, exam, file, grant_id: grant }: Row): Departure => ({
  ...{ sitting, to, candidate, exam, file, ...(grant ? { grant } : {}) },
});

export function openDepartures(parts: DepartureParts): Departures {
  const { database, ledger } = parts;
  migrate(database, 'departures', SCHEMA);
  const put = database.prepare(
    `INSERT OR REPLACE INTO departures (sitting, destination, candidate, exam, left_at, file, tenant, grant_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const one = database.prepare<[string, string], Row>('SELECT * FROM departures WHERE sitting = ? AND destination = ?');
  const open = database.prepare<[number], Row>('SELECT * FROM departures WHERE sent = ? ORDER BY rowid');
  const settle = database.prepare('UPDATE departures SET sent = ? WHERE sitting = ? AND destination = ?');
  // By the order in which they were made: the wall clock may have been set back.
  const newestOf = database.prepare<[string], Row>(
    'SELECT * FROM departures WHERE sitting = ? ORDER BY rowid DESC LIMIT 1',
  );
  const left = database.prepare<[string, string, string, string], Row>(
    `SELECT * FROM departures WHERE tenant = ? AND candidate = ? AND exam = ? AND left_at > ? AND returned = 0
     ORDER BY rowid DESC LIMIT 1`,
  );
  const awaited = database.prepare<[string, number], object>('SELECT 1 FROM departures WHERE tenant = ? AND sent = ?');
  const back = database.prepare('UPDATE departures SET returned = 1 WHERE sitting = ?');
  const readUpTo = database.prepare<[], { sequence: number }>('SELECT sequence FROM departures_read');
  const setRead = database.prepare('INSERT OR REPLACE INTO departures_read VALUES (1, ?)');

  const add = (sitting: SittingId): void => {
    const story = storyOf(ledger, sitting);
    if (!story) return;
    const { candidateId, exam, to, at, grant } = story;
    if (one.get(sitting, to)?.left_at === at) return;
    // One that the center has taken back since cannot be sealed for.
    const file = fileOf(parts, sitting, story);
    if (!file) return;
    put.run(sitting, to, candidateId, exam, at, file, guestOf(story) ?? '', grant ?? null);
    // Where it went there before, another file lies there.
    rmSync(join(parts.folder, rescueName(sitting, to)), { force: true });
  };
  /** A stick can only carry what lies there. */
  const layOut = ({ sitting, destination, file }: Row): void => {
    const path = join(parts.folder, rescueName(sitting, destination));
    if (existsSync(path)) return;
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, file, { mode: 0o600 });
  };
  let behind = true;
  const catchUp = (): void => {
    behind = true;
    const { sequence: newest } = ledger.head();
    for (let from = (readUpTo.get()?.sequence ?? 0) + 1; from <= newest; from += CHUNK) {
      const last = Math.min(from + CHUNK - 1, newest);
      for (const { sitting, event } of ledger.stretch(from, last).lines)
        if (sitting && event.type === 'moved') add(sitting);
      // Only once all of them are made: what the disk does not take now is made later.
      setRead.run(last);
    }
    for (const row of open.all(WAITING)) layOut(row);
    behind = false;
  };
  return {
    catchUp,
    unsent() {
      if (behind) catchUp();
      return open.all(WAITING).map(toDeparture);
    },
    sent: ({ sitting, to }) => void settle.run(SENT, sitting, to),
    givenUp: ({ sitting, to }) => void settle.run(GIVEN_UP, sitting, to),
    stateOf: ({ sitting, to }) => STATES[one.get(sitting, to)?.sent ?? WAITING] ?? 'waiting',
    fileOf(sitting, to) {
      const newest = newestOf.get(sitting);
      return newest?.destination === to ? newest.file : undefined;
    },
    away(candidate, exam, since, guest) {
      const row = left.get(guest ?? '', candidate, exam, since);
      return row && { sitting: row.sitting, to: row.destination };
    },
    awaits: (guest) => awaited.get(guest, WAITING) !== undefined,
    takeBack: (sitting) => void back.run(sitting),
  };
}

/** Erases what left of a guest's, with the files that lie there for a stick. Needs no key. */
export function departuresEraser(database: Database, folder: string): (guest: TenantId) => void {
  migrate(database, 'departures', SCHEMA);
  return (guest) => {
    const rows = database.prepare<[string], Row>('DELETE FROM departures WHERE tenant = ? RETURNING *').all(guest);
    for (const { sitting, destination } of rows)
      rmSync(join(folder, rescueName(sitting, destination)), { force: true });
  };
}

/** Of two files for one sitting, each names where it may be opened. */
export const rescueName = (sitting: SittingId, to: StationId): string => `${sitting}.${to}.rescue`;

type Story = {
  readonly tenantId: TenantId;
  readonly grant?: GrantId;
  readonly candidateId: CandidateId;
  readonly exam: ExamId;
  /** Where it goes by the last word. */
  readonly to: StationId;
  readonly at: Instant;
  /** From its opening to its end here. What was sat here since then is nobody else's business. */
  readonly lines: readonly [number, number];
};

/** Where a sitting went, if it was moved. */
function storyOf(ledger: Ledger<SittingEvent>, sitting: SittingId): Story | undefined {
  const entries = ledger.ofSitting(sitting);
  const [opened] = entries;
  const moves = entries.flatMap(({ event, at, sequence }) =>
    event.type === 'moved' ? [{ ...event, at, sequence }] : [],
  );
  const [first, last] = [moves[0], moves.at(-1)];
  if (opened?.event.type !== 'opened' || !first || !last) return undefined;
  const { tenantId, candidateId, exam, grant } = opened.event;
  const of = { tenantId, candidateId, exam: exam.id, ...(grant ? { grant } : {}) };
  return { ...of, to: last.to, at: last.at, lines: [opened.sequence, first.sequence] };
}

function fileOf(
  { ledger, identity, roster }: DepartureParts,
  sittingId: SittingId,
  story: Story,
): Uint8Array | undefined {
  const { tenantId, to, at, lines } = story;
  const destination = roster.of(guestOf(story)).assignment?.stations?.find(({ id }) => id === to);
  const { enrolment, centerKeys, signer } = identity;
  if (!destination || !enrolment || !centerKeys) return undefined;
  const { stationId: from, certificate } = enrolment;
  const plan = { tenantId, from, to, sittingId, movedAt: at };
  return sealRescue(plan, ledger.stretch(...lines), destination.publicKey, {
    signer,
    certificate,
    keys: listOfKeys(centerKeys),
  });
}

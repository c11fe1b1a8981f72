import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CandidateId, ExamId, Instant, SittingId, StationId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import { sealRescue } from '../../contract/sealed/index.ts';
import { type Database, migrate } from '../database/index.ts';
import type { StationIdentity } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Roster } from '../roster/index.ts';
import type { SittingEvent } from '../sitting/index.ts';

/** A sitting that left for another station, as the file that carries it. */
export type Departure = { readonly sitting: SittingId; readonly to: StationId; readonly file: Uint8Array };

/** Sittings that were moved away: their files, which go to the center and into a folder for whoever has a stick. */
export type Departures = {
  /** Makes the file of a sitting that was moved, where there is none yet. @throws Refusal `station-unknown` */
  add(sitting: SittingId): void;
  /** Those the center has not heard of. */
  unsent(): readonly Departure[];
  sent(departure: Departure): void;
  /** Whether somebody left with this exam since then. */
  hasLeft(candidate: CandidateId, exam: ExamId, since: Instant): boolean;
};

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
     file BLOB NOT NULL, sent INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (sitting, destination)
   ) STRICT;
   CREATE INDEX departures_candidate ON departures (candidate, exam);`,
];

export function openDepartures(parts: DepartureParts): Departures {
  const { database, ledger } = parts;
  migrate(database, 'departures', SCHEMA);
  const known = database.prepare('SELECT 1 FROM departures WHERE sitting = ? AND destination = ?');
  const put = database.prepare(
    'INSERT INTO departures (sitting, destination, candidate, exam, left_at, file) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const open = database.prepare<[], { sitting: SittingId; destination: StationId; file: Buffer }>(
    'SELECT sitting, destination, file FROM departures WHERE sent = 0 ORDER BY left_at',
  );
  const settle = database.prepare('UPDATE departures SET sent = 1 WHERE sitting = ? AND destination = ?');
  const left = database.prepare('SELECT 1 FROM departures WHERE candidate = ? AND exam = ? AND left_at > ?');

  const departures: Departures = {
    add(sitting) {
      const story = storyOf(ledger, sitting);
      if (!story || known.get(sitting, story.to)) return;
      const file = fileOf(parts, sitting, story);
      const { candidateId, exam, to, at } = story;
      put.run(sitting, to, candidateId, exam, at, file);
      mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(parts.folder, `${sitting}.rescue`), file, { mode: 0o600 });
    },
    unsent: () => open.all().map(({ destination, ...rest }) => ({ ...rest, to: destination })),
    sent: ({ sitting, to }) => void settle.run(sitting, to),
    hasLeft: (candidate, exam, since) => left.get(candidate, exam, since) !== undefined,
  };
  return departures;
}

type Story = {
  readonly candidateId: CandidateId;
  readonly exam: ExamId;
  readonly to: StationId;
  readonly at: Instant;
  /** First and last line that tell of it. */
  readonly lines: readonly [number, number];
};

/** Where a sitting went, if it was moved. */
function storyOf(ledger: Ledger<SittingEvent>, sitting: SittingId): Story | undefined {
  const entries = ledger.ofSitting(sitting);
  const [opened] = entries;
  const moved = entries.findLast(({ event }) => event.type === 'moved');
  if (opened?.event.type !== 'opened' || moved?.event.type !== 'moved') return undefined;
  const { candidateId, exam } = opened.event;
  return { candidateId, exam: exam.id, to: moved.event.to, at: moved.at, lines: [opened.sequence, moved.sequence] };
}

function fileOf(
  { ledger, identity, roster }: DepartureParts,
  sittingId: SittingId,
  { to, at, lines }: Story,
): Uint8Array {
  const destination = roster.assignment?.stations?.find(({ id }) => id === to);
  const { enrolment, signer } = identity;
  if (!destination || !enrolment) throw new Refusal('station-unknown', to);
  const { stationId: from, tenantId, certificate } = enrolment;
  const plan = { tenantId, from, to, sittingId, movedAt: at };
  const content = ledger.stretch(...lines);
  return sealRescue(plan, content, destination.publicKey, { signer, certificate });
}

import { z } from 'zod';
import type { CommandId, GrantId, Instant } from '../../../contract/words/ids.ts';
import { CommandAddress, CommandOutcome, StationCommand } from '../../../contract/words/proctoring.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../../contract/words/skew.ts';
import { keysNow, signedByCenter } from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { StationIdentity } from '../identity/index.ts';
import type { Roster } from '../roster/index.ts';

/** What proctors elsewhere tell this station to do, by way of the center: each once, in its time. */
export type Commands = {
  /**
   * Reads a command and lets it through, once and for all: one that is cut short is not begun again.
   * @throws Refusal `signature-invalid` where the center did not sign it for this station, `command-replayed`,
   * `command-expired`, `unauthorised` where this station knows no such proctor, `method-unknown` where it knows no such command
   * @param at the center's time: this station's clock may be minutes off, and a command's time is short
   * @param grant under which it was fetched
   */
  admit(jws: string, at: Instant, grant?: GrantId): StationCommand;
  /** What became of it. */
  settle(id: CommandId, outcome: CommandOutcome): void;
  /** What the center has not heard of yet. */
  untold(): readonly Untold[];
  told(id: CommandId): void;
};

/** `grant`: under which it is told to the firm that has it. */
export type Untold = { readonly id: CommandId; readonly outcome: CommandOutcome; readonly grant?: GrantId };

const SCHEMA = [
  `CREATE TABLE commands (
     id TEXT PRIMARY KEY, at TEXT NOT NULL, outcome TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX commands_untold ON commands (at) WHERE told = 0;`,
  // Under which grant it came.
  'ALTER TABLE commands ADD COLUMN grant_id TEXT;',
];

export function openCommands(database: Database, identity: StationIdentity, roster: Roster, clock: Clock): Commands {
  migrate(database, 'commands', SCHEMA);
  // Until it is settled it counts as cut short.
  const take = database.prepare(
    "INSERT OR IGNORE INTO commands (id, at, grant_id, outcome) VALUES (?, ?, ?, 'station-restarted')",
  );
  const settle = database.prepare('UPDATE commands SET outcome = ? WHERE id = ?');
  const untold = database.prepare<[], { id: CommandId; outcome: string; grant: GrantId | null }>(
    'SELECT id, outcome, grant_id AS "grant" FROM commands WHERE told = 0 ORDER BY at',
  );
  const tell = database.prepare('UPDATE commands SET told = 1 WHERE id = ?');
  /** One firm's proctors are nothing to another's people. */
  const isKnown = (proctor: StationCommand['by'], { tenantId }: StationCommand): boolean => {
    const isGuest = tenantId !== undefined && tenantId !== identity.enrolment?.tenantId;
    const { proctors } = isGuest ? roster.of(tenantId) : roster;
    return proctors.some(({ id }) => id === proctor);
  };

  const mustBeKnown = (signed: unknown, at: Instant): StationCommand => {
    const { data: command } = StationCommand.safeParse(signed);
    if (!command) throw new Refusal('method-unknown', 'a newer program would know what to do');
    const { by, second = by, expiresAt } = command;
    const longOver = Date.parse(clock.wall()) > Date.parse(expiresAt) + MAX_SKEW_MS;
    if (at > expiresAt || longOver) throw new Refusal('command-expired', expiresAt);
    if (!isKnown(by, command) || !isKnown(second, command))
      throw new Refusal('unauthorised', 'no proctor of this station');
    return command;
  };
  return {
    admit(jws, at, grant) {
      const { enrolment, centerKeys } = identity;
      const stationId = enrolment?.stationId;
      const center = centerKeys && keysNow(centerKeys, clock.wall());
      const read = center && signedByCenter(jws, 'exam-station/command', z.unknown(), center, undefined);
      const signed = read?.ok ? read.said : undefined;
      const { data: address } = CommandAddress.safeParse(signed);
      if (address?.stationId !== stationId || !address) throw new Refusal('signature-invalid', 'no command for here');
      if (take.run(address.id, clock.wall(), grant ?? null).changes === 0)
        throw new Refusal('command-replayed', address.id);
      try {
        return mustBeKnown(signed, at);
      } catch (error) {
        if (error instanceof Refusal) settle.run(error.reason, address.id);
        throw error;
      }
    },
    settle: (id, outcome) => void settle.run(outcome, id),
    untold: () =>
      untold
        .all()
        .map(({ id, outcome, grant }) => ({ id, outcome: CommandOutcome.parse(outcome), ...(grant ? { grant } : {}) })),
    told: (id) => void tell.run(id),
  };
}

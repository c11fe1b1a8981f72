import type { DisplaySeen } from '../../contract/page/provision.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { serialPorts } from '../../native/card/index.ts';
import { whoAnswers } from '../../proof/center-line/index.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Database } from '../core/database/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import { openGuesses, openRecovery, type Recovery } from '../keep/proctors/index.ts';
import { changeTerminal, openProvisioning, type Provisioning, readTerminal } from '../provision/index.ts';

export type SetUpParts = {
  readonly data: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly identity: StationIdentity;
  readonly recovery: Recovery;
  readonly centerUrl: string | undefined;
  readonly quiet: () => boolean;
  readonly restart: (() => void) | undefined;
};

/** The desk at which this terminal is set up, and what the kiosk's shell sees for it. */
export function openSetUp(parts: SetUpParts): Provisioning & { shellSees(displays: readonly DisplaySeen[]): void } {
  const { data, database, clock, identity, recovery, centerUrl, quiet, restart } = parts;
  let displays: readonly DisplaySeen[] = [];
  const answers = { wrong: 'pin-wrong', wait: 'pin-wait', locked: 'pin-locked' } as const;
  const desk = openProvisioning({
    ...{ data, clock, recovery, quiet, restart },
    whoAnswers: async (center) => (await whoAnswers(center)).key,
    provisioned: centerUrl !== undefined,
    enrolled: () => identity.enrolment !== undefined,
    guesses: openGuesses(database, clock, 'administrator', answers),
    displays: () => displays,
    ports: serialPorts,
  });
  return Object.assign(desk, {
    shellSees(seen: readonly DisplaySeen[]) {
      displays = seen;
    },
  });
}

/** One code for the station and for the shell, which reads the terminal's file where the station does not start. */
export const openSharedRecovery = (database: Database, data: string): Recovery =>
  openRecovery(database, data, {
    hash: readTerminal(data)?.recoveryCodeHash,
    onRenew: (recoveryCodeHash) => changeTerminal(data, (before) => ({ ...before, recoveryCodeHash })),
  });

/** What of the settings the list of checks is about. */
export const provisionFacts = (
  {
    name,
    room,
    centerUrl,
    centerKey,
  }: {
    readonly name: string;
    readonly room?: string | undefined;
    readonly centerUrl?: string | undefined;
    readonly centerKey?: PublicKey | undefined;
  },
  enrolledWith: PublicKey | undefined,
) => (centerUrl || enrolledWith ? { name, room, pinned: centerKey, enrolledWith } : ('missing' as const));

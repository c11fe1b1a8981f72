import type { Logger } from 'pino';
import type { Beginning, BeginningReply } from '../../contract/station-center/center-api.ts';
import type { Host } from '../../contract/words/hosts.ts';
import type { GrantId, SittingId, StationId } from '../../contract/words/ids.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Ledger } from '../core/ledger/index.ts';
import type { CurrentSitting, Proctored, SittingEvent } from '../core/sitting/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { Arrivals, Departures, HeardMove } from '../keep/moves/index.ts';
import type { Roster } from '../keep/roster/index.ts';

/** What the center said last of exams that were moved. */
export type KnownMoves = { list: readonly HeardMove[] };

/** What a station needs to know where an exam that was moved goes on. */
export type Whereabouts = {
  readonly identity: StationIdentity;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly ledger: Ledger<SittingEvent>;
  readonly arrivals: Arrivals;
  readonly departures: Departures;
  readonly knownMoves: KnownMoves;
};

/** What sittings leave and go on with. */
export type Moving = Whereabouts & {
  readonly seat: CurrentSitting;
  /** Where the page is shown. */
  readonly host: Host;
  /**
   * Tells the center that a sitting is about to go on here, under this grant where it is another firm's.
   * @returns the station that said so first
   * @throws where nobody answers
   */
  readonly claim: (sitting: SittingId, grant?: GrantId) => Promise<StationId>;
  /** Asks the center whether an exam may begin here, under this grant where it is another firm's. @throws where nobody answers */
  readonly askToBegin: (beginning: Beginning, grant?: GrantId) => Promise<BeginningReply>;
  /** Something is ready to go up. */
  readonly onReady: () => void;
  readonly log: Logger;
};

export type Explained = Proctored & { readonly note: string };

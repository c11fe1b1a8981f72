import type { Instant, Sha256 } from '../../contract/words/ids.ts';
import type { Door } from '../../native/door/index.ts';
import type { CurrentSitting } from '../core/sitting/index.ts';
import type { BankStore } from '../keep/banks/index.ts';
import type { CenterTime } from '../keep/center-time/index.ts';
import type { Commands } from '../keep/commands/index.ts';
import type { Studies } from '../keep/learning/index.ts';
import type { MistakeBooks } from '../keep/mistakes/index.ts';
import type { Basis, Outbox } from '../keep/outbox/index.ts';
import type { FormIssuer } from '../keep/papers/index.ts';
import type { Passes } from '../keep/passes/index.ts';
import type { Proctors, UnlockCodes } from '../keep/proctors/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { Moving } from '../moving/index.ts';
import type { Surroundings, Watching } from '../watch/index.ts';
import type { ProctorCall } from './call.ts';
import type { Choosing } from './choosing.ts';
import type { Desks } from './desk.ts';
import type { Rosters } from './sitter.ts';
import type { LastTurnedAway } from './turned-away.ts';

/** What somebody sits down with. */
export type SittingDown = Rosters & Studying & Pick<Moving, 'seat' | 'host'> & Pick<Watching, 'devices'>;

/** What is known of courses that were studied before. */
export type Studying = { readonly banks: BankStore; readonly studies: Studies };

/** What there is to practise with. */
export type Practising = Telling & { readonly mistakes: MistakeBooks };

/** What says whether right answers are told. */
export type Telling = { readonly banks: BankStore; readonly roster: Pick<Roster, 'of'> };

/** What an exam begins with. */
export type Unlocking = Moving &
  SittingDown &
  Practising & {
    readonly forms: FormIssuer;
    readonly codes: UnlockCodes;
    readonly surroundings: Surroundings;
    readonly centerTime: CenterTime;
    /** Asks the center what time it is. @throws Refusal where it does not answer, or not to this question */
    readonly askTime: (nonce: Sha256) => Promise<SignedTime>;
  };

/** What time it was at the center, and what it signed of that. */
export type SignedTime = { readonly at: Instant; readonly token: string };

/** What a proctor acts with. */
export type Proctoring = Unlocking & {
  readonly proctors: Proctors;
  readonly turnedAway: LastTurnedAway;
  readonly desks: Desks;
  /** Whoever has several things to do here. */
  readonly choosing: Choosing;
  /** Whether whoever sits here asks for a proctor. */
  readonly call: ProctorCall;
  /** Ends the kiosk; there is nothing to end elsewhere. */
  readonly leaveKiosk?: (() => void) | undefined;
};

/** What a proctor acts with from elsewhere. */
export type RemoteProctoring = Unlocking & {
  readonly commands: Commands;
  readonly proctors: Pick<Proctors, 'vouchedFor'>;
};

/** What a sitting is finished with. */
export type Finishing = Practising &
  Studying &
  Pick<Moving, 'seat' | 'identity' | 'ledger' | 'clock' | 'onReady'> & {
    readonly outbox: Outbox;
    /** What judges here. */
    readonly basis: Basis;
  };

/** What a gate is tended with; most stations have none. */
export type Gatekeeping = Pick<Watching, 'seat' | 'log'> & {
  readonly passes: Passes;
  readonly door?: Door | undefined;
};

/** What a visitor's own face is enrolled with. */
export type Enrolling = Pick<Watching, 'camera' | 'engine' | 'roster' | 'devices' | 'thresholds' | 'log'> & {
  readonly seat: CurrentSitting;
};

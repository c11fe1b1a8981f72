import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import type { Instant, Sha256 } from '../../../contract/words/ids.ts';
import type { ReasonCode } from '../../../contract/words/reasons.ts';
import type { Entry } from '../ledger/index.ts';
import type { Continued, JudgedCapture, Jump, SittingEvent } from './events.ts';
import { speaksAgainst } from './speaks-against.ts';

/** A look at check-in that did not let anybody in. */
export type FailedLook = {
  readonly at: Instant;
  readonly outcome: CaptureOutcome;
  readonly reason?: ReasonCode;
  readonly similarity?: number;
  readonly live?: number;
};

/** How a sitting came about, for whoever asks years later what its pictures and its times are worth. */
export type Background = {
  /** Registered photos that the newest look at check-in was compared with. */
  readonly reference: readonly Sha256[];
  /** What judged it: id of the model manifest, where it was looked at. */
  readonly models?: string;
  readonly failed: readonly FailedLook[];
  /** The newest look at check-in, and its line of the ledger. */
  readonly look?: { readonly line: number; readonly capture: JudgedCapture };
  /** Whether anything spoke against somebody being who they say. */
  readonly doubted: boolean;
  readonly jumps: readonly Jump[];
  /** How often the station was started within, and its last start. */
  readonly boots: number;
  readonly boot: string;
  /** When it began: the newest time of the center's that was known, and its line of the ledger. Nothing where nobody wrote that down. */
  readonly begun?: { readonly lower: Instant | null; readonly line: number };
  /** Whether the center granted that it begins. */
  readonly claim?: 'granted' | 'unasked';
  /** What the center signed then. */
  readonly token?: string;
};

/** More would be somebody who sets a clock all day, or looks for an hour: the first ones say that. */
const [MOST_FAILED, MOST_JUMPS] = [50, 100];
/** The same jump is written down twice within that. */
const SAME_MS = 1_000;

export const openBackground = (
  { boot, event }: Pick<Entry<SittingEvent>, 'boot' | 'event'>,
  continues: Continued | undefined,
): Background => ({
  reference: [],
  failed: [],
  doubted: speaksAgainst(event),
  jumps: continues?.jumps ?? [],
  boots: continues?.boots ?? 0,
  boot,
});

export function observe(before: Background, entry: Entry<SittingEvent>): Background {
  const { event, at, boot, sequence } = entry;
  const doubted = before.doubted || speaksAgainst(event);
  const background = { ...before, doubted, boot, boots: before.boots + (boot === before.boot ? 0 : 1) };
  switch (event.type) {
    case 'captured':
      return event.purpose === 'check-in' ? looked(background, event.capture, entry) : background;
    case 'unlocked':
      return event.lower === undefined
        ? background
        : {
            ...jumped(background, event.jumps ?? []),
            begun: { lower: event.lower, line: sequence },
            ...(event.claim ? { claim: event.claim } : {}),
          };
    case 'clock-set':
      return jumped(background, [{ at, ms: event.ms }]);
    case 'time-told':
      return { ...background, token: event.token };
    default:
      return background;
  }
}

/** Those since it was opened are among those since the center was heard. */
function jumped(background: Background, more: readonly Jump[]): Background {
  const known = ({ at, ms }: Jump): boolean =>
    background.jumps.some((one) => one.ms === ms && Math.abs(Date.parse(one.at) - Date.parse(at)) < SAME_MS);
  const fresh = more.filter((one) => !known(one));
  return { ...background, jumps: [...background.jumps, ...fresh].slice(0, MOST_JUMPS) };
}

function looked(
  background: Background,
  capture: JudgedCapture,
  { at, sequence }: Pick<Entry<SittingEvent>, 'at' | 'sequence'>,
): Background {
  const { outcome, reason, similarity, live, models, reference = [] } = capture;
  const failed: FailedLook = {
    ...{ at, outcome },
    ...(reason ? { reason } : {}),
    ...(similarity === undefined ? {} : { similarity }),
    ...(live === undefined ? {} : { live }),
  };
  return {
    ...background,
    reference,
    look: { line: sequence, capture },
    ...(models ? { models } : {}),
    failed: outcome === 'match' ? background.failed : [...background.failed, failed].slice(0, MOST_FAILED),
  };
}

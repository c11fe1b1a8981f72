import type { FromPlayer, ToPlayer } from '../../contract/page/player-messages.ts';
import { type PackageSaid, type PackageState, SUSPEND_MAX } from '../../contract/words/scorm.ts';

export type Opening = Extract<ToPlayer, { kind: 'open' }>;
export type Saying = Omit<Extract<FromPlayer, { kind: 'said' }>, 'kind'>;

/** What a package speaks to, and what it has said so far. */
export type PackageApi = {
  /** The name under which packages look for it. */
  readonly name: 'API' | 'API_1484_11';
  readonly api: object;
  /** @param left nothing more will be said: it was left without an end */
  said(left?: boolean): Saying;
};

/** Nothing is sent anywhere: what a package says is asked of the interface. */
export const QUIET = { autocommit: false, logLevel: 5, enableOfflineSupport: false } as const;

/** Whom a package is told of: their name, and no number. */
export const LEARNER_ID = 'learner';

/** Text as it was set; what is longer than may be kept is not kept. */
export const stateOf = (location: unknown, suspendData: unknown): PackageState => ({
  location: String(location ?? '').slice(0, 1_000),
  suspendData: String(suspendData ?? '').slice(0, SUSPEND_MAX),
});

/** How a package stands. */
type Standing = {
  readonly status: PackageSaid['status'];
  /** Of score and mastery in its own units; nothing where it says none, or its manifest has none. */
  readonly score: unknown;
  readonly mastery: number | undefined;
  /** It has ended, or was left. */
  readonly over: boolean;
};

/**
 * A manifest that says from which score on it is passed is held to it while the package still runs, as the standards have it at
 * its end: what was only seen to its end is not done before there is a score, as long as one may still come.
 */
export function heldToMastery({ status, score, mastery, over }: Standing): PackageSaid['status'] {
  const reached = numberOf(score);
  if (mastery === undefined) return status;
  if (status === 'incomplete') return over && reached !== undefined && reached >= mastery ? 'passed' : status;
  if (reached !== undefined) return reached >= mastery ? 'passed' : 'failed';
  return status === 'completed' && !over ? 'incomplete' : status;
}

/** Of 100, whatever a package counts to. Nothing where it says none, or no number. */
export function percentOf(raw: unknown, min: unknown, max: unknown, scaled?: unknown): Pick<PackageSaid, 'score'> {
  const [of, from, to, share] = [raw, min, max, scaled].map(numberOf);
  const percent =
    share === undefined
      ? of === undefined
        ? undefined
        : ((of - (from ?? 0)) * 100) / ((to ?? 100) - (from ?? 0))
      : share * 100;
  return percent === undefined || !Number.isFinite(percent)
    ? {}
    : { score: Math.round(Math.min(100, Math.max(0, percent)) * 100) / 100 };
}

const numberOf = (text: unknown): number | undefined =>
  text === '' || text === undefined || text === null || !Number.isFinite(Number(text)) ? undefined : Number(text);

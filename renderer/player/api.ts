import type { FromPlayer, ToPlayer } from '../../contract/page/player-messages.ts';
import { type PackageSaid, type PackageState, SUSPEND_MAX } from '../../contract/words/scorm.ts';

export type Opening = Extract<ToPlayer, { kind: 'open' }>;
export type Saying = Omit<Extract<FromPlayer, { kind: 'said' }>, 'kind'>;

/** What a package speaks to, and what it has said so far. */
export type PackageApi = {
  /** The name under which packages look for it. */
  readonly name: 'API' | 'API_1484_11';
  readonly api: object;
  said(): Saying;
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

import { randomBytes } from 'node:crypto';
import type { PublicKey } from '../../contract/words/keys.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Clock } from '../core/clock/index.ts';
import { storeBank } from '../keep/banks/index.ts';
import { behindMs, type CenterTime } from '../keep/center-time/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { Outbox } from '../keep/outbox/index.ts';
import { banksOf, fetchAwaited } from './awaited.ts';
import { openBackOff } from './back-off.ts';
import { openChangeKey } from './change-key.ts';
import { enrolFromPhotos, renewTemplates } from './enrolment/index.ts';
import { type GuestParts, openGuestRounds } from './guest-rounds.ts';
import { openPost, type PostParts } from './post.ts';
import { openTakeUp } from './take-up.ts';

export type Courier = {
  /** Goes now instead of at the next turn: a record is waiting. */
  hurry(): void;
  readonly state: { readonly state: 'ready' | 'starting' | 'failed'; readonly reason?: Reason };
  /** Settles once the roster is here, or the first round over without it. */
  readonly first: Promise<void>;
  /** Settles after the round under way. */
  stop(): Promise<void>;
};

export type CourierParts = Omit<PostParts, 'client'> &
  GuestParts & {
    readonly identity: StationIdentity;
    readonly outbox: Outbox;
    readonly centerTime: CenterTime;
    readonly clock: Clock;
    /** Whether anybody said where the center is. */
    readonly provisioned: boolean;
    readonly enrolmentCode: string | undefined;
    /** The center's published key; without it the first answer is believed. */
    readonly centerKey: PublicKey | undefined;
    readonly stationName: string;
    /** The code was used, now or before: nobody needs it any more. */
    readonly onEnrolled: () => void;
    /** How it is with the center from now on. */
    readonly onState?: (state: Courier['state']) => void;
    /** The center said something. */
    readonly onChange: () => void;
  };

/** What the station has to say and hear, and what takes its time. */
const LOOPS = ['round', 'post', 'awaited'] as const;
type Loop = (typeof LOOPS)[number];
const ROUND_MS = 5_000;
const REFRESH_MS = 60_000;

/**
 * Carries between station and center, round after round: enrols once, brings exams and roster down, takes batches up, and
 * what proctors want of stations either way. It may fail at any step and simply tries again; a sitting never waits for it.
 */
export function startCourier(parts: CourierParts): Courier {
  const { identity, roster, log } = parts;
  const post = openPost(parts);
  const takeUp = openTakeUp(parts);
  const changeKey = openChangeKey(parts);
  const guests = openGuestRounds(parts);
  const [inTime, guestsInTime] = [openBackOff(), openBackOff()];
  const first = Promise.withResolvers<void>();
  let state: Courier['state'] = { state: 'starting' };
  let refreshed = Number.NEGATIVE_INFINITY;
  let guestsRefreshed = Number.NEGATIVE_INFINITY;
  /** Exams may draw from banks since that are not here. */
  let banksDue = false;
  /** Somebody may be on a roster since of whose photo no template was made. */
  let photosDue = false;
  let renewed = false;
  let stopped = false;
  let settled = false;
  /** Which loop was told to hurry while it worked, and how to wake the one that rests. */
  const hurried = new Set<Loop>();
  const wake = new Map<Loop, () => void>();

  /** Until the next turn, or until somebody hurries. */
  const pause = async (loop: Loop): Promise<void> => {
    if (stopped || hurried.delete(loop)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ROUND_MS);
    wake.set(loop, resolve);
    await promise;
    clearTimeout(timer);
    hurried.delete(loop);
  };
  const hurry = (): void => {
    for (const loop of LOOPS) hurried.add(loop);
    for (const resolve of wake.values()) resolve();
  };

  const round = async (): Promise<void> => {
    if (!identity.enrolment) await enrol(parts);
    if (!settled) parts.onEnrolled();
    settled = true;
    // Results go up whatever is wrong with what comes down.
    const problems: unknown[] = [];
    // First what keys there are: a new one signs all that follows, and one that is revoked none of it.
    for (const errand of [
      parts.client.hearOfKeys,
      changeKey,
      fetchWhenDue,
      fetchBanks,
      fetchGuestsWhenDue,
      takeUp,
      askTimeInDoubt,
      makeTemplates,
    ])
      await errand().catch((error: unknown) => problems.push(error));
    if (problems.length > 0) throw problems[0];
  };
  /**
   * What the center signed last may have been by a clock of its own that was wrong, and the clock here may have been set and put
   * right: its answer to a question of today counts.
   */
  const askTimeInDoubt = async (): Promise<void> => {
    const { client, centerTime, clock } = parts;
    const behind = behindMs(clock.wall(), centerTime.newest) > 0;
    if (!behind && centerTime.jumps.length === 0) return;
    try {
      centerTime.told((await client.time(sha256(randomBytes(32)))).at);
    } catch (error) {
      // An older center cannot be asked; then a clock that was set stays one.
      if (behind || !(error instanceof Refusal && error.reason === 'method-unknown')) throw error;
    }
  };
  const isDue = (since: number): boolean => performance.now() - since > REFRESH_MS;
  const fetchWhenDue = async (): Promise<void> => {
    if (!isDue(refreshed) && roster.assignment) return;
    // First what revokes: a proctor or a candidate who is gone is gone, whatever becomes of the rest.
    await inTime(async () => void roster.apply(await parts.client.assignment()));
    banksDue = true;
    photosDue = true;
    refreshed = performance.now();
  };
  const fetchBanks = async (): Promise<void> => {
    if (!banksDue || !(await bringBanks(parts))) return;
    banksDue = false;
    first.resolve();
  };
  const fetchGuestsWhenDue = async (): Promise<void> => {
    if (!isDue(guestsRefreshed) && !guests.isAwaited()) return;
    await guestsInTime(guests.bringDown);
    photosDue = true;
    guestsRefreshed = performance.now();
  };
  /** Last: the networks may take their time to load, and nothing else waits for them. */
  const makeTemplates = async (): Promise<void> => {
    if (!photosDue || parts.busy()) return;
    const engine = await parts.engine();
    const all =
      !engine ||
      ((await enrolFromPhotos({ roster, engine, log }, (hash) => parts.client.photo(hash), parts.busy)) &&
        (await guests.makeTemplates(engine)));
    photosDue = !all;
  };
  /** What needs no center; rounds that fail never come to it. */
  const renew = async (): Promise<void> => {
    const engine = renewed || parts.busy() ? undefined : await parts.engine();
    if (!engine) return;
    for (const guest of [undefined, ...roster.guests()])
      await renewTemplates({ roster: roster.of(guest), engine, log }, parts.busy);
    renewed = !parts.busy();
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      const problem = await round().then(() => undefined, toRefusal);
      if (problem && problem.reason !== state.reason)
        log.warn({ reason: problem.reason, detail: problem.detail }, 'center');
      state = problem ? { state: 'failed', reason: problem.reason } : { state: 'ready' };
      parts.onState?.(state);
      tell();
      first.resolve();
      if (problem) await renew().catch((error) => log.warn({ error: String(error) }, 'templates'));
      if (stopped) return;
      await pause('round');
    }
  };
  const tell = (): void => {
    try {
      parts.onChange();
    } catch (error) {
      log.error({ error: String(error) }, 'nobody could be told of the center');
    }
  };
  /** By itself: a proctor is heard while a large bank comes down. */
  const exchange = async (): Promise<void> => {
    while (!stopped) {
      if (identity.enrolment)
        await post
          .exchange()
          .catch((error) => log.debug({ reason: toRefusal(error).reason }, 'post'))
          .then(tell);
      await pause('post');
    }
  };
  /** By itself: whoever sits here does not wait behind a large bank, or the photos of others. */
  const fetchForSitter = async (): Promise<void> => {
    while (!stopped) {
      if (identity.enrolment)
        await fetchAwaited(parts).catch((error) => log.debug({ reason: toRefusal(error).reason }, 'awaited'));
      await pause('awaited');
    }
  };
  const running = Promise.all([run(), exchange(), fetchForSitter()]);
  return {
    first: first.promise,
    hurry,
    get state() {
      return state;
    },
    async stop() {
      stopped = true;
      hurry();
      await running;
    },
  };
}

const toRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal('internal', String(error));

/** The key before the code: another center must not learn it, for it could enrol a station of its own with it. */
async function enrol(parts: CourierParts): Promise<void> {
  const { client, identity, enrolmentCode, centerKey, stationName } = parts;
  if (!parts.provisioned) throw new Refusal('not-provisioned');
  if (!enrolmentCode) throw new Refusal('code-unknown', 'this station has no enrolment code');
  if (centerKey) await client.mustBe(centerKey);
  const reply = await client.enrol({
    ...{ code: enrolmentCode, name: stationName },
    ...(centerKey ? { centerKey } : {}),
  });
  if (centerKey && reply.centerKey !== centerKey)
    throw new Refusal('center-other', 'the certificate is of another center than the one whose key was given');
  identity.saveEnrolment(reply);
}

/** Whoever sits here must not wait for another's. @returns whether all are here */
async function bringBanks(parts: CourierParts): Promise<boolean> {
  const { client, banks, busy } = parts;
  if (busy()) return false;
  const named = banksOf(parts, undefined);
  banks.usedBy(undefined, named);
  for (const bankId of named) {
    if (banks.has(bankId)) continue;
    if (busy()) return false;
    await storeBank(banks, await client.bank(bankId), (hash) => client.picture(hash));
  }
  return true;
}

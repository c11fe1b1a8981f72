import type { RetentionKind } from '../../contract/platform/retention.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { forgetUntaken } from '../accounts/index.ts';
import { forgetDecided } from '../appeals/index.ts';
import { forgetLooks } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { addJob, type JobKind } from '../jobs/index.ts';
import { countLeft, dropUnusedLinks, someLeft } from '../people/index.ts';
import type { System } from '../tenants/index.ts';
import { type FirmLimit, type Limits, limitsAt } from './due.ts';
import { erasePeople } from './erase-people.ts';
import { heldAt } from './held.ts';
import { noteErasure } from './lines.ts';
import { addToList, type ListedErasure, listed } from './list-file.ts';
import { readFirmRules, readPlatformRules } from './rules.ts';

type At = Pick<Center, 'db' | 'data' | 'now'>;
type Options = {
  /** Asked between two portions. */
  readonly signal?: AbortSignal;
  /** So much goes in one transaction: few enough that whoever else writes waits for none of it long. */
  readonly portion?: number;
};
const PORTION = 200;

/** How many of each were erased. */
export type ErasedCounts = Readonly<Record<RetentionKind, number>>;

/**
 * Erases what the rules of now say, portion by portion: each with its line in the list of erasures and in the audit log, or not at
 * all. Whoever goes on after a crash finds what is left.
 */
export async function eraseDue(actor: System, center: At, options: Options = {}): Promise<ErasedCounts> {
  const now = center.now();
  const limits = await limitsAt(center.db, now);
  const all = { actor, center, now, portion: options.portion ?? PORTION, signal: options.signal };
  return {
    roster: await eraseLeft(all, limits.roster),
    appeals: await eraseAppeals(all, limits.appeals),
    invitations: await eraseInvitations(all, limits.invitations),
    looks: await eraseLooks(all, limits.looks),
  };
}

type All = {
  readonly actor: System;
  readonly center: At;
  readonly now: Date;
  readonly portion: number;
  readonly signal: AbortSignal | undefined;
};

type Portion = { readonly done: number; readonly erased?: readonly ListedErasure[] };

/**
 * Portion after portion, until one has less than it may. Whom it erased comes onto the list behind the commit: what a crash takes
 * from there, the next start adds; somebody on it who is there after all would be erased by it.
 * @returns how much all of them had
 */
async function inPortions({ center, portion, signal }: All, work: (tx: Queries) => Promise<Portion>): Promise<number> {
  let all = 0;
  for (let last = portion; last >= portion; all += last) {
    signal?.throwIfAborted();
    const { done, erased = [] } = await center.db.transaction(work);
    await addToList(center.data, erased);
    last = done;
  }
  return all;
}

async function eraseLeft(all: All, limits: readonly FirmLimit[]): Promise<number> {
  const { actor, center, now, portion } = all;
  if (limits.length === 0) return 0;
  const held = heldAt(now);
  const due = new Set<TenantId>(
    (await countLeft(center.db, limits, held)).flatMap((one) => (one.due > 0 ? [one.tenantId] : [])),
  );
  const erasure = { at: now, by: null, why: 'rule' } as const;
  let count = 0;
  for (const limit of limits.filter(({ tenantId }) => due.has(tenantId))) {
    const { tenantId, months } = limit;
    count += await inPortions(all, async (tx) => {
      const ids = await someLeft(tx, limit, held, portion);
      const erased = await erasePeople({ tx, data: center.data }, tenantId, ids, erasure);
      if (ids.length > 0)
        await noteErasure(actor, tx, { tenantId, kind: 'roster', count: ids.length, months, cause: 'rule', at: now });
      return { done: ids.length, erased: erased.ids.map((candidateId) => listed({ tenantId, candidateId }, erasure)) };
    });
  }
  return count;
}

async function eraseAppeals(all: All, limits: readonly FirmLimit[]): Promise<number> {
  const { actor, now, portion } = all;
  let count = 0;
  for (const limit of limits)
    count += await inPortions(all, async (tx) => {
      const done = await forgetDecided(tx, limit, now, portion);
      const { tenantId, months } = limit;
      if (done > 0)
        await noteErasure(actor, tx, { tenantId, kind: 'appeals', count: done, months, cause: 'rule', at: now });
      return { done };
    });
  return count;
}

async function eraseInvitations(all: All, limit: Limits['invitations']): Promise<number> {
  const { actor, now, portion } = all;
  if (!limit) return 0;
  const { until, months } = limit;
  const each = (drop: (tx: Queries) => Promise<number>) =>
    inPortions(all, async (tx) => {
      const done = await drop(tx);
      if (done > 0)
        await noteErasure(actor, tx, {
          ...{ tenantId: null, kind: 'invitations', count: done, months, cause: 'rule', at: now },
        });
      return { done };
    });
  const accounts = await each((tx) => forgetUntaken(actor, tx, { until, now, most: portion }));
  return accounts + (await each((tx) => dropUnusedLinks(tx, until, portion)));
}

function eraseLooks(all: All, limit: Limits['looks']): Promise<number> {
  const { actor, now, portion } = all;
  if (!limit) return Promise.resolve(0);
  const { until, months } = limit;
  return inPortions(all, async (tx) => {
    let done = 0;
    for (const [tenantId, count] of await forgetLooks(tx, until, now, portion)) {
      await noteErasure(actor, tx, { tenantId, kind: 'looks', count, months, cause: 'rule', at: now });
      done += count;
    }
    return { done };
  });
}

const KIND = 'retention';
const [MOST_TRIES, AGAIN_SECONDS] = [5, 600];

/** How what is due is erased, by whichever center has room. */
export const erasing = (actor: System, center: At): JobKind => ({
  atOnce: 1,
  again: (tries) => (tries < MOST_TRIES ? AGAIN_SECONDS : undefined),
  async run({ signal }) {
    // What waited in line until the morning, or failed until then, comes in the next night.
    if (isNight(center.now())) await eraseDue(actor, center, { signal });
    return undefined;
  },
});

/** China's clock, which has one zone and no summer time; and the hours of the night in which nobody sits. */
const ZONE_MS = 8 * 3_600_000;
const [NIGHT_BEGINS, NIGHT_ENDS] = [2, 6];
const isNight = (at: Date): boolean => {
  const hour = new Date(at.getTime() + ZONE_MS).getUTCHours();
  return hour >= NIGHT_BEGINS && hour < NIGHT_ENDS;
};

/** Has what is due erased once a night, however many centers ask for it; not where nobody has said a rule. */
export async function askForErasing({ db, now }: Pick<Center, 'db' | 'now'>): Promise<void> {
  if (!isNight(now())) return;
  const said = Object.values(await readPlatformRules(db)).some((months) => months !== null);
  if (!said && (await readFirmRules(db)).size === 0) return;
  const day = new Date(now().getTime() + ZONE_MS).toISOString().slice(0, 10);
  await addJob(db, { kind: KIND, asked: {}, once: `${KIND} ${day}` }, now());
}

import type { Logger } from 'pino';
import type { Grant } from '../../contract/records/grants.ts';
import type { Assignment } from '../../contract/station-center/center-api.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { FaceEngine } from '../../native/face/index.ts';
import type { Clock } from '../core/clock/index.ts';
import { type BankStore, storeBank } from '../keep/banks/index.ts';
import type { Grants } from '../keep/grants/index.ts';
import type { Arrivals } from '../keep/moves/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import { type AtCheckIn, banksOf } from './awaited.ts';
import type { CenterClient } from './center-client.ts';
import { enrolFromPhotos } from './enrolment/index.ts';

/** Brings down what firms need that use this station by a grant: each apart, and none keeps another from anything. */
export type GuestRounds = {
  /** Whether a grant has begun of which nothing is here yet, or items were left for when nobody sits here. */
  isAwaited(): boolean;
  /** @throws Refusal the first trouble */
  bringDown(): Promise<void>;
  /** Of the photos of their candidates that have none yet. @returns whether all were looked at @throws Refusal `center-down` where no photo comes */
  makeTemplates(engine: FaceEngine): Promise<boolean>;
};

export type GuestParts = {
  readonly client: CenterClient;
  readonly grants: Grants;
  readonly roster: Roster;
  readonly banks: BankStore;
  readonly clock: Clock;
  /** Templates are made here from roster photos, once the networks are loaded; none where the models are missing. */
  readonly engine: () => Promise<FaceEngine | undefined>;
  /** Whether somebody sits an exam: what takes long (a large bank, photos) then waits. */
  readonly busy: () => boolean;
  readonly arrivals: Pick<Arrivals, 'waiting'>;
  readonly atCheckIn: () => AtCheckIn | undefined;
  readonly log: Logger;
};

export function openGuestRounds(parts: GuestParts): GuestRounds {
  const { client, grants, roster, clock, busy, log } = parts;
  let left = false;
  const running = (): readonly Grant[] => grants.running(clock.wall());
  return {
    isAwaited: () => (left && !busy()) || running().some(({ tenantId }) => !roster.of(tenantId).assignment),
    async bringDown() {
      const given = await client.grants();
      // A center of before there were grants.
      if (!given) return;
      grants.replace(given);
      const troubles: unknown[] = [];
      left = busy();
      for (const [, ofOne] of Map.groupBy(running(), ({ tenantId }) => tenantId))
        await bringGuest(parts, ofOne).catch((error: unknown) => {
          // It has ended, or by the center's clock not begun: no trouble with the center.
          if (error instanceof Refusal && error.reason === 'grant-missing') log.info({ detail: error.detail }, 'grant');
          else troubles.push(error);
        });
      left ||= busy();
      if (troubles.length > 0) throw troubles[0];
    },
    async makeTemplates(engine) {
      for (const { tenantId, id } of running()) {
        const enrolling = { roster: roster.of(tenantId), engine, log };
        if (!(await enrolFromPhotos(enrolling, (hash) => client.photo(hash, id), busy))) return false;
      }
      return true;
    },
  };
}

async function bringGuest(parts: GuestParts, grants: readonly Grant[]): Promise<void> {
  const { client, banks, busy } = parts;
  const told: Assignment[] = [];
  for (const grant of grants) told.push(await client.assignment(grant));
  const [grant] = grants;
  const assignment = joined(told);
  if (!grant || !assignment) return;
  const roster = parts.roster.of(grant.tenantId);
  roster.apply(assignment);
  if (busy()) return;
  const named = banksOf(parts, grant.tenantId);
  banks.usedBy(grant.tenantId, named);
  for (const bankId of named)
    if (!banks.has(bankId) && !busy())
      await storeBank(banks, await client.bank(bankId, grant.id), (hash) => client.picture(hash, grant.id));
  // Said again: the firm may have been erased meanwhile, and what came since is to go as well.
  banks.usedBy(grant.tenantId, named);
}

/** What several grants of one firm cover together, as of the moment of the oldest: what came since counts as not heard of. */
function joined(told: readonly Assignment[]): Assignment | undefined {
  const [first, ...others] = told;
  if (!first || others.length === 0) return first;
  const all = <T extends { readonly id: string }>(of: (one: Assignment) => readonly T[] | undefined): readonly T[] => [
    ...new Map(told.flatMap((one) => of(one) ?? []).map((one) => [one.id, one])).values(),
  ];
  return {
    ...first,
    issuedAt: told.map(({ issuedAt }) => issuedAt).toSorted()[0] ?? first.issuedAt,
    exams: all(({ exams }) => exams),
    candidates: all(({ candidates }) => candidates),
    proctors: all(({ proctors }) => proctors),
    stations: all(({ stations }) => stations),
    sessions: all(({ sessions }) => sessions),
  };
}

import type { Logger } from 'pino';
import type { BankId, GrantId, TenantId } from '../../contract/words/ids.ts';
import type { FaceEngine } from '../../native/face/index.ts';
import type { Clock } from '../core/clock/index.ts';
import { guestOf, type Sitting } from '../core/sitting/index.ts';
import { type BankStore, storeBank } from '../keep/banks/index.ts';
import type { Grants } from '../keep/grants/index.ts';
import type { Arrivals } from '../keep/moves/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { CenterClient } from './center-client.ts';
import { enrolFromPhotosOf } from './enrolment/index.ts';

/** Whoever sits here and has not begun. */
export type AtCheckIn = Pick<Sitting, 'candidateId' | 'tenantId' | 'grant' | 'exam'>;

export type AwaitedParts = {
  readonly client: Pick<CenterClient, 'bank' | 'picture' | 'photo'>;
  readonly roster: Roster;
  readonly banks: BankStore;
  readonly grants: Grants;
  readonly arrivals: Pick<Arrivals, 'waiting'>;
  readonly clock: Pick<Clock, 'wall'>;
  readonly engine: () => Promise<FaceEngine | undefined>;
  readonly atCheckIn: () => AtCheckIn | undefined;
  readonly log: Logger;
};

/**
 * Fetches what somebody waits for, whoever sits here: the photos and the items of whoever is at check-in, and the items of what
 * was moved here. All else yields to a sitting.
 * @throws Refusal the first trouble
 */
export async function fetchAwaited(parts: AwaitedParts): Promise<void> {
  const problems: unknown[] = [];
  const errands = [() => fetchMoved(parts), () => fetchItems(parts), () => fetchPhotos(parts)];
  for (const errand of errands) await errand().catch((error: unknown) => problems.push(error));
  if (problems.length > 0) throw problems[0];
}

async function fetchItems(parts: AwaitedParts): Promise<void> {
  const sitter = parts.atCheckIn();
  if (sitter) await fetchBank(parts, sitter.exam.bankId, guestOf(sitter), sitter.grant);
}

/** By another bank than its exam has today, perhaps: that was changed since it began. */
async function fetchMoved(parts: AwaitedParts): Promise<void> {
  for (const guest of [undefined, ...parts.roster.guests()]) {
    const grant = parts.grants.running(parts.clock.wall()).find(({ tenantId }) => tenantId === guest);
    if (guest && !grant) continue;
    for (const { continues } of parts.arrivals.waiting(guest))
      await fetchBank(parts, continues.form.bankId, guest, grant?.id);
  }
}

async function fetchBank(
  { client, banks, ...parts }: AwaitedParts,
  id: BankId,
  guest: TenantId | undefined,
  grant: GrantId | undefined,
): Promise<void> {
  if (banks.has(id)) return;
  await storeBank(banks, await client.bank(id, grant), (hash) => client.picture(hash, grant));
  // Said as all others are, so that it goes with its firm.
  banks.usedBy(guest, banksOf(parts, guest));
}

/** What a firm's exams draw from, what was moved here by it, and what whoever sits here is asked. */
export function banksOf(
  parts: Pick<AwaitedParts, 'roster' | 'arrivals' | 'atCheckIn'>,
  guest: TenantId | undefined,
): readonly BankId[] {
  const exams = parts.roster.of(guest).assignment?.exams ?? [];
  const sitter = parts.atCheckIn();
  return [
    ...exams.map(({ bankId }) => bankId),
    ...parts.arrivals.waiting(guest).map(({ continues }) => continues.form.bankId),
    ...(sitter && guestOf(sitter) === guest ? [sitter.exam.bankId] : []),
  ];
}

async function fetchPhotos({ client, ...parts }: AwaitedParts): Promise<void> {
  const sitter = parts.atCheckIn();
  const engine = sitter && (await parts.engine());
  if (!sitter || !engine) return;
  const enrolling = { roster: parts.roster.of(guestOf(sitter)), engine, log: parts.log };
  await enrolFromPhotosOf(enrolling, sitter.candidateId, (hash) => client.photo(hash, sitter.grant));
}

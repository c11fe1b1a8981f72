import { z } from 'zod';
import type { PutCandidate } from '../../contract/people-center/candidates.ts';
import { CandidateId, type TenantId } from '../../contract/words/ids.ts';
import { isSameName, plainName } from '../../contract/words/person-name.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeId } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';

/** Whoever changes who is who waits for whoever does so already. */
export async function lockRoster(tx: Queries, tenantId: TenantId): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`roster ${tenantId}`]);
}

const Known = z.object({ id: CandidateId, name: z.string(), number: z.string() });

/** What says who somebody is. */
type Said = Pick<PutCandidate, 'id' | 'number' | 'name' | 'idFromNumber' | 'rename'>;

/**
 * Who is meant. A person is one, by whatever id somebody puts them in again under the same number and name; nobody becomes
 * another by an id or a number that is not theirs.
 * @throws Refusal `candidate-other`; its detail has no number, as refusals are written to the log
 */
export async function personOf(tx: Queries, tenantId: TenantId, said: Said): Promise<CandidateId> {
  const { id, number, name, idFromNumber = false, rename = false } = said;
  const sql = 'SELECT id, name, number FROM candidates WHERE tenant_id = $1 AND (id = $2 OR number = $3)';
  const known = await select(tx, Known, sql, [tenantId, id, number]);
  const ofNumber = known.find((one) => one.number === number);
  const isTaken = known.some((one) => one.id === id && one.number !== number);
  if (isTaken && !idFromNumber) throw new Refusal('candidate-other', `${id} has another number`);
  const knownById = !idFromNumber && ofNumber?.id === id;
  if (ofNumber && !rename && !knownById && !isSameName(ofNumber.name, name))
    throw new Refusal('candidate-other', `${ofNumber.id} has this number, and another name`);
  // An id that is made of the number tells the number to whoever tries all that there are: nobody new gets one.
  return ofNumber?.id ?? (idFromNumber ? CandidateId.parse(makeId('cd')) : id);
}

/** Whoever has this number, whether or not they have left. */
export async function everWithNumber(
  tx: Queries,
  tenantId: TenantId,
  number: string,
): Promise<CandidateId | undefined> {
  const sql = 'SELECT id, name, number FROM candidates WHERE tenant_id = $1 AND number = $2';
  return (await select(tx, Known, sql, [tenantId, number]))[0]?.id;
}

/** Whether the name of a file, where it has one in Chinese characters, has this one in it. Folders are no part of it. */
export const isNamedIn = (file: string, name: string): boolean => {
  const own = file.split('/').at(-1) ?? '';
  return !/\p{Script=Han}/u.test(own) || plainName(own).includes(plainName(name));
};

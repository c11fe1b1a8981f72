import { z } from 'zod';
import { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';

const Person = z.object({ candidateId: CandidateId, name: z.string(), number: z.string() }).readonly();
export type NumberedPerson = z.infer<typeof Person>;
const OfTenant = z.object({ tenantId: TenantId, ...Person.unwrap().shape });

export type NumberAt = { readonly tenantId: TenantId; readonly number: string };
export const numberKey = ({ tenantId, number }: NumberAt): string => `${tenantId} ${number}`;

/**
 * Who of these is on the roster, or was, for whoever has found out which firms somebody may see: by firm and number, parted by a
 * blank.
 */
export async function peopleOfNumbers(
  db: Queries,
  wanted: readonly NumberAt[],
): Promise<ReadonlyMap<string, NumberedPerson>> {
  const rows = await select(
    db,
    OfTenant,
    `SELECT c.tenant_id AS "tenantId", c.id AS "candidateId", c.name, c.number
     FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS w (tenant_id, number)) w
     JOIN candidates c ON c.tenant_id = w.tenant_id AND c.number = w.number`,
    [wanted.map(({ tenantId }) => tenantId), wanted.map(({ number }) => number)],
  );
  return new Map(rows.map(({ tenantId, ...person }) => [numberKey({ tenantId, number: person.number }), person]));
}

const Made = Person.unwrap().extend({ made: z.string() });

/**
 * The same by ids that another center has made of their numbers, as imports did until 2026-11-27; since then ids are drawn at random, and
 * whoever has one of those is found by nobody. Whoever has such an id by chance, or was given one by hand, is nobody of them.
 */
export async function peopleOfMadeIds(
  db: Queries,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NumberedPerson>> {
  const rows = await select(
    db,
    Made,
    `SELECT * FROM (SELECT c.id AS "candidateId", c.name, c.number,
       'cd_' || left(encode(sha256(convert_to(c.number, 'UTF8')), 'hex'), 16) AS made
     FROM candidates c WHERE c.tenant_id = $1) people WHERE made = ANY($2::text[])`,
    [tenantId, ids],
  );
  return new Map(rows.map(({ made, ...person }) => [made, person]));
}

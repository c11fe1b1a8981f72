import { z } from 'zod';
import type {
  CertificateList,
  CertificateWish,
  ListedCertificate,
  OneCertificate,
  Standing,
} from '../../contract/people-center/certificates.ts';
import { CertificateFacts } from '../../contract/records/certificates.ts';
import { type CertificateNumber, readCertificateNumber } from '../../contract/words/certificate-number.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import { CandidateId, instant, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { idOfNumber } from '../people/index.ts';
import { isSound } from '../results/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** The columns of a certificate, whose row is called `c`. */
export const COLUMNS = `c.facts, c.salt, c.candidate_id AS "candidateId", c.revoked_at AS "revokedAt", c.cause,
  ${isSound('c.tenant_id', 'c.sitting_id')} AS sound`;
export const Row = z.object({
  facts: z.string(),
  salt: z.string(),
  candidateId: CandidateId,
  revokedAt: z.date().nullable(),
  cause: z.string().nullable(),
  sound: z.boolean(),
});
type Row = z.infer<typeof Row>;

export type StoredCertificate = Omit<Row, 'facts'> & { readonly facts: CertificateFacts };
export const read = ({ facts, ...row }: Row): StoredCertificate => ({
  ...row,
  facts: CertificateFacts.parse(JSON.parse(facts)),
});

export function standingOf({ facts, revokedAt, sound }: StoredCertificate, now: Date): Standing {
  if (revokedAt) return 'revoked';
  if (facts.expiresAt !== null && facts.expiresAt <= now.toISOString()) return 'expired';
  return sound ? 'valid' : 'suspended';
}

const PAGE = 50;
const DAY_MS = 24 * 3_600_000;

/** One page of a firm's certificates, by number, person or name; the newest first, or the next to expire. */
export async function listCertificates(
  actor: Reader,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  wish: CertificateWish,
): Promise<CertificateList> {
  mustRead(actor, tenantId);
  const at = now();
  const { sql, params } = conditionsOf(tenantId, wish, await foundBy(actor, db, tenantId, wish.q), at);
  const rows = (await select(db, Row, sql, params)).map(read);
  const last = rows.length === PAGE ? rows.at(-1)?.facts : undefined;
  const next = last && (wish.within === undefined ? String(last.place) : `${last.expiresAt} ${last.place}`);
  return { certificates: rows.map((row) => listed(row, at)), next: next ?? null };
}

type Found = { readonly number?: CertificateNumber; readonly candidateId?: CandidateId; readonly name?: string };

async function foundBy(actor: Reader, db: Queries, tenantId: TenantId, q: string | undefined): Promise<Found> {
  if (q === undefined) return {};
  const number = readCertificateNumber(q);
  if (number) return { number };
  const known = parseIdNumber(q);
  if (!known.ok) return { name: q };
  const candidateId = await idOfNumber(actor, db, tenantId, known.id);
  return candidateId ? { candidateId } : { name: q };
}

function conditionsOf(tenantId: TenantId, { examId, within, after }: CertificateWish, found: Found, now: Date) {
  const params: unknown[] = [tenantId, PAGE];
  const given = (value: unknown): string => `$${params.push(value)}`;
  const where = ['c.tenant_id = $1'];
  if (found.number) where.push(`c.number = ${given(found.number)}`);
  if (found.candidateId) where.push(`c.candidate_id = ${given(found.candidateId)}`);
  if (found.name) where.push(`strpos(lower(c.name), lower(${given(found.name)})) > 0`);
  if (examId) where.push(`c.exam_id = ${given(examId)}`);
  if (within !== undefined) {
    const until = new Date(now.getTime() + within * DAY_MS).toISOString();
    where.push('c.revoked_at IS NULL', isSound('c.tenant_id', 'c.sitting_id'));
    where.push(`c.expires_at > ${given(now.toISOString())}`, `c.expires_at <= ${given(until)}`);
  }
  if (after !== undefined) where.push(behind(after, within !== undefined, given));
  const order = within === undefined ? 'c.place DESC' : 'c.expires_at, c.place';
  return {
    sql: `SELECT ${COLUMNS} FROM certificates c WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT $2`,
    params,
  };
}

/** @throws Refusal `bad-message` */
function behind(after: string, byExpiry: boolean, given: (value: unknown) => string): string {
  const [, expiry, place = ''] = after.match(/^(?:(\S{24}) )?(\d{1,15})$/) ?? [];
  const date = expiry === undefined ? undefined : z.iso.datetime().safeParse(expiry).data;
  if (!place || (date !== undefined) !== byExpiry) throw new Refusal('bad-message', 'after is no place in this list');
  return date
    ? `(c.expires_at, c.place) > (${given(date)}::timestamptz, ${given(Number(place))}::bigint)`
    : `c.place < ${given(Number(place))}`;
}

export function listed(row: StoredCertificate, now: Date): ListedCertificate {
  const { number, examId, title, name, ending, passedAt, expiresAt } = row.facts;
  const { candidateId } = row;
  return { number, examId, title, name, ending, passedAt, expiresAt, candidateId, standing: standingOf(row, now) };
}

/** @throws Refusal `certificate-unknown` */
export async function storedCertificate(
  db: Queries,
  tenantId: TenantId,
  number: CertificateNumber,
): Promise<StoredCertificate> {
  const sql = `SELECT ${COLUMNS} FROM certificates c WHERE c.tenant_id = $1 AND c.number = $2`;
  const row = await selectOne(db, Row, sql, [tenantId, number]);
  if (!row) throw new Refusal('certificate-unknown', number);
  return read(row);
}

/** All that the firm has to know of one. @throws Refusal `certificate-unknown` */
export async function readCertificate(
  actor: Reader,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  number: CertificateNumber,
): Promise<OneCertificate> {
  mustRead(actor, tenantId);
  const stored = await storedCertificate(db, tenantId, number);
  const { salt, revokedAt, cause } = stored;
  const revoked = revokedAt && { at: instant(revokedAt), cause: cause ?? '' };
  return { ...listed(stored, now()), issuedAt: stored.facts.issuedAt, salt, revoked };
}

import { z } from 'zod';
import {
  type CertificatesWish,
  REVOKE_CERTIFICATES,
  SEE_CERTIFICATES,
  type SeenCertificate,
  type WholeCertificate,
} from '../../contract/platform/certificates.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { CertificateFacts } from '../../contract/records/certificates.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { type CertificateNumber, readCertificateNumber } from '../../contract/words/certificate-number.ts';
import { instant, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { firmsWithin, type OrganisationPlace, placeOfTenant } from '../organisations/index.ts';
import { type ActingAccount, type Operator, reaches, standingAt, type Visitor } from '../tenants/index.ts';
import { listed, Row, read, type StoredCertificate, storedCertificate } from './reading.ts';
import { foundBy } from './search.ts';
import { type Behind, withinQuery } from './within-query.ts';

/** When the last one ends, in a list of those that end soon; and its place. */
const After = z.union([z.tuple([AskedInstant, z.int()]), z.tuple([z.int()])]);

/** Certificates of the firms within reach. That somebody looked is written down before they see them. */
export async function listCertificatesWithin(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  wish: CertificatesWish,
): Promise<{ readonly rows: readonly SeenCertificate[]; readonly next: Cursor | null }> {
  const firms = await firmsWithin(actor, db, SEE_CERTIFICATES, { below: wish.below, name: wish.firm });
  const tenantIds = firms.map(({ tenantId }) => tenantId);
  const only = tenantIds.length === 1 ? (tenantIds[0] ?? null) : null;
  await noteDone(actor, db, { tenantId: only, what: 'looked', subject: { kind: 'list', id: 'certificates' } });
  const [at, found] = [now(), await foundBy(db, tenantIds, wish.q)];
  const { sql, params } = withinQuery({ tenantIds, wish, found, after: afterOf(wish), now: at });
  const rows = (await select(db, Row, sql, params)).map(read);
  const [page, last] = [rows.slice(0, wish.size), rows.slice(0, wish.size).at(-1)?.facts];
  const byTenant = new Map(firms.map((firm) => [firm.tenantId, firm]));
  return {
    rows: page.flatMap((row) => {
      const firm = byTenant.get(row.facts.tenantId);
      return firm ? [{ ...listed(row, at), organisationId: firm.id, firm: firm.name }] : [];
    }),
    next: last && rows.length > wish.size ? cursorOf(placeIn(wish, last)) : null,
  };
}

const placeIn = ({ within }: CertificatesWish, { expiresAt, place }: CertificateFacts): readonly (string | number)[] =>
  within === undefined || expiresAt === null ? [place] : [expiresAt, place];

/** @throws Refusal `bad-message` */
function afterOf({ after, within }: CertificatesWish): Behind | undefined {
  if (!after) return undefined;
  const read = readCursor(after, After);
  if ((read.length === 2) !== (within !== undefined)) throw new Refusal('bad-message', 'after: of another list');
  return read.length === 2 ? { expiry: read[0], place: read[1] } : { expiry: null, place: read[0] };
}

const Whose = z.object({ tenantId: TenantId });

/** A certificate that somebody may see, and what they are to its firm. */
type Seen = {
  readonly stored: StoredCertificate;
  readonly tenantId: TenantId;
  readonly place: OrganisationPlace;
  readonly standing: Operator | Visitor;
};

/** @throws Refusal `certificate-unknown` where there is none, or it lies beyond reach: which of the two, nobody is told */
async function seen(actor: ActingAccount, db: Queries, typed: string): Promise<Seen> {
  if (actor.kind !== 'account') throw new Refusal('unauthorised', 'this is for accounts');
  const unknown = new Refusal('certificate-unknown', 'no such certificate within reach');
  const number = readCertificateNumber(typed);
  const whose =
    number &&
    (await selectOne(db, Whose, 'SELECT tenant_id AS "tenantId" FROM certificates WHERE number = $1', [number]));
  if (!whose) throw unknown;
  const { tenantId } = whose;
  const place = await placeOfTenant(db, tenantId);
  const standing = reaches(actor, place.path, ...SEE_CERTIFICATES)
    ? standingAt(actor, { tenantId, path: place.path })
    : undefined;
  if (!standing) throw unknown;
  return { stored: await storedCertificate(db, tenantId, number), tenantId, place, standing };
}

/** @throws Refusal `certificate-unknown` */
export async function readCertificateWithin(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  number: string,
): Promise<WholeCertificate> {
  const { stored, tenantId, place, standing } = await seen(actor, db, number);
  const { facts, salt, revokedAt, cause } = stored;
  await noteLook(actor, db, tenantId, facts.number);
  const row = listed(stored, now());
  return {
    ...{ ...row, organisationId: place.id, firm: place.name },
    ...{ issuedAt: facts.issuedAt, sittingId: facts.sittingId, logIndex: facts.logIndex },
    revoked: revokedAt && { at: instant(revokedAt), cause: cause ?? '' },
    page: `/certificates/${facts.number}`,
    salt: standing.kind === 'operator' ? salt : null,
    mayRevoke: row.standing !== 'revoked' && reaches(actor, place.path, ...REVOKE_CERTIFICATES),
  };
}

const noteLook = (actor: ActingAccount, db: Queries, tenantId: TenantId, number: CertificateNumber): Promise<void> =>
  noteDone(actor, db, { tenantId, what: 'looked', subject: { kind: 'list', id: `certificate ${number}` } });

/**
 * Of one that may be given out, whose it is: its files are drawn for them. That somebody has it is written down.
 * @throws Refusal `certificate-unknown`
 */
export async function certificateToGive(actor: ActingAccount, { db }: Pick<Center, 'db'>, number: string) {
  const { stored, tenantId, standing } = await seen(actor, db, number);
  await noteLook(actor, db, tenantId, stored.facts.number);
  return { tenantId, standing, number: stored.facts.number };
}

/** For whoever ends one: whose it is. @throws Refusal `certificate-unknown`, `unauthorised` where they see it and end nothing */
export async function certificateToEnd(actor: ActingAccount, db: Queries, number: string) {
  const { stored, tenantId, place } = await seen(actor, db, number);
  if (!reaches(actor, place.path, ...REVOKE_CERTIFICATES))
    throw new Refusal('unauthorised', 'this is for its firm and for inspectors');
  return { tenantId, number: stored.facts.number };
}

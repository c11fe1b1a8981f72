import { z } from 'zod';
import { KnownCenter } from '../../contract/platform/told-results.ts';
import { instant, type OrganisationId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWeakKey, keyId } from '../../proof/index.ts';
import { changing, type Deed } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { placesOf, ROOT } from '../organisations/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';

const Row = KnownCenter.unwrap().omit({ vendor: true }).extend({ namedAt: z.date(), endedAt: z.date().nullable() });

/** Other centers of this program, by their root keys: those that count, and those that did. */
export async function listCenters(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
): Promise<{ readonly centers: readonly KnownCenter[] }> {
  mustBeSomewhere(actor);
  const rows = await select(
    db,
    Row,
    `SELECT key, vendor_id AS "vendorId", named_by AS "namedBy", named_at AS "namedAt", ended_at AS "endedAt"
     FROM told_centers ORDER BY named_at, key`,
  );
  const places = await placesOf(
    db,
    rows.map(({ vendorId }) => vendorId),
  );
  return {
    centers: rows.map(({ namedAt, endedAt, ...row }) => ({
      ...row,
      vendor: places.get(row.vendorId)?.name ?? '',
      namedAt: instant(namedAt),
      endedAt: endedAt && instant(endedAt),
    })),
  };
}

function mustBeSomewhere({ roles }: ActingAccount): void {
  if (!roles.some(({ role }) => role === 'platform' || role === 'bureau' || role === 'inspector'))
    throw new Refusal('unauthorised', 'this is for other roles');
}

/** Under which keys results of a vendor's centers are taken. */
export async function knownKeys(db: Queries, vendorId: OrganisationId): Promise<readonly PublicKey[]> {
  const sql = 'SELECT key FROM told_centers WHERE vendor_id = $1 AND ended_at IS NULL';
  return (await select(db, z.object({ key: PublicKey }), sql, [vendorId])).map(({ key }) => key);
}

/**
 * Has results taken that a vendor's center has proven. A key that had ended may be named again, for the same vendor.
 * @throws Refusal `unauthorised`, `organisation-unknown`, `organisation-misplaced`, `key-weak`, `center-key-ours`,
 * `center-key-taken`
 */
export async function nameCenter(
  actor: ActingAccount,
  { db, keys, now }: Pick<Center, 'db' | 'keys' | 'now'>,
  { vendorId, key }: { readonly vendorId: OrganisationId; readonly key: PublicKey },
): Promise<void> {
  await mustRunPlatform(actor, db);
  if (isWeakKey(key)) throw new Refusal('key-weak', 'anybody can sign with it');
  if (key === keys.root) throw new Refusal('center-key-ours');
  const vendor = (await placesOf(db, [vendorId])).get(vendorId);
  if (!vendor) throw new Refusal('organisation-unknown');
  if (vendor.kind !== 'vendor' && vendor.kind !== 'agency') throw new Refusal('organisation-misplaced');
  await changing(actor, db, deed('told-center-named', key), stateOf(key), async (tx) => {
    const named = await tx.query(
      `INSERT INTO told_centers AS c (key, vendor_id, named_by, named_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (key) DO UPDATE SET ended_at = NULL, named_by = excluded.named_by, named_at = excluded.named_at
       WHERE c.vendor_id = excluded.vendor_id AND c.ended_at IS NOT NULL RETURNING key`,
      [key, vendorId, actor.name, now().toISOString()],
    );
    if (named.length === 0) throw new Refusal('center-key-taken');
  });
}

/** Takes no more under a key; what came before stays. @throws Refusal `unauthorised`, `center-key-unknown` */
export async function endCenter(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  key: PublicKey,
): Promise<void> {
  await mustRunPlatform(actor, db);
  await changing(actor, db, deed('told-center-ended', key), stateOf(key), async (tx) => {
    const sql = 'UPDATE told_centers SET ended_at = $2 WHERE key = $1 AND ended_at IS NULL RETURNING key';
    if ((await tx.query(sql, [key, now().toISOString()])).length === 0) throw new Refusal('center-key-unknown');
  });
}

async function mustRunPlatform(actor: ActingAccount, db: Queries): Promise<void> {
  const root = (await placesOf(db, [ROOT])).get(ROOT);
  if (!root) throw new Refusal('organisation-unknown');
  mustReach(actor, root.path, 'platform');
}

const deed = (what: Deed['what'], key: PublicKey): Deed => ({
  ...{ tenantId: null, what, subject: { kind: 'center-key', id: keyId(key) } },
});
const stateOf = (key: PublicKey) => async (tx: Queries) =>
  (await tx.query('SELECT key, vendor_id, ended_at FROM told_centers WHERE key = $1 FOR NO KEY UPDATE', [key]))[0];

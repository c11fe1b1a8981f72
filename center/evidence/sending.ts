import { z } from 'zod';
import type { EvidenceMail } from '../../contract/records/evidence.ts';
import { MOST_EVIDENCE_BYTES } from '../../contract/records/evidence.ts';
import type { EvidenceAnswer } from '../../contract/station-center/center-api.ts';
import { EvidenceWishId, Sha256, SittingId, TenantId } from '../../contract/words/ids.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { readEvidence } from '../../proof/sealed/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { keptSince } from './asking.ts';

/** What a station is to send of which it has said nothing yet, of whichever firm the sitting was; the oldest first. */
export async function evidenceFor(
  { id, grant }: ActingStation,
  { db, now }: Pick<Center, 'db' | 'now'>,
): Promise<readonly EvidenceMail[]> {
  // It hears of all of them as itself: a grant may be over.
  if (grant) return [];
  return select(
    db,
    z.object({ wish: z.string(), key: z.string() }),
    `SELECT w.jws AS wish, k.jws AS key FROM evidence_wishes w JOIN inspector_keys k ON k.key = w.key
     WHERE w.station_id = $1 AND w.heard_at IS NULL AND w.expires_at > $2 ORDER BY w.asked_at, w.id LIMIT 100`,
    [id, now().toISOString()],
  );
}

const Asked = z.object({
  id: EvidenceWishId,
  tenantId: TenantId,
  sittingId: SittingId,
  key: ExchangeKey,
  jws: z.string(),
  heard: z.boolean(),
});
type Asked = z.infer<typeof Asked>;

/**
 * Takes what a station says of a wish. Sent again it changes nothing: the first list, and the first of each picture, stand.
 * @throws Refusal `evidence-unknown` where this station is asked for nothing of the kind (any more), `bad-message` where a file is
 * another than was asked for, `signature-invalid`
 */
export async function takeEvidence(
  station: ActingStation,
  center: Center,
  id: EvidenceWishId,
  answer: EvidenceAnswer,
): Promise<void> {
  const { now } = center;
  await center.db.transaction(async (tx) => {
    const asked = await selectOne(
      tx,
      Asked,
      `SELECT id, tenant_id AS "tenantId", sitting_id AS "sittingId", key, jws, heard_at IS NOT NULL AS heard
       FROM evidence_wishes WHERE id = $1 AND station_id = $2 AND asked_at > $3 FOR UPDATE`,
      [id, station.id, keptSince(now()).toISOString()],
    );
    if (!asked) throw new Refusal('evidence-unknown', id);
    if (answer.kind === 'picture') return keep(tx, center, station, asked, answer);
    if (answer.kind === 'erased')
      return void (await tx.query(
        'UPDATE evidence_pictures SET erased = true WHERE wish_id = $1 AND taken_of = $2 AND bytes IS NULL',
        [id, answer.of],
      ));
    if (asked.heard) return;
    const refused = answer.kind === 'refused' ? answer.reason : null;
    await tx.query('UPDATE evidence_wishes SET heard_at = $2, refused = $3 WHERE id = $1', [
      ...[id, now().toISOString(), refused],
    ]);
    const pictures = answer.kind === 'list' ? answer.pictures : [];
    await tx.query(
      `INSERT INTO evidence_pictures (tenant_id, wish_id, taken_of, picture)
       SELECT $1, $2, p.taken_of, p.picture FROM unnest($3::text[], $4::text[]) AS p (taken_of, picture)
       ON CONFLICT (wish_id, taken_of) DO NOTHING`,
      [asked.tenantId, id, pictures.map(({ of }) => of), pictures.map(({ picture }) => picture)],
    );
  });
}

/** What nobody here can open, held to what was asked for: it is what the station of this wish sealed to the key of the wish. */
async function keep(
  tx: Queries,
  { keys, now }: Pick<Center, 'keys' | 'now'>,
  station: ActingStation,
  { id, jws, key, sittingId, tenantId }: Asked,
  { of, file }: Extract<EvidenceAnswer, { kind: 'picture' }>,
): Promise<void> {
  const bytes = Buffer.from(file, 'base64');
  if (bytes.length > MOST_EVIDENCE_BYTES) throw new Refusal('bad-message', `${MOST_EVIDENCE_BYTES} bytes at most`);
  const listed = await selectOne(
    tx,
    z.object({ picture: Sha256 }),
    'SELECT picture FROM evidence_pictures WHERE wish_id = $1 AND taken_of = $2',
    [id, of],
  );
  if (!listed) throw new Refusal('evidence-unknown', `no picture of ${of} was said to be there`);
  const { manifest } = readEvidence(bytes, keys);
  const meant = { wish: sha256(jws), key, sittingId, tenantId, of, stationId: station.id, picture: listed.picture };
  const other = Object.entries(meant).find(([name, value]) => manifest[name as keyof typeof meant] !== value);
  if (other) throw new Refusal('bad-message', `it is for another ${other[0]}`);
  await tx.query(
    `UPDATE evidence_pictures SET bytes = $3, came_at = $4
     WHERE wish_id = $1 AND taken_of = $2 AND bytes IS NULL AND NOT erased`,
    [id, of, bytes, now().toISOString()],
  );
}

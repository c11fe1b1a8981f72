import type { BankUploadId, Sha256, TenantId } from '../../contract/words/ids.ts';
import { hasFewPixels } from '../../contract/words/picture-size.ts';
import { PICTURE_MAX_BYTES } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { pictureKey, readPictureOf } from './kept.ts';
import { mustBeRead, mustHaveUpload } from './uploads.ts';

type At = Pick<Center, 'db' | 'objects'>;

/** More than that nobody adds to one file by hand. */
const MOST_PICTURES = 20_000;

/**
 * A picture for a row that is being mended; of no other upload, and of no bank before that is taken over.
 * @throws Refusal `bank-upload-unknown`, `bank-upload-unread`, `picture-unreadable`, `objects-away`
 */
export async function addUploadPicture(
  actor: Manager,
  { db, objects }: At,
  tenantId: TenantId,
  { id, bytes }: { readonly id: BankUploadId; readonly bytes: Uint8Array },
): Promise<Sha256> {
  mustManage(actor, tenantId);
  if (bytes.length > PICTURE_MAX_BYTES || !hasFewPixels(bytes)) throw new Refusal('picture-unreadable');
  const { hashes } = await mustBeRead(db, tenantId, id);
  if (hashes.length >= MOST_PICTURES) throw new Refusal('picture-unreadable', 'there are too many');
  const hash = sha256(bytes);
  await objects.put(pictureKey(id, hash), bytes);
  await db.query(
    `UPDATE bank_uploads SET picture_hashes = array_append(picture_hashes, $3)
     WHERE tenant_id = $1 AND id = $2 AND NOT ($3 = ANY(picture_hashes))`,
    [tenantId, id, hash],
  );
  return hash;
}

/** @throws Refusal `bank-upload-unknown`, `picture-missing` */
export async function uploadPicture(
  actor: Manager,
  { db, objects }: At,
  tenantId: TenantId,
  { id, hash }: { readonly id: BankUploadId; readonly hash: Sha256 },
): Promise<Uint8Array> {
  mustManage(actor, tenantId);
  const { hashes } = await mustHaveUpload(db, tenantId, id);
  const bytes = hashes.includes(hash) ? await readPictureOf(objects, id, hash) : undefined;
  if (!bytes) throw new Refusal('picture-missing');
  return bytes;
}

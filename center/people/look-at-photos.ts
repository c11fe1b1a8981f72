import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { explainPhoto } from '../../messages/photos.ts';
import type { Center, PhotoLook } from '../base/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { type BroughtPhoto, bringPhoto, mustBePhoto } from './photos.ts';

/** A photo as it came, and whether anybody here could look at it. */
export type SeenPhoto = BroughtPhoto & { readonly looked: boolean };

/**
 * Looks at a photo as stations do when they enrol somebody from one: before anything is changed, as it takes its time.
 * @throws Refusal `photo-unreadable`; TryLater where many others wait
 */
export async function lookAtPhoto(
  actor: Manager,
  { photoGate }: Pick<Center, 'photoGate'>,
  tenantId: TenantId,
  bytes: Uint8Array,
): Promise<PhotoLook> {
  mustManage(actor, tenantId);
  mustBePhoto(bytes);
  return photoGate ? photoGate.look(bytes) : { kind: 'unseen' };
}

/**
 * The photos of somebody, all of which would do; they are where the center keeps photos, and nobody’s yet.
 * @param photos in base64
 * @throws Refusal `photo-unreadable`; `photo-unusable`, whose detail says in words which photo, and why; `objects-away`; TryLater
 */
export async function mustBeUsable(
  actor: Manager,
  center: Pick<Center, 'photoGate' | 'objects'>,
  tenantId: TenantId,
  photos: readonly string[],
): Promise<readonly SeenPhoto[]> {
  mustManage(actor, tenantId);
  const seen: SeenPhoto[] = [];
  const wrong: string[] = [];
  for (const [at, photo] of photos.entries()) {
    const bytes = Buffer.from(photo, 'base64');
    const look = await lookAtPhoto(actor, center, tenantId, bytes);
    if (look.kind === 'unusable') wrong.push(`${at + 1}: ${whatIsWrong(look)}`);
    else seen.push({ bytes, looked: look.kind === 'good' });
  }
  if (wrong.length > 0) throw new Refusal('photo-unusable', wrong.join('; '));
  return Promise.all(seen.map(async (one) => ({ ...one, ...(await bringPhoto(center, tenantId, one.bytes)) })));
}

/** In words, each with its code. */
export const whatIsWrong = ({ reasons }: Extract<PhotoLook, { kind: 'unusable' }>): string =>
  reasons.map((reason) => `${explainPhoto(reason, 'zh')} (${reason})`).join('、');

import type { NumberCorrection } from '../../contract/people-center/candidates.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { idOfNumber, putPhotos, stateOfCandidate } from './candidates.ts';
import type { SeenPhoto } from './look-at-photos.ts';
import { everWithNumber, lockRoster } from './person.ts';

/** As it was wished, with photos that were looked at. */
export type Correction = Omit<NumberCorrection, 'photos'> & { readonly photos: 'same' | readonly SeenPhoto[] };

/**
 * Somebody on the roster was registered under a wrong number: they get the right one, and all that they sat stays theirs.
 * @throws Refusal `number-malformed`, `number-checksum`; `not-on-roster` where nobody has the old number; `candidate-other` where
 * somebody has the new one; `photo-unreadable`
 */
export async function correctNumber(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { number, to, reason, photos }: Correction,
): Promise<CandidateId> {
  mustManage(actor, tenantId);
  const parsed = parseIdNumber(to);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  return db.transaction(async (tx) => {
    await lockRoster(tx, tenantId);
    const id = await idOfNumber(actor, tx, tenantId, number);
    if (!id) throw new Refusal('not-on-roster');
    const other = await everWithNumber(tx, tenantId, parsed.id);
    if (other) throw new Refusal('candidate-other', `${other} has this number`);
    const deed = { tenantId, what: 'candidate-number-corrected', subject: { kind: 'candidate', id } } as const;
    await changing(actor, tx, deed, stateOfCandidate(tenantId, id), async () => {
      await tx.query(
        `INSERT INTO candidate_numbers (tenant_id, candidate_id, number, reason, corrected_at)
         SELECT tenant_id, id, number, $3, $4 FROM candidates WHERE tenant_id = $1 AND id = $2`,
        [tenantId, id, reason, now().toISOString()],
      );
      await tx.query('UPDATE candidates SET number = $3 WHERE tenant_id = $1 AND id = $2', [
        ...[tenantId, id, parsed.id],
      ]);
      if (photos !== 'same') await putPhotos(tx, tenantId, id, photos);
    });
    return id;
  });
}

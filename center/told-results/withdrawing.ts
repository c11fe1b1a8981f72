import { z } from 'zod';
import { TELL_RESULTS } from '../../contract/platform/told-results.ts';
import { OrganisationId, TenantId, type ToldImportId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changingMany } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { select, selectOne } from '../database/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type ActingAccount, reaches } from '../tenants/index.ts';
import { deedsOf, stateOfImport } from './storing.ts';

const Import = z.object({ organisationId: OrganisationId, vendorId: OrganisationId, withdrawn: z.boolean() });

/**
 * Takes an import back, whole: of firms too that lie elsewhere by now. Its rows are kept, and say so; who they are of goes where that
 * is nobody who was on a roster, since nothing else would ever erase them.
 * @throws Refusal `told-import-unknown`, `told-import-withdrawn`
 */
export async function withdrawImport(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  id: ToldImportId,
  note: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const sql = `SELECT organisation_id AS "organisationId", vendor_id AS "vendorId", withdrawn_at IS NOT NULL AS withdrawn
      FROM told_imports WHERE id = $1 FOR NO KEY UPDATE`;
    const found = await selectOne(tx, Import, sql, [id]);
    const place = found && (await placesOf(tx, [found.organisationId])).get(found.organisationId);
    if (!place || !reaches(actor, place.path, ...TELL_RESULTS)) throw new Refusal('told-import-unknown');
    if (found.withdrawn) throw new Refusal('told-import-withdrawn');
    const at = now().toISOString();
    const tenants = await select(
      tx,
      z.object({ tenantId: TenantId }),
      'SELECT DISTINCT tenant_id AS "tenantId" FROM told_results WHERE import_id = $1 ORDER BY 1',
      [id],
    );
    const whose = [...(place.tenantId ? [] : [null]), ...tenants.map(({ tenantId }) => tenantId)];
    await changingMany(actor, tx, deedsOf('told-results-withdrawn', id, whose), stateOfImport(id), async (inside) => {
      await inside.query('UPDATE told_results SET withdrawn_at = $2 WHERE import_id = $1', [id, at]);
      await inside.query(
        `UPDATE told_results SET name = NULL, number_hash = NULL, ending = NULL, content = ''
         WHERE import_id = $1 AND candidate_id IS NULL`,
        [id],
      );
      await inside.query(
        'UPDATE told_imports SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_note = $4 WHERE id = $1',
        [id, at, actor.name, note],
      );
    });
  });
}

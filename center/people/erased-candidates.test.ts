import { expect, test } from 'vitest';
import { CandidateId, ExamId, TenantId } from '../../contract/words/ids.ts';
import { openTestCenter } from '../testing/index.ts';
import { storeCandidates } from './candidates.ts';

test('nobody is put back under the id of somebody who was erased', async () => {
  const open = await openTestCenter();
  try {
    const { db } = open.center;
    const [tenantId, id] = [TenantId.parse('tn_demo'), CandidateId.parse('cd_demo-1')];
    await db.query('UPDATE candidates SET erased_at = now(), left_at = now() WHERE id = $1', [id]);
    const back = { id, name: '张示范', number: '110105198001010016', examId: ExamId.parse('ex_demo') };
    await expect(db.transaction((tx) => storeCandidates(tx, tenantId, [back]))).rejects.toMatchObject({
      reason: 'person-erased',
    });
  } finally {
    await open.close();
  }
});

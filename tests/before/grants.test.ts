import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProofFile } from '../../contract/records/batches.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { canonicalJson, verifyProofFile } from '../../proof/index.ts';
import facts from './2026-11-26-grants/facts.json' with { type: 'json' };

/** The first proof file with a grant in it, as `proof/proof.fixture.ts` wrote one on 2026-11-26. */
const bytes = readFileSync(join(import.meta.dirname, '2026-11-26-grants', 'proof.json'));
const centerKey = PublicKey.parse(facts.centerKey);

it('a proof file of a firm that used another one’s station is proven, with its grant', async () => {
  const { ownerId, tenantId, grant: id, from, until } = facts;
  expect(await verifyProofFile(bytes, centerKey)).toMatchObject({
    ok: true,
    summary: {
      ...{ ownerId, tenantId, records: 2, trust: 'pinned', receipt: 'verified' },
      grants: [{ format: 'exam-station/grant@1', id, from, until, exams: ['ex_1'] }],
    },
  });
});

it('and is not with another grant of the same center in the place of its own', async () => {
  const file = ProofFile.parse(JSON.parse(bytes.toString('utf8')));
  const forged = Buffer.from(`${canonicalJson({ ...file, grants: [facts.other] })}\n`);
  expect(await verifyProofFile(forged, centerKey)).toMatchObject({ ok: false, reason: 'grant-invalid' });
});

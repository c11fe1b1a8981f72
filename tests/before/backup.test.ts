import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { proofFileOf, readTotals } from '../../center/results/index.ts';
import { type BackupWish, obeyBackupWish, openCenter, readBackupWish } from '../../center/run/index.ts';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { verifyProofFile } from '../../proof/index.ts';
import { temporaryFolder } from '../kit/folders.ts';
import { copyOfCenter, facts, itsClock } from './kept.ts';

const wish = (...args: readonly string[]) => readBackupWish(args, {}) as BackupWish;
const operator = { kind: 'operator', tenantId: 'tn_demo' as TenantId } as const;

it('backs up a center of then as it is, and brings it back as one of today', async () => {
  const [then, now, secrets] = [copyOfCenter(), temporaryFolder(), temporaryFolder()];
  const passphrase = join(secrets, 'passphrase');
  await writeFile(passphrase, 'written down elsewhere');
  const file = join(secrets, 'backup');
  const sealed = ['--passphrase-file', passphrase];
  const made = await obeyBackupWish(wish('backup', '--to', file, '--with-keys', ...sealed, '--data', then));
  // Nothing of it was changed by looking: it has the schema of then.
  expect(made).toMatchObject({ tables: { records: 1 }, centerKey: facts.centerKey });
  expect((made as { schema: number }).schema).toBeLessThan(61);
  await obeyBackupWish(wish('restore', '--from', file, '--nothing-newer', ...sealed, '--data', now));
  const clock = itsClock();
  const { center, close } = await openCenter({ data: now, now: () => new Date(clock.wall()) });
  onTestFinished(close);
  expect(await readTotals(operator, center.db, operator.tenantId)).toMatchObject({ sittings: 1, passed: 1 });
  const proof = await proofFileOf(operator, center, operator.tenantId, facts.sent.batch as Sha256);
  expect(await verifyProofFile(Buffer.from(proof?.text ?? ''), PublicKey.parse(facts.centerKey))).toMatchObject({
    ok: true,
  });
}, 120_000);

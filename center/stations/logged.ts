import { z } from 'zod';
import { certificateEntry, grantEndEntry, grantEntry } from '../../contract/log/entries.ts';
import { GrantId, instant } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import type { System } from '../tenants/index.ts';

const Certificate = z.object({ jws: z.string() });
const Given = z.object({ id: GrantId, jws: z.string(), endedAt: z.date().nullable() });

/**
 * Logs every certificate, grant and end of a grant there is, the oldest first: those of a center that logged none of them yet. Done
 * once in the life of a center, since each is logged as it is made; what is in the log already stays where it is.
 */
export async function logIssued(_actor: System, center: Center): Promise<void> {
  await center.db.transaction(async (tx) => {
    const first = await tx.query(
      'INSERT INTO issued_logged (id, at) VALUES (1, $1) ON CONFLICT DO NOTHING RETURNING id',
      [center.now().toISOString()],
    );
    if (first.length === 0) return;
    const certificates = await select(
      tx,
      Certificate,
      'SELECT certificate AS jws FROM stations ORDER BY enrolled_at, id',
    );
    const grants = await select(tx, Given, 'SELECT id, jws, ended_at AS "endedAt" FROM grants ORDER BY given_at, id');
    await logEntries(tx, center, [
      ...certificates.map(({ jws }) => certificateEntry(jws)),
      ...grants.map(({ jws }) => grantEntry(jws)),
      ...grants.flatMap(({ id, endedAt }) => (endedAt ? [grantEndEntry(id, instant(endedAt))] : [])),
    ]);
  });
}

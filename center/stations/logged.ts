import { z } from 'zod';
import { certificateEntry, grantEntry } from '../../contract/log/entries.ts';
import type { Center } from '../base/index.ts';
import { select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import type { System } from '../tenants/index.ts';

/**
 * Logs every certificate and grant there is, the oldest first: those of a center that logged none of them yet. Done at each start;
 * what is in the log already stays where it is.
 */
export async function logIssued(_actor: System, center: Center): Promise<void> {
  await center.db.transaction(async (tx) => {
    const issued = z.object({ jws: z.string() });
    const certificates = await select(tx, issued, 'SELECT certificate AS jws FROM stations ORDER BY enrolled_at, id');
    const grants = await select(tx, issued, 'SELECT jws FROM grants ORDER BY given_at, id');
    await logEntries(tx, center, [
      ...certificates.map(({ jws }) => certificateEntry(jws)),
      ...grants.map(({ jws }) => grantEntry(jws)),
    ]);
  });
}

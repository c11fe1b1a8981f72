import { z } from 'zod';
import type { PublicKey } from '../../contract/words/keys.ts';
import { keyId } from '../../proof/index.ts';
import { isNoteName } from '../../proof/transparency/index.ts';
import { type Database, lockStart, type Queries, selectOne } from '../database/index.ts';

/** No statement of ours begins like this, nor one of a witness. */
const TAKEN = /^(exam-station\/|cosignature\/)/;

/**
 * What witnesses know the log by: as the operator said, else by its key. Said once; under another name it would be another log.
 * @throws Error where it had another name before, or this is none
 */
export const openLogName = (db: Database, root: PublicKey, wanted: string | undefined): Promise<string> =>
  db.transaction(async (tx) => {
    await lockStart(tx);
    return nameLog(tx, root, wanted);
  });

async function nameLog(db: Queries, root: PublicKey, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined && (!isNoteName(wanted) || TAKEN.test(wanted)))
    throw new Error(
      `${wanted} is no name of a log: it takes one as log.example.com/exams, without spaces, commas and +`,
    );
  const known = await selectOne(
    db,
    z.object({ name: z.string().nullable() }),
    'SELECT log_origin AS name FROM center WHERE id = 1',
  );
  if (known?.name && wanted !== undefined && wanted !== known.name)
    throw new Error(`this log is called ${known.name}, and witnesses know it by that: it cannot be called ${wanted}`);
  if (known?.name) return known.name;
  const name = wanted ?? `exam-center/${keyId(root)}`;
  await db.query('UPDATE center SET log_origin = $1 WHERE id = 1 AND log_origin IS NULL', [name]);
  return name;
}

import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CosignaturesReply } from '../../contract/log/log-api.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Cosignature, cosignaturesOf, openCheckpointBy } from '../../proof/transparency/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { Stranger } from '../tenants/index.ts';
import { rootAt } from './checkpoints.ts';
import { sizeOf } from './transparency-log.ts';

/**
 * Takes what witnesses say of a checkpoint of ours. Anybody may bring it; what counts is whose signature it is. Brought again,
 * nothing changes.
 * @param note the checkpoint as we signed it, with lines of witnesses below it
 * @throws Refusal `bad-message` where it is no checkpoint of ours, `signature-invalid` where a known witness did not sign it so,
 * `log-forked` where it has our signature and is none of the trees that are here
 */
export async function takeCosignatures(_actor: Stranger, center: Center, note: string): Promise<CosignaturesReply> {
  const { db, logName, keys, witnesses } = center;
  const opened = openCheckpointBy(note, keys);
  if (typeof opened === 'string' || opened.origin !== logName)
    throw new Refusal('bad-message', `no checkpoint of this log: ${typeof opened === 'string' ? opened : 'foreign'}`);
  const size = await sizeOf(db);
  const ours = opened.size <= size ? await rootAt(db, opened.size) : undefined;
  if (!ours || !timingSafeEqual(ours, opened.root))
    throw new Refusal('log-forked', `our key signed another tree of ${opened.size} entries`);
  const said = cosignaturesOf(
    opened.note,
    witnesses.map(({ key }) => key),
  );
  if (said === 'bad') throw new Refusal('signature-invalid', 'a witness did not sign this checkpoint so');
  const taken = await keepCosignatures(db, opened.size, said);
  // One line is ours.
  return { taken, unknown: opened.note.signatures.length - 1 - said.length };
}

/** @returns how many are new */
export async function keepCosignatures(
  db: Queries,
  size: number,
  cosignatures: readonly Cosignature[],
): Promise<number> {
  let taken = 0;
  for (const { witness, line, at } of cosignatures) {
    const rows = await db.query(
      `INSERT INTO cosignatures (size, witness, line, said_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (size, witness) DO NOTHING RETURNING size`,
      [size, `${witness.name}+${witness.keyId}`, line, at.toISOString()],
    );
    taken += rows.length;
  }
  return taken;
}

/** The largest checkpoint that a witness has said something of here; 0 where it has not. */
export async function lastSeenBy(db: Queries, { name, keyId }: Cosignature['witness']): Promise<number> {
  const sql = 'SELECT coalesce(max(size), 0) AS size FROM cosignatures WHERE witness = $1';
  const [row] = await select(db, z.object({ size: z.int() }), sql, [`${name}+${keyId}`]);
  return row?.size ?? 0;
}

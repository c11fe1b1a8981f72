import { z } from 'zod';
import type { LogIdentity, NewestHead } from '../../contract/log/log-api.ts';
import type { TreeHead } from '../../contract/records/batches.ts';
import { instant } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Hash, rootOf } from '../../proof/index.ts';
import { checkpointText, logKey, signCheckpoint, writeNote, writeNoteKey } from '../../proof/transparency/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { Stranger } from '../tenants/index.ts';
import { hex, nodesOf } from './log-nodes.ts';
import { mustGoOn } from './restored.ts';
import { sizeOf } from './transparency-log.ts';

/** How the log is called, and with which key its checkpoints are signed. */
export function logIdentity({ logName, signer }: Center): LogIdentity {
  return { origin: logName, key: writeNoteKey(logKey(logName, signer.publicKey)) };
}

/**
 * The log as it is now, signed.
 * @throws Refusal `log-empty`, `log-restored`
 */
export async function newestHead(_actor: Stranger, { db, signer, now }: Center): Promise<NewestHead> {
  const size = await sizeOf(db);
  if (size === 0) throw new Refusal('log-empty');
  await mustGoOn(db);
  const head: TreeHead = { size, root: hex(await rootAt(db, size)), at: instant(now()) };
  return { treeHead: signer.sign('exam-station/tree-head', head) };
}

export async function rootAt(db: Queries, size: number): Promise<Hash> {
  const { at } = await nodesOf(db, [[0, size]]);
  return rootOf(size, at);
}

/** The newest checkpoint, with what witnesses have said of it so far. */
export const newestCheckpoint = async (_actor: Stranger, center: Center): Promise<string> =>
  checkpointOf(center, await sizeOf(center.db));

/**
 * The checkpoint of a size, signed, with its cosignatures. The same size gives the same text, but for cosignatures that are new.
 */
export async function checkpointOf(center: Center, size: number): Promise<string> {
  const { db, logName, signer } = center;
  const checkpoint = { origin: logName, size, root: await rootAt(db, size) };
  const lines = await cosignaturesOfSize(db, size);
  return writeNote(checkpointText(checkpoint), [signCheckpoint(checkpoint, signer), ...lines]);
}

async function cosignaturesOfSize(db: Queries, size: number): Promise<readonly string[]> {
  const sql = 'SELECT line FROM cosignatures WHERE size = $1 ORDER BY witness';
  return (await select(db, z.object({ line: z.string() }), sql, [size])).map(({ line }) => line);
}

/** The size, no smaller than this, whose checkpoint most witnesses have seen; of several the newest; else the newest there is. */
export async function bestSize(db: Queries, atLeast: number): Promise<number> {
  const now = await sizeOf(db);
  if (atLeast > now) throw new Refusal('log-shorter', `the log has ${now} entries, not ${atLeast}`);
  const [best] = await select(
    db,
    z.object({ size: z.int() }),
    `SELECT size FROM cosignatures WHERE size >= $1 AND size <= $2
     GROUP BY size ORDER BY count(*) DESC, size DESC LIMIT 1`,
    [atLeast, now],
  );
  return best?.size ?? now;
}

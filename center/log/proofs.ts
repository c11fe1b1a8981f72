import { certificateEntry, grantEntry } from '../../contract/log/entries.ts';
import type { ConsistencyReply, LogEvidence } from '../../contract/log/log-api.ts';
import type { LogProof } from '../../contract/records/log-proof.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { consistencyPath, consistencyRanges, type Hash, inclusionPath, inclusionRanges } from '../../proof/index.ts';
import { readTilePath, sealEntry, TILE_HEIGHT, TILE_WIDTH } from '../../proof/transparency/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import type { Stranger } from '../tenants/index.ts';
import { bestSize, checkpointOf } from './checkpoints.ts';
import { indexesOf } from './entries.ts';
import { hex, nodesInRow, nodesOf } from './log-nodes.ts';
import { sizeOf } from './transparency-log.ts';

/**
 * That the first `from` leaves are the beginning of the first `to`.
 * @throws Refusal `bad-message` where `from` is more than `to`, `log-shorter` where the log has no `to` leaves
 */
export async function consistency(
  _actor: Stranger,
  { db }: Center,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ConsistencyReply> {
  if (from > to) throw new Refusal('bad-message', 'from is more than to');
  const size = await sizeOf(db);
  if (to > size) throw new Refusal('log-shorter', `the log has ${size} entries, not ${to}`);
  return { path: (await consistencyHashes(db, from, to)).map(hex) };
}

/** For whoever knows that the log has so many leaves. */
export async function consistencyHashes(db: Queries, from: number, to: number): Promise<readonly Hash[]> {
  const { at } = await nodesOf(db, consistencyRanges(from, to));
  return consistencyPath(from, to, at);
}

/**
 * What a proof file says of the log besides its receipt: of the checkpoint, no smaller than `size`, that most witnesses have seen
 * and that has these leaves; entries, no records.
 * @throws Refusal `log-shorter`, `not-logged` where one of the leaves is no entry
 */
export const logEvidence = (
  _actor: Stranger,
  center: Center,
  { size, leaf }: { readonly size: number; readonly leaf: readonly Sha256[] },
): Promise<LogEvidence> => evidenceOf(center, size, leaf);

/** For whoever may see more than that. @throws Refusal as {@link logEvidence} */
export async function logProofOf(
  center: Center,
  size: number,
  certificate: string,
  grants: readonly string[],
): Promise<LogProof> {
  const entries = [certificateEntry(certificate), ...grants.map(grantEntry)].map(sealEntry);
  const { inclusions, ...shown } = await evidenceOf(
    center,
    size,
    entries.map(({ leaf }) => hex(leaf)),
  );
  const [first, ...others] = inclusions;
  if (!first) throw new Error('the certificate is an entry');
  return { ...shown, certificate: first, grants: others };
}

async function evidenceOf(center: Center, size: number, leaves: readonly Sha256[]): Promise<LogEvidence> {
  const { db } = center;
  const known = await indexesOf(db, leaves);
  const indexes = leaves.map((leaf) => {
    const index = known.get(leaf);
    if (index === undefined) throw new Refusal('not-logged', leaf);
    return index;
  });
  const best = await bestSize(db, Math.max(size, ...indexes.map((index) => index + 1)));
  const ranges = [...consistencyRanges(size, best), ...indexes.flatMap((index) => inclusionRanges(index, best))];
  const { at } = await nodesOf(db, ranges);
  const inclusions = [];
  for (const index of indexes) inclusions.push({ index, path: (await inclusionPath(index, best, at)).map(hex) });
  const path = (await consistencyPath(size, best, at)).map(hex);
  return { checkpoint: await checkpointOf(center, best), consistency: path, inclusions };
}

/**
 * A tile of c2sp.org/tlog-tiles by what follows `/tile/`. Those of entries are not there: entries are results of people.
 * @throws Refusal `method-unknown` where there is none, or not yet
 */
export async function readTile(_actor: Stranger, { db }: Center, path: string): Promise<Uint8Array> {
  const tile = readTilePath(path);
  if (!tile) throw new Refusal('method-unknown', 'this is no tile');
  const { level, index, width } = tile;
  // A node is there once the perfect subtree below it is complete: that is what a tile shows.
  const hashes = await nodesInRow(db, level * TILE_HEIGHT, index * TILE_WIDTH, width);
  if (hashes.length < width) throw new Refusal('method-unknown', 'this tile is not that wide yet');
  return Buffer.concat(hashes);
}

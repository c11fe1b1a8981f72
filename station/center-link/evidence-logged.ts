import { evidenceWishEntry, inspectorKeyEntry } from '../../contract/log/entries.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { keysNow, sha256, verifyConsistency, verifyInclusion } from '../../proof/index.ts';
import { openCheckpointBy, sealEntry } from '../../proof/transparency/index.ts';
import type { Clock } from '../core/clock/index.ts';
import type { SignedWish } from '../keep/evidence-wishes/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { LogHeads, SignedHead } from '../keep/log-heads/index.ts';
import type { LogClient } from './log-client.ts';

export type LoggedParts = {
  readonly logClient: Pick<LogClient, 'evidence'>;
  readonly identity: Pick<StationIdentity, 'centerKeys'>;
  readonly heads: Pick<LogHeads, 'last' | 'hold'>;
  readonly clock: Pick<Clock, 'wall'>;
};

/**
 * Nothing goes out on a word that is in no log: whoever swaps the key of an inspector at the center has to do so for all to see,
 * in the log that this station has watched all along.
 * @param of the wish, and what the center signed of its key
 * @throws Refusal `log-unproven` where no head of the log was seen yet, `not-logged`, `log-forked`; as the client
 */
export async function mustBeInLog(
  { logClient, heads, identity, clock }: LoggedParts,
  of: { readonly wish: SignedWish; readonly key: string },
): Promise<void> {
  const { last } = heads;
  if (!last || !identity.centerKeys) throw new Refusal('log-unproven', 'no head of the log was seen yet');
  const entries = [inspectorKeyEntry(of.key), evidenceWishEntry(sha256(of.wish.jws), of.wish.says.key)].map(sealEntry);
  const shown = await logClient.evidence(
    last.size,
    entries.map(({ leaf }) => hex(leaf)),
  );
  const checkpoint = openCheckpointBy(shown.checkpoint, keysNow(identity.centerKeys, clock.wall()));
  if (typeof checkpoint === 'string') throw new Refusal('center-refused', `no checkpoint: ${checkpoint}`);
  const { size, root } = checkpoint;
  const head: SignedHead = { text: shown.checkpoint, size, root: Sha256.parse(hex(root)), at: null };
  const goesOn = verifyConsistency(
    { size: last.size, root: bytes(last.root) },
    checkpoint,
    shown.consistency.map(bytes),
  );
  // Held, the watch over the log compares it at its next look: what does not go on is kept against whoever signed it.
  if (!goesOn || size > last.size) heads.hold(head);
  if (!goesOn) throw new Refusal('log-forked', `a log of ${size} entries does not go on from ${last.size}`);
  const isIn = entries.map(({ leaf }, at) => {
    const place = shown.inclusions[at];
    return place !== undefined && verifyInclusion(leaf, place.index, size, place.path.map(bytes), root);
  });
  if (isIn.includes(false)) throw new Refusal('not-logged', 'the wish, or the key that it names');
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');

import { canonicalJson, leafHash, type Signer } from '../../proof/index.ts';
import type { Anchor } from '../audit/index.ts';
import { openLog } from '../log/index.ts';

/** Heads of the audit log go into the transparency log as canonical JSON, each a leaf among those of results. */
export const anchorIn =
  (signer: Signer): Anchor =>
  async (tx, entry, now) => {
    const leaf = leafHash(Buffer.from(canonicalJson(entry)));
    const { indexes } = await (await openLog(tx)).append([{ leaf }], signer, now);
    return indexes[0] as number;
  };

import { z } from 'zod';
import type { Receipt, TreeHead } from '../../contract/records/batches.ts';
import { instant } from '../../contract/words/ids.ts';
import { type Hash, inclusionPath, type Node, nodesOnAppend, rootOf, type Signer } from '../../proof/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { hex, type Nodes, nodesOf, saveNodes } from './log-nodes.ts';
import { mustGoOn } from './restored.ts';

export type Appended = { readonly indexes: readonly number[]; readonly treeSize: number; readonly receipt: Receipt };
type Leaf = { readonly leaf: Hash };

/** The log as one transaction sees it, with everybody else kept out. */
export type Log = {
  /** Appends records and says where they are, under a tree head that is signed now. */
  append(entries: readonly Leaf[], signer: Signer, now: Date): Promise<Appended>;
  /** Appends what needs no receipt. @returns the index of each */
  appendQuietly(entries: readonly Leaf[]): Promise<readonly number[]>;
};

/**
 * Opens the log for appending. The row that holds its size stays locked until the transaction ends, so appends follow one
 * another, in this process and in every other on the same database; whatever the transaction reads after this call is
 * as the last append left it.
 */
export async function openLog(tx: Queries): Promise<Log> {
  let size = await sizeOf(tx, 'FOR UPDATE');
  const grow = async (entries: readonly Leaf[]) => {
    const grown = await growBy(tx, size, entries);
    size = grown.treeSize;
    return grown;
  };
  return {
    async append(entries, signer, now) {
      const { indexes, treeSize, nodes } = await grow(entries);
      const head: TreeHead = { size: treeSize, root: hex(await rootOf(treeSize, nodes.at)), at: instant(now) };
      const inclusions = [];
      for (const index of indexes)
        inclusions.push({ index, path: (await inclusionPath(index, treeSize, nodes.at)).map(hex) });
      const treeHead = signer.sign('exam-station/tree-head', head);
      return { indexes, treeSize, receipt: { format: 'exam-station/receipt@1', treeHead, inclusions } };
    },
    appendQuietly: async (entries) => (await grow(entries)).indexes,
  };
}

/** How many leaves the log has. */
export async function sizeOf(db: Queries, lock: 'FOR UPDATE' | '' = ''): Promise<number> {
  const shape = z.object({ size: z.int() });
  const head = await selectOne(db, shape, `SELECT log_size AS size FROM center WHERE id = 1 ${lock}`);
  if (!head) throw new Error('the center row is missing');
  return head.size;
}

/**
 * What the first leaves are made of, its largest perfect trees, is all that anything new is hashed with: the siblings of a new
 * leaf are among them, or new themselves.
 */
async function growBy(
  tx: Queries,
  size: number,
  entries: readonly Leaf[],
): Promise<{ readonly indexes: readonly number[]; readonly treeSize: number; readonly nodes: Nodes }> {
  await mustGoOn(tx);
  const nodes = await nodesOf(tx, [[0, size]]);
  const fresh: Node[] = [];
  for (const [at, { leaf }] of entries.entries()) {
    const made = await nodesOnAppend(size + at, leaf, nodes.at);
    nodes.add(made);
    fresh.push(...made);
  }
  const treeSize = size + entries.length;
  await saveNodes(tx, fresh);
  await tx.query('UPDATE center SET log_size = $1 WHERE id = 1', [treeSize]);
  return { indexes: entries.map((_, at) => size + at), treeSize, nodes };
}

import { z } from 'zod';
import type { Receipt } from '../../contract/records/batches.ts';
import { instant, Sha256 } from '../../contract/words/ids.ts';
import {
  type Hash,
  inclusionPath,
  type NodeAt,
  nodesOnAppend,
  rootOf,
  type SealedText,
  type Signer,
} from '../../proof/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';

export type Appended = { readonly indexes: readonly number[]; readonly treeSize: number; readonly receipt: Receipt };

/** The log as one transaction sees it, with everybody else kept out. */
export type Log = {
  append(entries: readonly Pick<SealedText, 'leaf'>[], signer: Signer, now: Date): Promise<Appended>;
};

/**
 * Opens the log for appending. The row that holds its size stays locked until the transaction ends, so appends follow one
 * another, in this process and in every other on the same database; whatever the transaction reads after this call is
 * as the last append left it.
 */
export async function openLog(tx: Queries): Promise<Log> {
  const head = await selectOne(
    tx,
    z.object({ size: z.int() }),
    'SELECT log_size AS size FROM center WHERE id = 1 FOR UPDATE',
  );
  if (!head) throw new Error('the center row is missing');
  return { append: (entries, signer, now) => append(tx, head.size, entries, signer, now) };
}

async function append(
  tx: Queries,
  size: number,
  entries: readonly Pick<SealedText, 'leaf'>[],
  signer: Signer,
  now: Date,
): Promise<Appended> {
  const nodes = nodesOf(tx);
  const indexes = entries.map((_, at) => size + at);
  for (const [at, { leaf }] of entries.entries()) nodes.add(await nodesOnAppend(size + at, leaf, nodes.at));
  await nodes.save();
  const treeSize = size + entries.length;
  await tx.query('UPDATE center SET log_size = $1 WHERE id = 1', [treeSize]);
  const root = hex(await rootOf(treeSize, nodes.at));
  const treeHead = signer.sign('exam-station/tree-head', { size: treeSize, root, at: instant(now) });
  const inclusions = [];
  for (const index of indexes)
    inclusions.push({ index, path: (await inclusionPath(index, treeSize, nodes.at)).map(hex) });
  return { indexes, treeSize, receipt: { format: 'exam-station/receipt@1', treeHead, inclusions } };
}

type Nodes = {
  readonly at: NodeAt;
  add(nodes: Awaited<ReturnType<typeof nodesOnAppend>>): void;
  save(): Promise<void>;
};

/** Stored nodes and new ones as one; each stored one is fetched once, and an append needs only O(log n) of them. */
function nodesOf(tx: Queries): Nodes {
  const known = new Map<string, Hash>();
  const fresh: { level: number; index: number; hash: Hash }[] = [];
  return {
    async at(level, index) {
      const hash = known.get(`${level}/${index}`) ?? (await readNode(tx, level, index));
      known.set(`${level}/${index}`, hash);
      return hash;
    },
    add(nodes) {
      for (const node of nodes) known.set(`${node.level}/${node.index}`, node.hash);
      fresh.push(...nodes);
    },
    async save() {
      await tx.query(
        `INSERT INTO log_nodes (level, index, hash)
         SELECT n.level, n.index, decode(n.hash, 'hex')
         FROM unnest($1::int[], $2::bigint[], $3::text[]) AS n(level, index, hash)`,
        [fresh.map((node) => node.level), fresh.map((node) => node.index), fresh.map((node) => hex(node.hash))],
      );
    },
  };
}

async function readNode(tx: Queries, level: number, index: number): Promise<Hash> {
  const shape = z.object({ hash: z.instanceof(Uint8Array) });
  const [node] = await select(tx, shape, 'SELECT hash FROM log_nodes WHERE level = $1 AND index = $2', [level, index]);
  if (!node) throw new Error(`log node ${level}/${index} is missing`);
  return node.hash;
}

const hex = (hash: Hash): Sha256 => Sha256.parse(Buffer.from(hash).toString('hex'));

import { z } from 'zod';
import { Sha256 } from '../../contract/words/ids.ts';
import { type Hash, type Node, type NodeAt, type Place, placesOf, type Range } from '../../proof/index.ts';
import { type Queries, select } from '../database/index.ts';

const Stored = z.object({ level: z.int(), index: z.int(), hash: z.instanceof(Uint8Array) });

const keyOf = ({ level, index }: Place): string => `${level}/${index}`;

/** Nodes that are at hand: those that were stored, and those that are to be. */
export type Nodes = { readonly at: NodeAt; add(nodes: readonly Node[]): void };

/**
 * Whatever the heads of these ranges are made of, in one question to the database.
 * @throws Error where a node is missing, later, when it is asked for
 */
export async function nodesOf(db: Queries, ranges: readonly Range[]): Promise<Nodes> {
  const known = new Map<string, Hash>();
  const places = placesOf(ranges);
  const rows = places.length === 0 ? [] : await readNodes(db, places);
  for (const row of rows) known.set(keyOf(row), row.hash);
  return {
    async at(level, index) {
      const hash = known.get(keyOf({ level, index }));
      if (!hash) throw new Error(`log node ${level}/${index} is missing`);
      return hash;
    },
    add(nodes) {
      for (const node of nodes) known.set(keyOf(node), node.hash);
    },
  };
}

const readNodes = (db: Queries, places: readonly Place[]) =>
  select(
    db,
    Stored,
    `SELECT n.level, n.index, n.hash FROM unnest($1::int[], $2::bigint[]) AS wanted(level, index)
     JOIN log_nodes n ON n.level = wanted.level AND n.index = wanted.index`,
    [places.map(({ level }) => level), places.map(({ index }) => index)],
  );

/** Neighbouring nodes of one level, from `start` on; those that are there. */
export async function nodesInRow(db: Queries, level: number, start: number, count: number): Promise<readonly Hash[]> {
  const shape = z.object({ hash: z.instanceof(Uint8Array) });
  const sql = 'SELECT hash FROM log_nodes WHERE level = $1 AND index >= $2 AND index < $3 ORDER BY index';
  return (await select(db, shape, sql, [level, start, start + count])).map(({ hash }) => hash);
}

export async function saveNodes(tx: Queries, nodes: readonly Node[]): Promise<void> {
  await tx.query(
    `INSERT INTO log_nodes (level, index, hash)
     SELECT n.level, n.index, decode(n.hash, 'hex')
     FROM unnest($1::int[], $2::bigint[], $3::text[]) AS n(level, index, hash)`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hex(hash))],
  );
}

export const hex = (hash: Hash): Sha256 => Sha256.parse(Buffer.from(hash).toString('hex'));

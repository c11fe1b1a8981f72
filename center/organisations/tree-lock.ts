import type { Queries } from '../database/index.ts';

/** An arbitrary number that only changes of the tree lock on. */
const TREE_LOCK = 845_280;

/**
 * Nothing is put below a place while that is moved. Taken before anything else of a transaction, until it ends: the audit log,
 * which all wait for, comes last.
 */
export const holdTree = (tx: Queries, how: 'add' | 'move'): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock${how === 'add' ? '_shared' : ''}($1)`, [TREE_LOCK]);

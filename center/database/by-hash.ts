import { z } from 'zod';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { type Queries, selectOne } from './database.ts';

/** Bytes that are kept once for each tenant, under their hash; to another tenant they do not exist. */
export type BytesByHash = {
  add(tx: Queries, tenantId: TenantId, bytes: Uint8Array): Promise<Sha256>;
  read(db: Queries, tenantId: TenantId, hash: Sha256): Promise<Uint8Array | undefined>;
};

const Bytes = z.object({ bytes: z.instanceof(Uint8Array) });

/** @param table of whoever asks, with the columns `tenant_id`, `hash` and `bytes` */
export const bytesByHash = (table: string): BytesByHash => ({
  async add(tx, tenantId, bytes) {
    const hash = sha256(bytes);
    // One whose bytes lay in a store that the center has no more has them in its row from now on.
    const sql = `INSERT INTO ${table} (tenant_id, hash, bytes) VALUES ($1, $2, $3)
      ON CONFLICT (tenant_id, hash) DO UPDATE SET bytes = excluded.bytes WHERE ${table}.bytes IS NULL`;
    await tx.query(sql, [tenantId, hash, bytes]);
    return hash;
  },
  async read(db, tenantId, hash) {
    const sql = `SELECT bytes FROM ${table} WHERE tenant_id = $1 AND hash = $2`;
    return (await selectOne(db, Bytes, sql, [tenantId, hash]))?.bytes;
  },
});

import { z } from 'zod';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { type Queries, selectOne } from '../database/index.ts';

/** Bytes that are kept once for each tenant, under their hash; to another tenant they do not exist. */
type Table = 'photos' | 'pictures';

const Bytes = z.object({ bytes: z.instanceof(Uint8Array) });

export async function addByHash(tx: Queries, table: Table, tenantId: TenantId, bytes: Uint8Array): Promise<Sha256> {
  const hash = sha256(bytes);
  const sql = `INSERT INTO ${table} (tenant_id, hash, bytes) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, hash) DO NOTHING`;
  await tx.query(sql, [tenantId, hash, bytes]);
  return hash;
}

export async function readByHash(
  db: Queries,
  table: Table,
  tenantId: TenantId,
  hash: Sha256,
): Promise<Uint8Array | undefined> {
  const sql = `SELECT bytes FROM ${table} WHERE tenant_id = $1 AND hash = $2`;
  return (await selectOne(db, Bytes, sql, [tenantId, hash]))?.bytes;
}

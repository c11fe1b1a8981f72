import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Audited, AuditHead, AuditLine } from '../../contract/people-center/audit.ts';
import { instant, type Sha256, type TenantId } from '../../contract/words/ids.ts';
import { auditHeadAfter, canonicalJson, hashOf } from '../../proof/index.ts';
import { type Database, inTransaction, type Queries, selectOne } from '../database/index.ts';

/** Whoever does something, as far as the audit log has it. */
export type Doer = {
  readonly kind: string;
  /** Of a proctor or a station. */
  readonly id?: string;
  /** Id of the account that logged in. */
  readonly account?: string | undefined;
  /** Id of the token that was shown. */
  readonly token?: string | undefined;
  readonly address?: string | undefined;
};

/** What is done to what. */
export type Deed = {
  readonly tenantId: TenantId | null;
  readonly what: Audited;
  readonly subject: AuditLine['subject'];
};

/**
 * What a thing is now, in any shape that has a JSON form; `undefined` where it is not there. Read so that nobody else changes it
 * until the transaction ends: what it is after one line, it is before the next.
 */
export type StateOf = (tx: Queries) => Promise<unknown>;

/**
 * Changes something and writes down that it was changed: both, or neither.
 * @param state asked before and after: the line has a hash of each
 */
export function changing<T>(
  actor: Doer,
  db: Queries | Database,
  deed: Deed,
  state: StateOf,
  work: (tx: Queries) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const before = await stateHash(tx, deed, await state(tx));
    const done = await work(tx);
    const after = await stateHash(tx, deed, await state(tx));
    await append(tx, actor, deed, { before, after });
    return done;
  });
}

/** Writes down that something was done which leaves nothing that could be hashed: a look, an export, a command. */
export function noteDone(actor: Doer, db: Queries | Database, deed: Deed): Promise<void> {
  return inTransaction(db, (tx) => append(tx, actor, deed, { before: null, after: null }));
}

/** Writes down who looked at what of a firm's people, before they see it. */
export const lookedAt = (
  actor: Doer & { readonly tenantId: TenantId },
  { db }: { readonly db: Queries | Database },
  list: string,
): Promise<void> =>
  noteDone(actor, db, { tenantId: actor.tenantId, what: 'looked', subject: { kind: 'list', id: list } });

/**
 * The row stays locked until the transaction ends: lines follow one another, in every process on this database. Whatever else
 * a transaction locks, the transparency log above all, it locks before: two that wait for each other come to nothing.
 */
async function append(
  tx: Queries,
  actor: Doer,
  { tenantId, what, subject }: Deed,
  states: Pick<AuditLine, 'before' | 'after'>,
): Promise<void> {
  const last = await selectOne(tx, AuditHead, 'SELECT sequence, head FROM audit_head WHERE id = 1 FOR UPDATE');
  if (!last) throw new Error('the head of the audit log is missing');
  const id = whoDidIt(actor);
  const line = AuditLine.parse({
    ...{ format: 'exam-station/audit@1', sequence: last.sequence + 1, at: instant(new Date()), tenantId },
    actor: { kind: actor.kind, ...(id ? { id } : {}), ...(actor.address ? { address: actor.address } : {}) },
    ...{ what, subject, ...states },
  });
  const hash = hashOf(line);
  const head = auditHeadAfter(last.head, hash);
  await tx.query(
    `INSERT INTO audit_lines (sequence, tenant_id, at, what, actor_id, subject_id, body, hash, head)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [line.sequence, tenantId, line.at, what, id ?? null, subject.id, canonicalJson(line), hash, head],
  );
  await tx.query('UPDATE audit_head SET sequence = $1, head = $2 WHERE id = 1', [line.sequence, head]);
}

/** A program of somebody's is named itself: whose it is, its token says. */
const whoDidIt = ({ kind, id, account, token }: Doer): string | undefined =>
  (kind === 'account' || account ? token : undefined) ?? id ?? account ?? token;

/** The same for the same state of the same thing, so that what was changed behind the log's back shows at the next line. */
async function stateHash(tx: Queries, { tenantId, subject }: Deed, state: unknown): Promise<Sha256 | null> {
  if (state === undefined || state === null) return null;
  const key = [tenantId ?? '', subject.kind, subject.id];
  await tx.query(
    `INSERT INTO audit_salts (tenant_id, kind, subject_id, salt) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, kind, subject_id) DO NOTHING`,
    [...key, randomBytes(16).toString('hex')],
  );
  const sql = 'SELECT salt FROM audit_salts WHERE tenant_id = $1 AND kind = $2 AND subject_id = $3';
  const salt = (await selectOne(tx, z.object({ salt: z.string() }), sql, key))?.salt;
  // Times become text, as they would on a wire.
  return hashOf({ salt, state: JSON.parse(JSON.stringify(state)) });
}

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Audited, AuditHead, AuditLine } from '../../contract/people-center/audit.ts';
import { instant, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { auditHeadAfter, canonicalJson, hashOf } from '../../proof/index.ts';
import { type Database, inTransaction, type Queries, select, selectOne } from '../database/index.ts';

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

/**
 * Changes many things at once, and writes a line for each.
 * @param deeds one for each thing, by the id of its subject
 * @param states of all of them, by the same ids: asked before and after
 */
export function changingMany<T>(
  actor: Doer,
  db: Queries | Database,
  deeds: readonly Deed[],
  states: (tx: Queries) => Promise<ReadonlyMap<string, unknown>>,
  work: (tx: Queries) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const before = await states(tx);
    const done = await work(tx);
    const after = await states(tx);
    await makeSalts(tx, deeds);
    const salts = await saltsOf(tx, deeds);
    const hash = (deed: Deed, state: unknown) => hashOfState(salts.get(keyOf(deed)), state);
    const lines = deeds.map((deed) => {
      const { id } = deed.subject;
      return { deed, states: { before: hash(deed, before.get(id)), after: hash(deed, after.get(id)) } };
    });
    await appendAll(tx, actor, lines);
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

type NewLine = { readonly deed: Deed; readonly states: Pick<AuditLine, 'before' | 'after'> };

const append = (tx: Queries, actor: Doer, deed: Deed, states: NewLine['states']): Promise<void> =>
  appendAll(tx, actor, [{ deed, states }]);

/**
 * The row stays locked until the transaction ends: lines follow one another, in every process on this database. Whatever else
 * a transaction locks, the transparency log above all, it locks before: two that wait for each other come to nothing.
 */
async function appendAll(tx: Queries, actor: Doer, lines: readonly NewLine[]): Promise<void> {
  const last = await selectOne(tx, AuditHead, 'SELECT sequence, head FROM audit_head WHERE id = 1 FOR UPDATE');
  if (!last) throw new Error('the head of the audit log is missing');
  const id = whoDidIt(actor);
  const at = instant(new Date());
  let { sequence, head } = last;
  const rows = lines.map(({ deed: { tenantId, what, subject }, states }) => {
    sequence += 1;
    const line = AuditLine.parse({
      ...{ format: 'exam-station/audit@1', sequence, at, tenantId },
      actor: { kind: actor.kind, ...(id ? { id } : {}), ...(actor.address ? { address: actor.address } : {}) },
      ...{ what, subject, ...states },
      ...(what === 'looked' ? { salt: randomBytes(16).toString('hex') } : {}),
    });
    const hash = hashOf(line);
    head = Sha256.parse(auditHeadAfter(head, hash));
    return { sequence, tenantId, what, subject: subject.id, body: canonicalJson(line), hash, head };
  });
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  await tx.query(
    `INSERT INTO audit_lines (sequence, tenant_id, at, what, actor_id, subject_id, body, hash, head)
     SELECT l.sequence, l.tenant_id, $3, l.what, $4, l.subject_id, l.body, l.hash, l.head
     FROM unnest($1::bigint[], $2::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       AS l (sequence, tenant_id, what, subject_id, body, hash, head)`,
    [
      ...[column('sequence'), column('tenantId'), at, id ?? null, column('what')],
      ...[column('subject'), column('body'), column('hash'), column('head')],
    ],
  );
  await tx.query('UPDATE audit_head SET sequence = $1, head = $2 WHERE id = 1', [sequence, head]);
}

/** A program of somebody's is named itself: whose it is, its token says. */
const whoDidIt = ({ kind, id, account, token }: Doer): string | undefined =>
  (kind === 'account' || account ? token : undefined) ?? id ?? account ?? token;

/** The same for the same state of the same thing, so that what was changed behind the log's back shows at the next line. */
async function stateHash(tx: Queries, deed: Deed, state: unknown): Promise<Sha256 | null> {
  if (state === undefined || state === null) return null;
  await makeSalts(tx, [deed]);
  return hashOfState((await saltsOf(tx, [deed])).get(keyOf(deed)), state);
}

/** Times become text, as they would on a wire. */
const hashOfState = (salt: string | undefined, state: unknown): Sha256 | null =>
  state === undefined || state === null ? null : hashOf({ salt, state: JSON.parse(JSON.stringify(state)) });

const keyOf = ({ tenantId, subject }: Deed): string => [tenantId ?? '', subject.kind, subject.id].join('\0');

/** Three columns of the things that deeds are about. */
const thingsOf = (deeds: readonly Deed[]): readonly (readonly string[])[] => [
  deeds.map(({ tenantId }) => tenantId ?? ''),
  deeds.map(({ subject }) => subject.kind),
  deeds.map(({ subject }) => subject.id),
];

async function makeSalts(tx: Queries, deeds: readonly Deed[]): Promise<void> {
  await tx.query(
    `INSERT INTO audit_salts (tenant_id, kind, subject_id, salt)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
     ON CONFLICT (tenant_id, kind, subject_id) DO NOTHING`,
    [...thingsOf(deeds), deeds.map(() => randomBytes(16).toString('hex'))],
  );
}

const Salt = z.object({ tenant: z.string(), kind: z.string(), id: z.string(), salt: z.string() });

async function saltsOf(tx: Queries, deeds: readonly Deed[]): Promise<ReadonlyMap<string, string>> {
  const rows = await select(
    tx,
    Salt,
    `SELECT s.tenant_id AS tenant, s.kind, s.subject_id AS id, s.salt FROM audit_salts s
     JOIN unnest($1::text[], $2::text[], $3::text[]) AS d (tenant_id, kind, subject_id)
       ON d.tenant_id = s.tenant_id AND d.kind = s.kind AND d.subject_id = s.subject_id`,
    [...thingsOf(deeds)],
  );
  return new Map(rows.map(({ tenant, kind, id, salt }) => [[tenant, kind, id].join('\0'), salt]));
}

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Delivery, HOOK_EVENTS, HOOK_KEEPERS, type Hook, type NewHook } from '../../contract/platform/hooks.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { DeliveryId, HookId, instant, type OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, makeId, readCursor } from '../base/index.ts';
import { type Database, type Queries, select, selectOne } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { addDelivery } from './happened.ts';
import { DELIVERY, DeliveryRow, HOOK, HookRow, shownDelivery, shownHook } from './rows.ts';

type At = Pick<Center, 'db' | 'now'>;

/** An organisation's addresses are its own: whoever is above it has others. @throws Refusal `unauthorised` */
function rolesOf(actor: ActingAccount, id: OrganisationId): readonly Role[] {
  const roles = actor.kind === 'account' ? actor.roles.filter(({ organisationId }) => organisationId === id) : [];
  const keeping = roles.map(({ role }) => role).filter((role) => HOOK_KEEPERS.some((one) => one === role));
  if (keeping.length === 0) throw new Refusal('unauthorised', 'this is not your organisation');
  return keeping;
}

export async function listHooks(
  actor: ActingAccount,
  db: Queries,
  organisationId: OrganisationId,
): Promise<{ readonly hooks: readonly Hook[] }> {
  rolesOf(actor, organisationId);
  const sql = `SELECT ${HOOK} FROM hooks WHERE organisation_id = $1 AND ended_at IS NULL ORDER BY made_at, id`;
  return { hooks: (await select(db, HookRow, sql, [organisationId])).map(shownHook) };
}

/** So many addresses an organisation may have. */
const MOST = 20;

/**
 * @returns what is signed with: told once
 * @throws Refusal `unauthorised`; `not-allowed-now` where there are too many
 */
export function addHook(
  actor: ActingAccount,
  { db, now }: At,
  { organisationId, url, events }: NewHook,
): Promise<{ readonly hook: Hook; readonly secret: string }> {
  const roles = rolesOf(actor, organisationId);
  const wrong = events.find((event) => !HOOK_EVENTS[event].some((role: Role) => roles.includes(role)));
  if (wrong) throw new Refusal('unauthorised', `${wrong} is told to others`);
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const id = HookId.parse(makeId('hk'));
  return db.transaction(async (tx) => {
    if ((await listHooks(actor, tx, organisationId)).hooks.length >= MOST)
      throw new Refusal('not-allowed-now', `${MOST} addresses at most`);
    await tx.query(
      'INSERT INTO hooks (id, organisation_id, url, events, secret, made_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, organisationId, url, [...new Set(events)], secret, now().toISOString()],
    );
    await noteDone(actor, tx, { tenantId: null, what: 'hook-added', subject: { kind: 'hook', id } });
    return { hook: shownHook(await mustHave(actor, tx, id)), secret };
  });
}

/** @throws Refusal `hook-unknown` */
export function endHook(actor: ActingAccount, { db, now }: At, id: HookId): Promise<Hook> {
  return db.transaction(async (tx) => {
    const row = await mustHave(actor, tx, id);
    await tx.query('UPDATE hooks SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [id, now().toISOString()]);
    await noteDone(actor, tx, { tenantId: null, what: 'hook-ended', subject: { kind: 'hook', id } });
    return shownHook(row);
  });
}

/** @throws Refusal `hook-unknown` */
export function testHook(actor: ActingAccount, { db, now }: At, id: HookId): Promise<Delivery> {
  return db.transaction(async (tx) => {
    const { organisationId } = await mustHave(actor, tx, id);
    const data = { organisationId, id: makeId('test') };
    const message = { type: 'test', timestamp: instant(now()), data };
    const delivery = await addDelivery(tx, id, message, now());
    const row = await selectOne(tx, DeliveryRow, `SELECT ${DELIVERY} FROM hook_deliveries WHERE id = $1`, [delivery]);
    return shownDelivery(row as DeliveryRow);
  });
}

const After = z.tuple([AskedInstant, DeliveryId]);

/** @throws Refusal `hook-unknown` */
export async function listDeliveries(
  actor: ActingAccount,
  db: Database,
  id: HookId,
  { after, size }: { readonly after?: Cursor | undefined; readonly size: number },
): Promise<{ readonly rows: readonly Delivery[]; readonly next: Cursor | null }> {
  await mustHave(actor, db, id);
  const [at, last] = after ? readCursor(after, After) : [null, null];
  const rows = await select(
    db,
    DeliveryRow,
    `SELECT ${DELIVERY} FROM hook_deliveries WHERE hook_id = $1
       AND ($2::timestamptz IS NULL OR (made_at, id) < ($2::timestamptz, $3::text))
     ORDER BY made_at DESC, id DESC LIMIT $4`,
    [id, at, last, size + 1],
  );
  const page = rows.slice(0, size);
  const end = page.at(-1);
  return {
    rows: page.map(shownDelivery),
    next: end && rows.length > size ? cursorOf([instant(end.madeAt), end.id]) : null,
  };
}

/** What is another's is not there. @throws Refusal `hook-unknown` */
async function mustHave(actor: ActingAccount, db: Queries, id: HookId): Promise<HookRow> {
  const row = await selectOne(db, HookRow, `SELECT ${HOOK} FROM hooks WHERE id = $1 AND ended_at IS NULL`, [id]);
  if (!row || actor.kind !== 'account' || !actor.roles.some(({ organisationId: at }) => at === row.organisationId))
    throw new Refusal('hook-unknown');
  rolesOf(actor, row.organisationId);
  return row;
}

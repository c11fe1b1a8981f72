import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditPage } from '../../contract/people-center/audit.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { addOtherTenant, openTestCenter, signIn, type TestCenter } from '../testing/index.ts';
import { endPageSession, openPageSession, pageSessionOf, signOut, type Visitor } from './index.ts';

let open: TestCenter;
let otherToken: string;
beforeAll(async () => {
  open = await openTestCenter();
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const tenantId = 'tn_demo' as TenantId;
const VISITOR: Visitor = { kind: 'visitor', tenantId };
const linesOf = async (token: string, what: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await open.app.inject({ url: `${operatorPaths.audit}?what=${what}`, headers })).json<AuditPage>().lines;
};

test('who signs in with a token of another firm ends the session of before, and that firm has the line', async () => {
  const { operatorToken } = open.secrets;
  const cookie = await signIn(open.app, operatorToken);
  const [signedIn] = await linesOf(operatorToken, 'signed-in');
  const swap = await open.app.inject({ url: `/?token=${otherToken}`, headers: { cookie } });
  expect(swap.statusCode).toBe(303);
  const [signedOut] = await linesOf(operatorToken, 'signed-out');
  expect(signedOut).toMatchObject({ subject: signedIn?.subject, actor: signedIn?.actor, tenantId });
  expect(await linesOf(otherToken, 'signed-out')).toEqual([]);
  expect(await linesOf(otherToken, 'signed-in')).toHaveLength(1);
});

test('a session begins and ends with its line, or not at all', async () => {
  const { db, now } = open.center;
  const count = async () => Number((await db.query('SELECT count(*)::int AS n FROM page_sessions'))[0]?.n);
  const { secret, id } = await openPageSession({ ...VISITOR, token: 'tk_gone' as never }, db, now());
  const before = await count();
  const works = async () => {
    const [row] = await db.query('SELECT ended_at FROM page_sessions WHERE id = $1', [id]);
    return row?.ended_at === null;
  };
  await db.query('ALTER TABLE audit_head RENAME TO audit_head_away');
  try {
    await expect(openPageSession(VISITOR, db, now())).rejects.toThrow('audit_head');
    await expect(signOut(VISITOR, db, secret, now())).rejects.toThrow('audit_head');
    await expect(endPageSession(VISITOR, db, tenantId, id, now())).rejects.toThrow('audit_head');
  } finally {
    await db.query('ALTER TABLE audit_head_away RENAME TO audit_head');
  }
  expect([await count(), await works()]).toEqual([before, true]);
  await signOut(VISITOR, db, secret, now());
  expect([await works(), await pageSessionOf(db, secret, now())]).toEqual([false, undefined]);
});

import { FROM_HERE, formTokenIn, openTestCenter, signIn, type TestCenter } from '../../center/testing/index.ts';
import { LoggedEntries, logPaths } from '../../contract/log/log-api.ts';
import { AUDIT_START } from '../../contract/people-center/audit.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { againstLog, auditHeadAfter, canonicalJson, goesOnFrom, hashOf, verifyAuditExport } from '../../proof/index.ts';
import type { Attack, Seen } from './attack.ts';

async function atCenter(work: (open: TestCenter) => Promise<Seen>): Promise<Seen> {
  const open = await openTestCenter();
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Against the pages of a center, and what it writes down. */
export const attacksOnAccess: readonly Attack[] = [
  {
    name: 'cookie-after-sign-out',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'uses a copy of an operator’s cookie after they have signed out',
    outcome: 'prevented',
    by: 'the session is ended at the center; the cookie never held the token',
    told: ['401'],
    replay: () =>
      atCenter(async ({ app, secrets }) => {
        const cookie = await signIn(app, secrets.operatorToken);
        const form = formTokenIn((await app.inject({ url: '/', headers: { cookie } })).body);
        const headers = { cookie, ...FORM, ...FROM_HERE };
        await app.inject({ method: 'POST', url: '/sign-out', payload: `form=${form}`, headers });
        const { statusCode } = await app.inject({ url: '/', headers: { cookie } });
        const held = cookie.includes(secrets.operatorToken);
        return statusCode === 401 && !held
          ? { outcome: 'prevented', said: '401' }
          : { outcome: 'open', said: `${statusCode}${held ? ', and the cookie is the token' : ''}` };
      }),
  },
  {
    name: 'form-from-another-site',
    about: 'line',
    attacker: 'stranger',
    does: 'makes an operator’s browser send a form of the center from another site, or sign in by a link there',
    outcome: 'prevented',
    by: 'what the browser says of where it comes from, a token in each form, and a cookie for this site alone',
    told: ['403, 403, 403, 403, 401'],
    replay: () =>
      atCenter(async ({ app, secrets }) => {
        const cookie = await signIn(app, secrets.operatorToken);
        const { body } = await app.inject({ url: '/sessions', headers: { cookie } });
        const [, id = ''] = body.match(/name="id" value="(ps_\w+)"/) ?? [];
        const send = (payload: string, others: object) =>
          app.inject({ method: 'POST', url: '/sessions', payload, headers: { cookie, ...FORM, ...others } });
        const replies = [
          await send(`id=${id}`, FROM_HERE),
          await send(`id=${id}&form=${formTokenIn(body)}`, {}),
          await send(`id=${id}&form=${formTokenIn(body)}`, { origin: 'https://evil.example' }),
          await send(`id=${id}&form=${formTokenIn(body)}`, { 'sec-fetch-site': 'cross-site' }),
          await app.inject({ url: `/?token=${secrets.operatorToken}`, headers: { 'sec-fetch-site': 'cross-site' } }),
        ];
        const still = (await app.inject({ url: '/', headers: { cookie } })).statusCode;
        const said = replies.map(({ statusCode }) => statusCode).join(', ');
        return still === 200 && replies.every(({ statusCode }) => statusCode === 403 || statusCode === 401)
          ? { outcome: 'prevented', said }
          : { outcome: 'open', said };
      }),
  },
  {
    name: 'token-guessed',
    about: 'line',
    attacker: 'stranger',
    does: 'guesses operators’ tokens at the page and at the interface',
    outcome: 'prevented',
    by: 'a token has 128 random bits, and wrong ones from one address cost a wait',
    told: ['429'],
    replay: () =>
      atCenter(async ({ app }) => {
        const said: number[] = [];
        for (let n = 0; n < 60; n++)
          said.push(
            (await app.inject({ url: operatorPaths.overview, headers: { authorization: `Bearer guess-${n}` } }))
              .statusCode,
          );
        return said.includes(200) || !said.includes(429)
          ? { outcome: 'open', said: said.join(', ') }
          : { outcome: 'prevented', said: `429 after ${said.indexOf(429)} tries` };
      }),
  },
  {
    name: 'audit-line-changed',
    about: 'log',
    attacker: 'operator of the center',
    does: 'takes the trigger off, changes a line of the audit log in the database, and exports it',
    outcome: 'detected',
    by: '`audit verify` of a file from then on',
    told: ['chain-broken'],
    replay: () =>
      atCenter(async ({ app, center, secrets }) => {
        const { db } = center;
        const refused = await db.query("UPDATE audit_lines SET body = '{}'").then(
          () => false,
          () => true,
        );
        await db.query('ALTER TABLE audit_lines DISABLE TRIGGER USER');
        await db.query(
          `UPDATE audit_lines SET body = replace(body, 'proctor-put', 'looked') WHERE what = 'proctor-put'`,
        );
        const url = `${operatorPaths.audit}/export`;
        const file = await app.inject({ url, headers: { authorization: `Bearer ${secrets.operatorToken}` } });
        const verdict = verifyAuditExport(file.json(), secrets.centerKey);
        if (verdict.ok || !refused)
          return { outcome: 'open', said: refused ? 'the file is valid' : 'changed without more' };
        return { outcome: 'detected', said: `${verdict.reason}: ${verdict.detail}` };
      }),
  },
  {
    name: 'audit-made-anew',
    about: 'log',
    attacker: 'operator of the center',
    does: 'changes a line of the audit log and makes the whole chain, its head and its anchors anew behind it',
    outcome: 'detected',
    by: 'whoever has an older file (`audit verify --since`): let each firm and an inspector keep one. And the transparency log, which has the older heads (`audit verify --log`): whoever makes that anew too is seen by stations and witnesses',
    told: ['it does not go on from the older file', 'by the log chain-broken'],
    replay: () =>
      atCenter(async ({ app, center, secrets }) => {
        const url = `${operatorPaths.audit}/export`;
        const headers = { authorization: `Bearer ${secrets.operatorToken}` };
        const earlier = verifyAuditExport((await app.inject({ url, headers })).json(), secrets.centerKey);
        const logged = async () => LoggedEntries.parse((await app.inject({ url: logPaths.entries })).json()).entries;
        if (!earlier.ok || againstLog(earlier, await logged())) throw new Error('an honest file differs from the log');
        await makeAnew(center.db);
        const later = verifyAuditExport((await app.inject({ url, headers })).json(), secrets.centerKey);
        if (!later.ok) return { outcome: 'detected', said: 'the new file is not valid by itself' };
        const differs = againstLog(later, await logged());
        return goesOnFrom(earlier, later) || !differs
          ? { outcome: 'open', said: differs ? 'it goes on from the older file' : 'the log has no other head' }
          : { outcome: 'detected', said: `it does not go on from the older file; by the log ${differs.reason}` };
      }),
  },
];

/** What somebody does who has the database and the program. */
async function makeAnew(db: TestCenter['center']['db']): Promise<void> {
  for (const table of ['audit_lines', 'audit_anchors']) await db.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await db.query('DELETE FROM audit_anchors');
  let head = AUDIT_START;
  const rows = await db.query('SELECT sequence, body FROM audit_lines ORDER BY sequence');
  for (const { sequence, body } of rows) {
    const line = { ...JSON.parse(String(body)), ...(sequence === 3 ? { at: '2020-01-01T00:00:00.000Z' } : {}) };
    const hash = hashOf(line);
    head = auditHeadAfter(head, hash);
    const sql = 'UPDATE audit_lines SET body = $2, hash = $3, head = $4 WHERE sequence = $1';
    await db.query(sql, [sequence, canonicalJson(line), hash, head]);
  }
  await db.query('UPDATE audit_head SET head = $1', [head]);
}

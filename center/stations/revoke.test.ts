import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandReply, ListedStations, operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { type StationId, TenantId } from '../../contract/words/ids.ts';
import { sha256, verifyRevocation } from '../../proof/index.ts';
import { auditPage } from '../audit/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { revokeStation, saidPhotos } from './index.ts';

let open: TestCenter;
let stolen: TestStation;
let other: TestStation;

const asOperator = (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  payload?: object,
  token = open.secrets.operatorToken,
) => open.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
const revoke = (id: string, body: object = { cause: 'stolen' }, token?: string) =>
  asOperator('DELETE', `${operatorPaths.stations}/${id}`, body, token);
const listed = async (id: StationId) =>
  ListedStations.parse((await asOperator('GET', operatorPaths.stations)).json()).stations.find((one) => one.id === id);

beforeAll(async () => {
  open = await openTestCenter();
  const { app, secrets } = open;
  stolen = await enrolStation(app, secrets.enrolmentCode, '被盗');
  other = await enrolStation(app, await newCode(app, secrets.operatorToken), '另一台');
});
afterAll(() => open.close());

describe('a station that is revoked', () => {
  test('is revoked by its firm alone, for a cause that is one of a few words', async () => {
    const { token } = await addOtherTenant(open);
    expect((await revoke(stolen.stationId, { cause: 'stolen' }, token)).json()).toMatchObject({
      reason: 'station-unknown',
    });
    expect((await revoke(stolen.stationId, { cause: 'because' })).statusCode).toBe(400);
    expect((await revoke('st_none')).json()).toMatchObject({ reason: 'station-unknown' });
    expect((await stolen.call('GET', paths.mail)).statusCode).toBe(200);
  });

  test('hears nothing any more but that it is, signed and logged; what it had logged stands', async () => {
    const first = await batchOf(stolen, [recordOf(stolen)]);
    expect((await stolen.call('POST', paths.batches, first)).statusCode).toBe(200);
    const move = { sittingId: 'si_moved', candidateId: 'cd_demo-2', examId: 'ex_demo', file: 'AAAA' };
    await other.call('POST', paths.rescues, { ...move, to: stolen.stationId });
    await stolen.call('POST', paths.rescues, { ...move, sittingId: 'si_away', to: other.stationId });
    const wish = { examId: 'ex_demo', pin: open.secrets.proctorPin, action: { kind: 'unlock' }, seconds: 60 };
    const given = await asOperator('POST', operatorPaths.commands, { ...wish, stationId: stolen.stationId });

    const { revocation } = (await revoke(stolen.stationId, { cause: 'stolen', note: '夜里' })).json();
    const { centerKey, stationId } = stolen;
    expect(verifyRevocation(revocation, stationId, centerKey)).toMatchObject({ cause: 'stolen', stationId });
    expect(verifyRevocation(revocation, other.stationId, centerKey)).toBeUndefined();
    const entries = await open.center.db.query("SELECT body FROM log_entries WHERE kind = 'revocation'");
    expect(entries.map(({ body }) => JSON.parse(String(body)).revocation)).toEqual([revocation]);

    const next = await batchOf(stolen, [recordOf(stolen)], { number: 1, batch: first });
    for (const [method, path, body] of [
      ...(['assignment', 'grants', 'mail'] as const).map((name) => ['GET', paths[name], undefined] as const),
      ['GET', paths.bank('bk_a'), undefined] as const,
      ['POST', paths.batches, next] as const,
      ['POST', paths.batches, first] as const,
      ['POST', paths.claims, { sittingId: 'si_moved', begun: true }] as const,
    ]) {
      const reply = await stolen.call(method, path, body);
      expect([path, reply.statusCode, reply.json()]).toEqual([
        path,
        403,
        { reason: 'station-revoked', detail: revocation },
      ]);
    }
    const [{ count } = {}] = await open.center.db.query('SELECT count(*) AS count FROM records');
    expect(Number(count)).toBe(1);
    const command = given.json<CommandReply>().commands[0]?.id;
    expect((await asOperator('GET', `${operatorPaths.commands}/${command}`)).json()).toEqual({
      outcome: 'station-revoked',
    });
    const mail = (await other.call('GET', paths.mail)).json();
    expect(mail.rescues).toEqual([]);
    expect(mail.moves.map(({ sittingId }: { sittingId: string }) => sittingId)).toEqual(['si_moved']);
  });

  test('leaves what it asked for: how often, and the first requests; old ones that are sent again are none', async () => {
    const before = await listed(stolen.stationId);
    expect(before?.revoked).toMatchObject({ cause: 'stolen', note: '夜里', refused: 7 });
    expect(before?.revoked?.requests).toHaveLength(7);
    const statement = { at: '2026-01-01T00:00:00.000Z' as never };
    expect((await stolen.call('GET', paths.mail, undefined, { statement })).statusCode).toBe(403);
    for (let n = 0; n < 30; n++) await stolen.call('GET', `${paths.photo('')}${n}`);
    const after = await listed(stolen.stationId);
    expect([after?.revoked?.refused, after?.revoked?.requests.length]).toEqual([37, 20]);
  });

  test('is offered nowhere, and is revoked once', async () => {
    expect((await other.assignment()).stations?.map(({ id }) => id)).toEqual([other.stationId]);
    const overview = (await asOperator('GET', operatorPaths.overview)).json();
    expect(overview.stations.map(({ id }: { id: string }) => id)).toEqual([other.stationId]);
    const span = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2099-01-01T00:00:00.000Z' };
    const packed = await asOperator('POST', operatorPaths.packages, {
      stationId: stolen.stationId,
      examId: 'ex_demo',
      ...span,
    });
    expect(packed.json()).toMatchObject({ reason: 'station-revoked' });
    const again = (await revoke(stolen.stationId, { cause: 'other' })).json();
    expect(verifyRevocation(again.revocation, stolen.stationId, stolen.centerKey)?.cause).toBe('stolen');
    const [{ count } = {}] = await open.center.db.query(
      "SELECT count(*) AS count FROM log_entries WHERE kind = 'revocation'",
    );
    expect(Number(count)).toBe(1);
  });

  test('takes its grants with it: another firm begins nothing there', async () => {
    const { code } = await addOtherTenant(open, 'tn_owner', '房东');
    const its = await enrolStation(open.app, code, '借出');
    const db = open.center.db;
    await db.query(
      `INSERT INTO grants (tenant_id, id, owner_id, station_id, jws, begins_at, ends_at, given_at)
       VALUES ($1, 'gr_a', $2, $3, '', '2020-01-01', '2099-01-01', '2020-01-01')`,
      [other.tenantId, its.tenantId, its.stationId],
    );
    expect((await other.assignment()).stations).toHaveLength(2);
    await revokeStation({ kind: 'system' }, open.center, TenantId.parse('tn_owner'), {
      ...{ id: its.stationId, wish: { cause: 'lost' }, endings: [] },
    });
    expect((await other.assignment()).stations).toHaveLength(1);
    const [{ ended_at } = {}] = await db.query("SELECT ended_at FROM grants WHERE id = 'gr_a'");
    expect(ended_at).toBeInstanceOf(Date);
    for (const tenantId of [its.tenantId, other.tenantId]) {
      const { lines } = await auditPage({ kind: 'operator', tenantId }, db, tenantId, { what: 'grant-ended' });
      expect(lines.map(({ subject }) => subject)).toEqual([{ kind: 'grant', id: 'gr_a' }]);
    }
  });

  test('says nothing of photos any more', async () => {
    const its = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '旧相机');
    const refusedPhotos = [{ candidateId: 'cd_demo-1', photo: sha256('photo'), reasons: ['eyes-closed'] }];
    const report = { status: 'READY', at: new Date().toISOString(), checks: [], refusedPhotos };
    expect((await its.call('POST', paths.readiness, report)).statusCode).toBe(200);
    const said = () => saidPhotos({ kind: 'operator', tenantId: its.tenantId }, open.center.db, its.tenantId);
    expect((await said()).map(({ station }) => station)).toEqual(['旧相机']);
    await revoke(its.stationId);
    expect(await said()).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LoggedEntries, logPaths } from '../../contract/log/log-api.ts';
import { ListedStations, operatorPaths } from '../../contract/people-center/operator-api.ts';
import {
  Assignment,
  type EnrolReply,
  paths,
  type RotationRequest,
  type SignedAssignment,
} from '../../contract/station-center/center-api.ts';
import { instant } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { keyId, type Signer, signRotation, verifyCertificate } from '../../proof/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  enrolWith,
  newCode,
  newSigner,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

let open: TestCenter;

beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

const station = async (): Promise<TestStation> =>
  enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));

type Says = Parameters<typeof signRotation>[1];
const asks = (former: Signer, next: Signer, of: TestStation, changes: Partial<Says> = {}): RotationRequest =>
  signRotation(
    { former, next },
    { stationId: of.stationId, centerKey: open.center.signer.publicKey, at: instant(new Date()), ...changes },
  );
const send = async (payload: object) => {
  const reply = await open.app.inject({ method: 'POST', url: paths.rotation, payload });
  return reply.statusCode === 200 ? 'ok' : reply.json<{ reason: string }>().reason;
};
const certificateOf = async (payload: object): Promise<string> =>
  (await open.app.inject({ method: 'POST', url: paths.rotation, payload })).json<EnrolReply>().certificate;
/** The same station with another key. */
function withKey(of: TestStation, signer: Signer): TestStation {
  const call: TestStation['call'] = (method, path, body, lie = {}) => of.call(method, path, body, { signer, ...lie });
  const assignment = async () =>
    Assignment.parse(JSON.parse((await call('GET', paths.assignment)).json<SignedAssignment>().assignment));
  return { ...of, signer, call, assignment };
}
const said = async (reply: ReturnType<TestStation['call']>) => {
  const { statusCode, json } = await reply;
  return statusCode === 200 ? 'ok' : json<{ reason: string }>().reason;
};

describe('a station changes its key', () => {
  test('with both keys: it has another certificate, which is logged, and its former key opens nothing any more', async () => {
    const [it, next] = [await station(), newSigner()];
    const certificate = await certificateOf(asks(it.signer, next, it));
    const vouched = verifyCertificate(certificate, open.center.signer.publicKey);
    const { stationId, tenantId } = it;
    expect(vouched).toMatchObject({ ok: true, certificate: { stationId, tenantId, publicKey: next.publicKey } });
    const logged = LoggedEntries.parse((await open.app.inject(`${logPaths.entries}?from=0`)).json());
    expect(logged.entries.filter(({ text }) => text.includes(certificate))).toHaveLength(1);
    expect(await said(it.call('GET', paths.mail))).toBe('station-key-old');
    expect(await said(withKey(it, newSigner()).call('GET', paths.mail))).toBe('unauthorised');
    expect(await said(withKey(it, next).call('GET', paths.mail))).toBe('ok');
    const { stations = [] } = await withKey(it, next).assignment();
    expect(stations.find(({ id }) => id === stationId)?.publicKey).toBe(next.publicKey);
  });

  test('asked again it says the same, as long as that is its key', async () => {
    const [it, second, third] = [await station(), newSigner(), newSigner()];
    const first = asks(it.signer, second, it);
    const certificate = await certificateOf(first);
    expect(await certificateOf(first)).toBe(certificate);
    // Days later, too: it was off meanwhile.
    expect(await certificateOf(asks(it.signer, second, it, { at: instant(new Date(0)) }))).toBe(certificate);
    expect(await send(asks(it.signer, third, it))).toBe('station-key-old');
    expect(await send(asks(second, third, it))).toBe('ok');
    expect(await send(first)).toBe('station-key-old');
    expect(await send(asks(third, it.signer, it))).toBe('key-weak');
  });

  test.each<[string, string, (it: TestStation, other: TestStation, next: Signer) => object | Promise<object>]>([
    [
      'without the next key',
      'key-unproven',
      (it, _, next) => ({ ...asks(it.signer, next, it), byNext: asks(it.signer, newSigner(), it).byNext }),
    ],
    [
      'with one signature for both',
      'key-unproven',
      (it, _, next) => ({ ...asks(it.signer, next, it), byNext: asks(it.signer, next, it).byFormer }),
    ],
    [
      'for another center',
      'key-unproven',
      (it, _, next) => asks(it.signer, next, it, { centerKey: newSigner().publicKey }),
    ],
    ['of another station', 'unauthorised', (it, other, next) => asks(it.signer, next, other)],
    ['of no station', 'unauthorised', (it, _, next) => asks(it.signer, next, { ...it, stationId: 'st_none' as never })],
    ['with the key of nobody', 'unauthorised', (it, _, next) => asks(newSigner(), next, it)],
    ['to the key of another station', 'key-weak', (it, other) => asks(it.signer, other.signer, it)],
    ['to its own', 'key-weak', (it) => asks(it.signer, it.signer, it)],
    ['to the key of the center', 'key-weak', (it) => asks(it.signer, open.center.signer, it)],
    [
      'long after it was signed',
      'clock-skew',
      (it, _, next) => asks(it.signer, next, it, { at: instant(new Date(Date.now() - 3_600_000)) }),
    ],
  ])('not %s: %s', async (_, reason, make) => {
    const [it, other] = [await station(), await station()];
    expect(await send(await make(it, other, newSigner()))).toBe(reason);
    expect(await said(it.call('GET', paths.mail))).toBe('ok');
  });

  test('not to a key that everybody can sign with', async () => {
    const it = await station();
    const weak = PublicKey.parse(Buffer.from(`01${'00'.repeat(31)}`, 'hex').toString('base64url'));
    const everybody: Signer = { ...newSigner(), publicKey: weak, sign: (type, payload) => forged(type, payload, weak) };
    expect(await send(asks(it.signer, everybody, it))).toBe('key-weak');
    expect(await said(it.call('GET', paths.mail))).toBe('ok');
  });

  test('not after it was revoked; and its former key enrols nowhere', async () => {
    const [it, next] = [await station(), newSigner()];
    await send(asks(it.signer, next, it));
    const code = await newCode(open.app, open.secrets.operatorToken);
    expect((await enrolWith(open.app, code, it.signer)).json()).toMatchObject({ reason: 'key-weak' });
    const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
    await open.app.inject({
      method: 'DELETE',
      url: `/v1/operator/stations/${it.stationId}`,
      headers,
      payload: { cause: 'lost' },
    });
    expect(await send(asks(next, newSigner(), it))).toBe('station-revoked');
    // Also who has its former key alone: somebody may have changed it without asking.
    expect(await said(it.call('GET', paths.mail))).toBe('station-revoked');
  });
});

describe('batches of a station that changes its key', () => {
  const send = (it: TestStation, batch: object) => it.call('POST', paths.batches, batch);

  test('go on in one chain; what the former key signed is logged before, or never', async () => {
    const [it, next] = [await station(), newSigner()];
    const first = await batchOf(it, [recordOf(it)]);
    const receipt = (await send(it, first)).body;
    const waiting = await batchOf(it, [recordOf(it)], { number: 1, batch: first });
    await certificateOf(asks(it.signer, next, it));
    const after = withKey(it, next);
    // The answer was lost on the way: it is the same.
    expect((await send(after, first)).body).toBe(receipt);
    expect(await said(send(after, waiting))).toBe('station-key-old');
    const [{ count } = {}] = await open.center.db.query(
      'SELECT count(*) AS count FROM refused_batches WHERE reason = $1',
      ['station-key-old'],
    );
    expect(Number(count)).toBe(1);
    expect(await said(send(after, await batchOf(after, waiting.records, { number: 1, batch: first })))).toBe('ok');
  });

  test('where both come at one moment, the batch is logged first or refused', async () => {
    const [it, next] = [await station(), newSigner()];
    const batch = await batchOf(it, [recordOf(it)]);
    const [sent] = await Promise.all([said(send(it, batch)), certificateOf(asks(it.signer, next, it))]);
    const known = await said(send(withKey(it, next), batch));
    expect(['ok', 'station-key-old']).toContain(sent);
    expect(known).toBe(sent);
  });
});

describe('an operator wishes another key of a station', () => {
  const asOperator = (method: 'GET' | 'POST', url: string, token = open.secrets.operatorToken) =>
    open.app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
  const wish = (id: string, token?: string) => asOperator('POST', `${operatorPaths.stations}/${id}/key`, token);
  const listed = async (id: string) =>
    ListedStations.parse((await asOperator('GET', operatorPaths.stations)).json()).stations.find(
      (one) => one.id === id,
    );

  test('which hears so, and the operator whether it has one', async () => {
    const [it, next] = [await station(), newSigner()];
    expect((await it.assignment()).freshKeySince).toBeUndefined();
    expect((await wish(it.stationId)).statusCode).toBe(200);
    expect((await it.assignment()).freshKeySince).toBeDefined();
    const before = await listed(it.stationId);
    expect(before?.key).toMatchObject({ keyId: keyId(it.signer.publicKey), former: 0, wished: expect.any(String) });
    await certificateOf(asks(it.signer, next, it));
    expect((await withKey(it, next).assignment()).freshKeySince).toBeUndefined();
    const after = (await listed(it.stationId))?.key;
    expect(after).toEqual({ keyId: keyId(next.publicKey), former: 1, since: after?.since });
  });

  test('of their own stations alone', async () => {
    const it = await station();
    const { token } = await addOtherTenant(open);
    expect((await wish(it.stationId, token)).json()).toMatchObject({ reason: 'station-unknown' });
    expect((await wish('st_none')).json()).toMatchObject({ reason: 'station-unknown' });
    expect((await it.assignment()).freshKeySince).toBeUndefined();
  });
});

/** With a key of order 1, the base point and 1 are a signature of anything. */
function forged(type: string, payload: object, key: PublicKey): string {
  const [header, body] = [{ alg: 'EdDSA', kid: keyId(key), typ: type }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${header}.${body}.${Buffer.from(`58${'66'.repeat(31)}01${'00'.repeat(31)}`, 'hex').toString('base64url')}`;
}

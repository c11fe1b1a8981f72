import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BANK, EXAM } from '../../authoring/bank.fixture.ts';
import { logPaths } from '../../contract/log/log-api.ts';
import { AUTH_SCHEME, paths, RequestStatement } from '../../contract/station-center/center-api.ts';
import { GrantId } from '../../contract/words/ids.ts';
import { canonicalJson, makeBank, provesKey, type Signer, sha256, verifyJws } from '../../proof/index.ts';
import {
  batchOf,
  GUEST,
  grantOf,
  newSigner,
  openTinyCenter,
  outgoing,
  recordOf,
  STATION,
  TENANT,
} from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openDatabase } from '../core/database/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openCenterTime } from '../keep/center-time/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { assignmentOf, manualClock } from '../station.fixture.ts';
import { type CenterClient, openCenterClient } from './center-client.ts';

type Reply = { readonly status?: number; readonly body: unknown; readonly cut?: boolean; readonly date?: Date };
type Route = (request: IncomingMessage, body: string) => Reply | Promise<Reply>;

/** A web server that answers every request with one route. @returns its address and what it was asked */
async function serve(route: Route) {
  const asked: { request: IncomingMessage; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push({ request, body });
    const reply = await route(request, body);
    const bytes = reply.body instanceof Uint8Array ? reply.body : Buffer.from(String(reply.body));
    const dated = reply.date ? { date: reply.date.toUTCString() } : {};
    response.writeHead(reply.status ?? 200, { 'content-length': bytes.length, ...dated });
    if (!reply.cut) return response.end(bytes);
    response.write(bytes.subarray(0, 5), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function open(route: Route, { enrolled = true } = {}) {
  const center = openTinyCenter();
  const identity = openIdentity(openDatabase(':memory:'), openVault(randomBytes(32)));
  if (enrolled) identity.saveEnrolment(center.enrol(identity.signer.publicKey));
  const { url, asked } = await serve(route);
  const centerTime = openCenterTime(openDatabase(':memory:'));
  return { center, identity, asked, centerTime, client: openCenterClient(url, identity, manualClock(), centerTime) };
}

const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });
const hash = sha256('a photo');

const CALLS: readonly (readonly [string, (client: CenterClient) => Promise<unknown>])[] = [
  ['enrol', (client) => client.enrol({ code: 'ABCDEF', name: '考站' })],
  ['assignment', (client) => client.assignment()],
  ['bank', (client) => client.bank(BANK.id)],
  ['photo', (client) => client.photo(hash)],
  ['send', async (client) => client.send(outgoing(await batchOf([recordOf(1)], newSigner())))],
];

describe('the key of a center', () => {
  const answering = (proofOf: (center: Signer, challenge: string) => object) => {
    const { signer } = openTinyCenter();
    const route: Route = ({ url = '' }) => {
      const challenge = new URL(url, 'http://center').searchParams.get('challenge') ?? '';
      return json({ ok: true, version: '1', centerKey: signer.publicKey, ...proofOf(signer, challenge) });
    };
    return { signer, route };
  };
  const honest = (center: Signer, challenge: string) => ({ proof: center.sign('exam-station/center', { challenge }) });
  const before = { enrolled: false };

  it('is the one given where it signs what it is asked', async () => {
    const { signer, route } = answering(honest);
    const { client } = await open(route, before);
    expect(await refusalOf(client.mustBe(signer.publicKey))).toBe('ok');
  });

  it.each<[string, (center: Signer, challenge: string) => object]>([
    ['is another', honest],
    ['is said and not proven', () => ({})],
    ['signs an older challenge', (center) => honest(center, 'A'.repeat(43))],
    ['was signed by somebody else', (_, challenge) => honest(newSigner(), challenge)],
    [
      'signs another kind of statement',
      (center, challenge) => ({ proof: center.sign('exam-station/request', { challenge }) }),
    ],
  ])('that %s is refused', async (what, proofOf) => {
    const { signer, route } = answering(proofOf);
    const { client, asked } = await open(route, before);
    const pinned = what === 'is another' ? newSigner().publicKey : signer.publicKey;
    expect(await refusalOf(client.mustBe(pinned))).toBe('center-other');
    // It may ask which keys there are, and tells nothing.
    expect(new Set(asked.map(({ request }) => request.method))).toEqual(new Set(['GET']));
  });
});

describe.each(CALLS)('%s', (name, call) => {
  it('says center-down where nobody answers', async () => {
    const identity = openIdentity(openDatabase(':memory:'), openVault(randomBytes(32)));
    // Port 9 is "discard": nobody listens there.
    expect(await refusalOf(call(openCenterClient('http://127.0.0.1:9', identity, manualClock())))).toBe('center-down');
  });

  it('says the reason the center gave', async () => {
    const { client } = await open(() => json({ reason: 'clock-skew', detail: 'by an hour' }, 401));
    expect(await refusalOf(call(client))).toBe('clock-skew');
  });

  it.each([
    ['a page of a proxy', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['a reason nobody knows', { status: 400, body: '{"reason":"full moon"}' }],
    ['nothing', { status: 500, body: '' }],
  ])('says center-refused where the refusal is %s', async (_, reply) => {
    const { client } = await open(() => reply);
    expect(await refusalOf(call(client))).toBe('center-refused');
  });

  it('takes a center whose database is away for one that does not answer', async () => {
    const { client } = await open(() => json({ reason: 'database-away' }, 503));
    expect(await refusalOf(call(client))).toBe('center-down');
  });

  it('says one of its reasons where the answer breaks off in the middle', async () => {
    const { client } = await open(() => ({ body: JSON.stringify({ some: 'answer' }), cut: true }));
    expect(['center-down', 'center-refused']).toContain(await refusalOf(call(client)));
  });

  it.each(['{}', '[]', 'null', 'no json', ''])('does not take %s for an answer', async (body) => {
    const { client } = await open(() => ({ body }));
    expect(['center-refused', 'hash-mismatch']).toContain(await refusalOf(call(client)));
  });

  it('is signed by the station over method, path, body and time', async () => {
    const { client, identity, asked } = await open(() => json({}));
    await refusalOf(call(client));
    const [{ request, body }] = asked as [(typeof asked)[0]];
    const [scheme, jws = ''] = String(request.headers.authorization).split(' ');
    expect(scheme, name).toBe(AUTH_SCHEME);
    const said = RequestStatement.parse(verifyJws(jws, 'exam-station/request', identity.signer.publicKey));
    expect(said).toEqual({
      stationId: STATION,
      method: request.method,
      path: request.url,
      bodyHash: sha256(body),
      at: '2026-03-04T05:06:07.890Z',
    });
  });
});

describe('an enrolment', () => {
  const enrolWith = async (change: (reply: ReturnType<ReturnType<typeof openTinyCenter>['enrol']>) => unknown) => {
    const center = openTinyCenter();
    const route: Route = ({ url }, body) =>
      url === logPaths.keys ? json({}, 404) : json(change(center.enrol(JSON.parse(body).publicKey)));
    const opened = await open(route, { enrolled: false });
    return { ...opened, reply: opened.client.enrol({ code: 'ABCDEF', name: '考站' }) };
  };

  it('sends code, name and public key, unsigned, and takes what the center certifies', async () => {
    const { reply, identity, asked } = await enrolWith((good) => good);
    expect(await reply).toMatchObject({ stationId: STATION, tenantId: TENANT });
    const [{ request, body }] = asked as [(typeof asked)[0]];
    expect([request.url, request.headers.authorization]).toEqual([paths.enrol, undefined]);
    const { proof, ...said } = JSON.parse(body);
    expect(said).toEqual({ code: 'ABCDEF', name: '考站', publicKey: identity.signer.publicKey });
    expect(provesKey(proof, said, newSigner().publicKey)).toBe(true);
  });

  it.each<[string, (good: ReturnType<ReturnType<typeof openTinyCenter>['enrol']>) => unknown]>([
    ['is by another center', (good) => ({ ...good, centerKey: newSigner().publicKey })],
    [
      'is for another key',
      (good) => {
        const other = openTinyCenter();
        return { ...good, ...other.enrol(newSigner().publicKey) };
      },
    ],
    ['names another station', (good) => ({ ...good, stationId: 'st_other' })],
    ['names another firm', (good) => ({ ...good, tenantId: 'tn_other' })],
  ])('whose certificate %s is refused', async (_, change) => {
    expect(await refusalOf((await enrolWith(change)).reply)).toBe('signature-invalid');
  });
});

it('an assignment that is played back says nothing of a clock that was set since', async () => {
  const text = JSON.stringify(assignmentOf());
  const kept: { reply: Reply } = { reply: json({}) };
  const { center, client, centerTime } = await open(() => kept.reply);
  const statement = { hash: sha256(text), stationId: STATION };
  kept.reply = json({ assignment: text, signature: center.signer.sign('exam-station/assignment', statement) });
  await client.assignment();
  const jump = { at: manualClock().wall(), ms: -20 * 86_400_000 };
  centerTime.jumped(jump);
  await client.assignment();
  expect([centerTime.newest, centerTime.jumps]).toEqual([assignmentOf().issuedAt, [jump]]);
});

describe('an assignment', () => {
  const signed = (signer: Signer, assignment: string, statement: object = {}) =>
    signer.sign('exam-station/assignment', { hash: sha256(assignment), stationId: STATION, ...statement });
  const ask = async (make: (signer: Signer) => { assignment: string; signature: string }) => {
    const opened = await open(() => json(make(opened.center.signer)));
    return opened.client.assignment();
  };
  const good = JSON.stringify(assignmentOf());

  it('that the center signed for this station is taken', async () => {
    const taken = await ask((signer) => ({ assignment: good, signature: signed(signer, good) }));
    expect(taken).toEqual(assignmentOf());
  });

  it('with a field that a newer center knows is taken as well', async () => {
    const newer = JSON.stringify({ ...assignmentOf(), weather: 'fine' });
    const taken = await ask((signer) => ({ assignment: newer, signature: signed(signer, newer) }));
    expect(taken).toEqual(assignmentOf());
  });

  it.each(['', 'null', '{"tenant":'])('that is signed but is none (%j) is refused', async (text) => {
    const asked = ask((signer) => ({ assignment: text, signature: signed(signer, text) }));
    expect(await refusalOf(asked)).toBe('center-refused');
  });

  it.each<[string, (signer: Signer) => { assignment: string; signature: string }]>([
    [
      'with a candidate less',
      (signer) => ({ assignment: JSON.stringify(assignmentOf({ candidates: [] })), signature: signed(signer, good) }),
    ],
    [
      'with another PIN',
      (signer) => ({
        assignment: good.replace('$argon2id$', '$argon2id$mine'),
        signature: signed(signer, good),
      }),
    ],
    ['signed by somebody else', () => ({ assignment: good, signature: signed(newSigner(), good) })],
    [
      'for another station',
      (signer) => ({ assignment: good, signature: signed(signer, good, { stationId: 'st_other' }) }),
    ],
    [
      'under a signature about something else',
      (signer) => ({
        assignment: good,
        signature: signer.sign('exam-station/batch', { hash: sha256(good), stationId: STATION }),
      }),
    ],
  ])('%s is refused', async (_, make) => {
    expect(await refusalOf(ask(make))).toBe('signature-invalid');
  });

  it('is not asked for by a station that is not enrolled', async () => {
    const { client } = await open(() => json({ assignment: good, signature: 'a.b.c' }), { enrolled: false });
    expect(await refusalOf(client.assignment())).toBe('unauthorised');
  });
});

describe('a bank', () => {
  it('comes as it is', async () => {
    const { client, asked } = await open(() => ({ body: canonicalJson(BANK) }));
    expect(await client.bank(BANK.id)).toEqual(BANK);
    expect(asked[0]?.request.url).toBe(`/v1/banks/${EXAM.bankId}`);
  });

  it('that is not the one asked for is refused', async () => {
    const { client } = await open(() => json(makeBank({ zh: '别的' }, BANK.items.slice(1))));
    expect(await refusalOf(client.bank(BANK.id))).toBe('hash-mismatch');
  });

  it('whose items do not make the id asked for is refused: the signed assignment names that id', async () => {
    const other = makeBank({ zh: '别的' }, BANK.items.slice(1));
    const { client } = await open(() => json({ ...other, id: BANK.id }));
    expect(await refusalOf(client.bank(BANK.id))).toBe('hash-mismatch');
  });
});

describe('a photo', () => {
  it('with the hash asked for is taken', async () => {
    const { client } = await open(() => ({ body: Buffer.from('a photo') }));
    expect(Buffer.from(await client.photo(hash)).toString()).toBe('a photo');
  });

  it('of somebody else is refused', async () => {
    const { client } = await open(() => ({ body: Buffer.from('another photo') }));
    expect(await refusalOf(client.photo(hash))).toBe('hash-mismatch');
  });
});

describe('a batch', () => {
  const send = async (receive: (own: ReturnType<typeof openTinyCenter>, body: string) => Promise<unknown>) => {
    const opened = await open(async (_, body) => json(await receive(opened.center, body)));
    return opened.client.send(outgoing(await batchOf([recordOf(1), recordOf(2)], opened.identity.signer)));
  };

  it('is sent whole, and its receipt is taken', async () => {
    const receipt = await send((center, body) => center.receive(JSON.parse(body)));
    expect(receipt.inclusions).toHaveLength(2);
  });

  it.each<[string, Parameters<typeof send>[0]]>([
    ['by another center', (_, body) => openTinyCenter().receive(JSON.parse(body))],
    ['for another batch', async (center) => center.receive(await batchOf([recordOf(8), recordOf(9)], newSigner()))],
    [
      'with a path that is not true',
      async (center, body) => {
        const receipt = await center.receive(JSON.parse(body));
        return { ...receipt, inclusions: receipt.inclusions.map((one) => ({ ...one, index: one.index + 1 })) };
      },
    ],
  ])('with a receipt %s goes on waiting: receipt-invalid', async (_, receive) => {
    expect(await refusalOf(send(receive))).toBe('receipt-invalid');
  });
});

describe('how far the clocks are apart', () => {
  it('is told by the date of any answer, also by the one that refuses a station for it', async () => {
    let date = new Date(Date.parse(manualClock().wall()) - 3_600_000);
    const route: Route = () => ({ ...json({ reason: 'clock-skew' }, 401), date });
    const { client } = await open(route);
    expect(client.clockAheadMs).toBeUndefined();
    expect(await refusalOf(client.mail())).toBe('clock-skew');
    // Dates of HTTP have whole seconds.
    expect(Math.round((client.clockAheadMs ?? 0) / 1_000)).toBe(3_601);
    date = new Date(Date.parse(manualClock().wall()) + 60_000);
    await refusalOf(client.mail());
    expect(Math.round((client.clockAheadMs ?? 0) / 1_000)).toBe(-59);
  });
});

it('how ready a station is goes up signed, as it is', async () => {
  const { client, asked } = await open(() => json({ ok: true }));
  const readiness = { status: 'READY' as const, at: manualClock().wall(), checks: [] };
  await client.tellReadiness(readiness);
  expect(asked[0]?.request.headers.authorization).toMatch(new RegExp(`^${AUTH_SCHEME} `));
  expect([asked[0]?.request.url, JSON.parse(asked[0]?.body ?? '')]).toEqual([paths.readiness, readiness]);
});

describe('what is another firm’s', () => {
  const GRANT = GrantId.parse('gr_1');
  const signed = (signer: Signer, assignment: string) => ({
    assignment,
    signature: signer.sign('exam-station/assignment', { hash: sha256(assignment), stationId: STATION }),
  });

  it('is asked for under the grant, which is signed with the path', async () => {
    const { client, asked, identity } = await open(() => json({}));
    const calls = [
      client.bank(BANK.id, GRANT),
      client.photo(hash, GRANT),
      client.mail(GRANT),
      client.claim('si_1' as never, true, GRANT),
    ];
    for (const call of calls) await refusalOf(call);
    const said = asked.map(({ request }) => {
      const [, jws = ''] = String(request.headers.authorization).split(' ');
      return RequestStatement.parse(verifyJws(jws, 'exam-station/request', identity.signer.publicKey)).path;
    });
    expect(said.toSorted()).toEqual(
      [paths.bank(BANK.id), paths.photo(hash), paths.mail, paths.claims].map((path) => `${path}?grant=gr_1`).toSorted(),
    );
  });

  it('is told of in grants; a center that knows of none says so by not knowing the path', async () => {
    const { client } = await open(() => json({ grants: ['a.b.c'] }));
    expect(await client.grants()).toEqual(['a.b.c']);
    const before = await open(() => json({ reason: 'method-unknown' }, 404));
    expect(await before.client.grants()).toBeUndefined();
    const down = await open(() => json({ reason: 'internal' }, 500));
    expect(await refusalOf(down.client.grants())).toBe('internal');
  });

  it('is taken for that firm, and no other firm’s for it', async () => {
    const text = (tenant: string) => JSON.stringify(assignmentOf({ tenant: { id: tenant, name: tenant } }));
    const ask = async (tenant: string, grant?: ReturnType<typeof grantOf>) => {
      const { client, center } = await open(() => json(signed(center.signer, text(tenant))));
      return refusalOf(client.assignment(grant));
    };
    expect(await ask(GUEST, grantOf())).toBe('ok');
    expect(await ask(TENANT)).toBe('ok');
    expect(await ask(TENANT, grantOf())).toBe('signature-invalid');
    expect(await ask(GUEST)).toBe('signature-invalid');
  });
});

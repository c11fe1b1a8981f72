import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandReply, operatorPaths } from '../../contract/people-center/operator-api.ts';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { sha256 } from '../../proof/index.ts';
import { demoPictures } from '../seed/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  FROM_HERE,
  openTestCenter,
  recordOf,
  routesOf,
  signIn,
  signInAt,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from '../web/index.ts';

/** Every route, asked by every kind of actor, and by those of another tenant. */
let open: TestCenter;
let ours: TestStation;
let theirs: TestStation;
let theirToken: string;
let learner: string;
let cookie: string;

beforeAll(async () => {
  open = await openTestCenter();
  ours = await enrolStation(open.app, open.secrets.enrolmentCode);
  const other = await addOtherTenant(open);
  theirToken = other.token;
  theirs = await enrolStation(open.app, other.code, '别家');
  learner = (await signInAt(open, '110105198001010016')).cookie;
  cookie = await signIn(open.app, open.secrets.operatorToken);
});
afterAll(() => open.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Kind = 'stranger' | 'operator' | 'station' | 'visitor' | 'learner';
const KINDS: readonly Kind[] = ['stranger', 'operator', 'station', 'visitor', 'learner'];

/** A request as one kind of actor sends it; each with what is right for its own way in. */
function ask(kind: Kind, method: Method, url: string): Promise<LightMyRequestResponse> {
  const here = url.startsWith('/v1/platform/') ? FROM_HERE : {};
  if (kind === 'station') return ours.call(method, url, method === 'GET' ? undefined : {}, { headers: here });
  const token = open.secrets.operatorToken;
  const headers = {
    operator: { authorization: `Bearer ${token}` },
    visitor: { cookie },
    learner: { cookie: learner, 'sec-fetch-site': 'same-origin' },
    stranger: {},
  };
  const known = { ...headers[kind], ...here };
  return open.app.inject({ method, url, headers: known, ...(method === 'GET' ? {} : { payload: {} }) });
}

const routes = (): readonly string[] => routesOf(open.app);

/** What nobody needs to be known for: the key, a code that works once, the form that takes a token, a receipt that a station signed. */
const OPEN = [
  // Whoever changes a station's key has both, and shows that.
  'POST /v1/stations/key',
  // Whoever watches over the program.
  ...['GET /healthz', 'GET /readyz'],
  // A certificate by the number that was drawn for it; which are revoked, by places alone.
  ...['GET /certificates/:number', 'GET /certificates/verify.html', 'GET /v1/certificates/status/:list'],
  ...['GET /v1/health', 'POST /v1/stations', 'POST /', 'POST /sign-out', 'GET /R/:receipt'],
  // The same receipt, for whoever says that its result is wrong.
  'POST /R/:receipt',
  // Of this machine, where no token is set.
  'GET /metrics',
  // A proctor’s one-time code.
  ...['POST /v1/pin', 'GET /pin', 'POST /pin'],
  // The log: hashes and signatures. `/tile/*` is listed by its end.
  ...[
    'GET /v1/log',
    'GET /v1/keys',
    'GET /v1/log/head',
    'GET /v1/log/consistency',
    'GET /v1/log/evidence',
    'GET /v1/log/entries',
    'POST /v1/log/cosignatures',
  ],
  // Whatever follows /tile/: it is listed without that.
  ...['GET /checkpoint', 'GET /*'],
  // The pages for home hold nothing of anybody's; an invitation works once.
  // Nor do those of the platform; what it can be asked for is no secret.
  ...['GET /platform', 'GET /platform/', 'GET /platform/*', 'GET /platform/assets/:name'],
  'GET /v1/platform/openapi.json',
  ...['GET /home', 'GET /home/', 'GET /home/*', 'GET /home/assets/:name', 'POST /home/api/sessions'],
];
const PAGES = [
  ...['GET /', 'GET /stations', 'GET /at-home', 'GET /proof/:batchId', 'GET /audit', 'GET /audit/export'],
  ...['POST /at-home/invite', 'POST /at-home/end', 'GET /sessions', 'POST /sessions'],
  ...['GET /firm', 'POST /firm', 'GET /banks', 'POST /banks/use'],
  ...['POST /stations/key', 'POST /stations/revoke'],
  ...['GET /roster', 'POST /roster/leave'],
];
/** For whoever runs the center, who is nobody of a firm. */
const ADMINISTRATION = ['GET /firms', 'POST /firms', 'POST /firms/name'];

/** Of the platform, where whoever logs in has roles: none of these kinds gets in where anybody has to. */
const PLATFORM_OPEN = [
  'GET /v1/platform/openapi.json',
  ...Object.values(platformApi).flatMap((endpoints) =>
    Object.values<Endpoint>(endpoints)
      .filter(({ who }) => who === 'anyone')
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

/** These know accounts and tokens of their own: a token of a firm is nobody's there, and whoever is not logged in is a stranger. */
const FOR_ANYONE = [
  ...Object.values(platformApi)
    .flatMap((endpoints) => Object.values<Endpoint>(endpoints))
    .filter(({ who }) => who === 'anyone')
    .map(({ method, path }) => `${method} ${path}`),
];

function letIn(route: string): readonly Kind[] {
  if (route === 'GET /v1/platform/openapi.json') return KINDS;
  if (route.includes(' /v1/platform/'))
    return FOR_ANYONE.includes(route) ? ['stranger', 'station', 'visitor', 'learner'] : [];
  if (OPEN.includes(route)) return KINDS;
  if (ADMINISTRATION.includes(route)) return [];
  if (/ \/home\/(api|media)\//.test(route)) return ['learner'];
  // Scripts show the token itself where a browser has it in a cookie.
  if (PAGES.includes(route)) return ['visitor', 'operator'];
  return route.includes(' /v1/operator/') ? ['operator'] : ['station'];
}

test('the program has these routes', () => {
  for (const path of [paths.mail, paths.batches, ...Object.values(operatorPaths)])
    expect(routes().some((route) => route.endsWith(` ${path}`))).toBe(true);
  for (const route of [...OPEN, ...PAGES, ...ADMINISTRATION]) expect(routes()).toContain(route);
});

test('whoever comes by the wrong way in is refused, everywhere, and whoever comes by the right one is not', async () => {
  for (const route of routes()) {
    const [method, pattern = ''] = route.split(' ') as [Method, string?];
    const url = pattern.replace(/:\w+/, 'a'.repeat(64));
    for (const kind of KINDS) {
      // Whoever signs out is signed in no longer, and has to be asked last.
      if (route === 'POST /home/api/sign-out' && kind === 'learner') continue;
      const { statusCode, headers } = await ask(kind, method, url);
      const said = [route, kind, statusCode];
      if (route.includes(' /v1/platform/')) {
        if (!PLATFORM_OPEN.includes(route)) expect([401, 403], route).toContain(statusCode);
        continue;
      }
      if (letIn(route).includes(kind)) {
        // The form asks again where it was sent no token.
        if (route !== 'POST /') expect(said).not.toEqual([route, kind, 401]);
      } else if (route === 'GET /proof/:batchId') expect(said).toEqual([route, kind, 404]);
      else expect(said).toEqual([route, kind, 401]);
      expect(headers['set-cookie'] ?? '').not.toContain(open.secrets.operatorToken);
    }
  }
});

describe('what is one tenant’s, asked for by another’s', () => {
  const post = (url: string, payload: object, token = theirToken, method: Method = 'POST') =>
    open.app.inject({ method, url, payload, headers: { authorization: `Bearer ${token}` } });
  const reasonOf = (reply: LightMyRequestResponse): string => reply.json<{ reason: string }>().reason;

  test('station gets nothing', async () => {
    const { exams } = await ours.assignment();
    const [picture = new Uint8Array()] = demoPictures();
    const photo = Buffer.from([0xff, 0xd8, 0xff, 9]);
    const candidate = { id: 'cd_x', name: '甲', number: '11010519491231002X', examId: 'ex_demo' };
    const photos = [photo.toString('base64')];
    await post(operatorPaths.candidates, { ...candidate, photos }, open.secrets.operatorToken);
    const file = Buffer.from('sealed');
    const move = { to: ours.stationId, sittingId: 'si_a', candidateId: 'cd_x', examId: 'ex_demo' };
    await ours.call('POST', paths.rescues, { ...move, file: file.toString('base64') });
    const asked = [
      paths.bank(exams[0]?.bankId ?? ''),
      paths.picture(sha256(picture)),
      paths.photo(sha256(photo)),
      paths.rescue(sha256(file)),
    ];
    for (const path of asked) {
      expect((await ours.call('GET', path)).statusCode).toBe(200);
      expect((await theirs.call('GET', path)).statusCode).toBeGreaterThanOrEqual(404);
    }
    const foreign = await theirs.call('POST', paths.rescues, { ...move, file: file.toString('base64') });
    expect(reasonOf(foreign)).toBe('station-unknown');
    expect((await theirs.call('GET', paths.mail)).json()).toMatchObject({ rescues: [], commands: [], moves: [] });
    await theirs.call('POST', paths.claims, { sittingId: 'si_a', begun: true });
    expect((await ours.call('POST', paths.claims, { sittingId: 'si_a' })).json()).toEqual({ begunBy: ours.stationId });
    const batch = await batchOf(ours, [recordOf(ours)]);
    expect((await theirs.call('POST', paths.batches, batch)).statusCode).toBe(422);
  });

  test('operator gets nothing, and changes nothing', async () => {
    const before = await ours.assignment();
    const times = { opensAt: '2026-01-01T08:00:00.000Z', closesAt: '2099-01-01T09:00:00.000Z' };
    const span = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2099-01-01T00:00:00.000Z' };
    const command = { examId: 'ex_demo', pin: open.secrets.proctorPin, action: { kind: 'unlock' }, seconds: 60 };
    const refusals = [
      [operatorPaths.packages, { stationId: ours.stationId, examId: 'ex_demo', ...span }, 'station-unknown'],
      [operatorPaths.commands, { ...command, stationId: ours.stationId }, 'station-unknown'],
      [operatorPaths.commands, command, 'no-exam'],
      [operatorPaths.sessions, { examId: 'ex_demo', pin: open.secrets.proctorPin, ...times }, 'no-exam'],
      [operatorPaths.seats, { examId: 'ex_demo', rows: 9, columns: 9, again: true }, 'no-exam'],
      [
        operatorPaths.candidates,
        { id: 'cd_demo-1', name: '乙', number: '110105198001010016', examId: 'ex_demo' },
        'no-exam',
      ],
    ] as const;
    for (const [path, message, reason] of refusals)
      expect([path, reasonOf(await post(path, message))]).toEqual([path, reason]);
    const given = await post(operatorPaths.commands, command, open.secrets.operatorToken);
    const url = `${operatorPaths.commands}/${given.json<CommandReply>().commands[0]?.id}`;
    const bearer = { authorization: `Bearer ${theirToken}` };
    expect((await open.app.inject({ url, headers: bearer })).statusCode).toBe(404);
    expect((await post(operatorPaths.proctors, { id: 'pr_demo-1', name: '王监考' })).statusCode).toBe(200);
    const { issuedAt: _, ...after } = await ours.assignment();
    expect(before).toMatchObject(after);
  });

  test('page shows nothing, though both have an exam of one id and an open move of it', async () => {
    const [exam] = (await ours.assignment()).exams;
    const bank = (await ours.call('GET', paths.bank(exam?.bankId ?? ''))).json();
    const bearer = { authorization: `Bearer ${theirToken}` };
    for (const payload of demoPictures())
      await open.app.inject({
        method: 'POST',
        url: operatorPaths.pictures,
        payload: Buffer.from(payload),
        headers: bearer,
      });
    expect((await post(operatorPaths.exams, { exam, bank })).statusCode).toBe(200);
    const move = { to: ours.stationId, sittingId: 'si_open', candidateId: 'cd_demo-2', examId: exam?.id };
    await ours.call('POST', paths.rescues, { ...move, file: 'AAAA' });
    await ours.call('POST', paths.batches, await batchOf(ours, [recordOf(ours)]));
    const [row] = await open.center.db.query('SELECT id FROM batches');
    const see = async (url: string, token: string) =>
      open.app.inject({ url, headers: { cookie: await signIn(open.app, token) } });
    const proof = `/proof/${row?.id}`;
    expect((await see(proof, open.secrets.operatorToken)).statusCode).toBe(200);
    expect((await see(proof, theirToken)).statusCode).toBe(404);
    expect((await see('/', open.secrets.operatorToken)).body).toContain(MESSAGES.zh.openMoves);
    for (const secret of ['张示范', MESSAGES.zh.openMoves])
      expect((await see('/', theirToken)).body).not.toContain(secret);
    expect((await see('/stations', theirToken)).body).not.toContain(ours.stationId);
  });
});

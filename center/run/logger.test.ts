import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../contract/station-center/center-api.ts';
import { enrolStation, openTestCenter, routesOf, signIn, type TestCenter, type TestStation } from '../testing/index.ts';
import { stderrLogger } from './logger.ts';

/** Marked so that it is found wherever it turns up; long enough for a token, a name and a number. */
const SECRET = 'zzSECRETzz';
const MARK = `${SECRET}${'a1'.repeat(11)}`;
const lines: string[] = [];
const stream = new Writable({
  write(line, _encoding, done) {
    lines.push(String(line));
    done();
  },
});

let open: TestCenter;
let station: TestStation;
let cookie: string;

beforeAll(async () => {
  open = await openTestCenter({ logger: { ...stderrLogger(), level: 'trace', stream } });
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  cookie = await signIn(open.app, open.secrets.operatorToken);
});
afterAll(() => open.close());

const FIELDS = ['name', 'number', 'pin', 'code', 'token', 'id', 'note', 'publicKey', 'examId', 'invitation', 'action'];
const payload = Object.fromEntries(FIELDS.map((field) => [field, MARK]));
/** Bodies of which some are read, some are refused by their shape, and some are no JSON at all. */
const BODIES = [payload, { ...payload, number: '110105194912310021', photos: [MARK] }, `{"name": "${MARK}`, `${MARK}`];

const said = (): string => lines.join('');
const secrets = () => [
  ...[SECRET, open.secrets.operatorToken, open.secrets.enrolmentCode, String(open.secrets.proctorPin)],
  ...[
    cookie.split('=')[1] as string,
    '张示范',
    '110105198001010016',
    station.signer.sign('exam-station/request', {} as never),
  ],
];

async function askEverything(headers: Readonly<Record<string, string>>): Promise<void> {
  for (const route of routesOf(open.app)) {
    const [method = '', pattern = ''] = route.split(' ');
    // Whoever signs out is signed in no longer.
    if (pattern.endsWith('sign-out')) continue;
    const path = pattern.replace(/:\w+/g, MARK).replace('*', MARK);
    const url = `${path}?token=${MARK}&challenge=${MARK}&after=${MARK}&q=${MARK}`;
    const types = ['application/json', 'application/x-www-form-urlencoded'];
    const bodies = method === 'GET' ? [undefined] : BODIES;
    for (const body of bodies)
      await open.app.inject({
        ...{ method: method as 'GET', url },
        headers: {
          ...headers,
          'x-request-id': MARK,
          ...(body ? { 'content-type': types[BODIES.indexOf(body) % 2] } : {}),
        },
        ...(body ? { payload: body } : {}),
      });
  }
}

test('no log line holds what anybody wrote, showed or is called, whatever they ask', async () => {
  await askEverything({ authorization: `Bearer ${MARK}`, cookie: `session=${MARK}` });
  await askEverything({ authorization: `Bearer ${open.secrets.operatorToken}` });
  await askEverything({ cookie, 'sec-fetch-site': 'same-origin' });
  for (const path of [paths.batches, paths.readiness, paths.claims, paths.mail])
    await station.call(path === paths.mail ? 'GET' : 'POST', path, path === paths.mail ? undefined : payload);
  await open.app.inject(`/${MARK}`);
  expect(lines.length).toBeGreaterThan(500);
  expect(said()).toContain('unauthorised');
  for (const secret of secrets()) expect(said().indexOf(secret), secret).toBe(-1);
}, 120_000);

test('each line of a request names it as its answer does, and where it went', async () => {
  lines.length = 0;
  const reply = await open.app.inject({ url: paths.mail, headers: { 'x-request-id': MARK } });
  const id = reply.headers['x-request-id'];
  const read = lines.map((line) => JSON.parse(line));
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(read.map(({ reqId }) => reqId)).toEqual(read.map(() => id));
  expect(read).toContainEqual(expect.objectContaining({ req: { method: 'GET', route: paths.mail } }));
  expect(read).toContainEqual(expect.objectContaining({ reason: 'unauthorised' }));
});

test('a fault says where it was, and quotes nothing', () => {
  const { serializers } = stderrLogger() as { serializers: { err(error: unknown): object } };
  const faults = [
    () => JSON.parse(SECRET),
    () => {
      throw Object.assign(new Error(`invalid input syntax: "${SECRET}"`), { code: '22P02', detail: SECRET });
    },
  ];
  for (const fault of faults)
    try {
      fault();
    } catch (error) {
      const written = JSON.stringify(serializers.err(error));
      expect(written).not.toContain(SECRET);
      expect(written).toContain('logger.test.ts');
    }
});

import {
  batchOf,
  enrolStation,
  enrolWith,
  newCode,
  newSigner,
  openTestCenter,
  recordOf,
  routesOf,
  type TestCenter,
  type TestStation,
} from '../../center/testing/index.ts';
import { ListedStations, operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { proveKey, verifyRevocation } from '../../proof/index.ts';
import type { Attack, Seen } from './attack.ts';

/** Against a center, with the key of a station of it that the attacker has. */
async function withCenter(replay: (center: TestCenter) => Promise<Seen>, now?: () => Date): Promise<Seen> {
  const center = await openTestCenter(now ? { now } : {});
  try {
    return await replay(center);
  } finally {
    await center.close();
  }
}

const revokedAt = (replay: (center: TestCenter, stolen: TestStation) => Promise<Seen>) =>
  withCenter(async (center) => {
    const { app, secrets } = center;
    const stolen = await enrolStation(app, secrets.enrolmentCode);
    const headers = { authorization: `Bearer ${secrets.operatorToken}` };
    const url = `${operatorPaths.stations}/${stolen.stationId}`;
    await app.inject({ method: 'DELETE', url, headers, payload: { cause: 'stolen' } });
    return replay(center, stolen);
  });

type Asked = readonly ['GET' | 'POST' | 'PUT', string];

/** Every route that the program lets a station in by and nobody else: asked by one that is honest, and by a stranger. */
export async function stationRoutes({ app, secrets }: TestCenter): Promise<readonly Asked[]> {
  const honest = await enrolStation(app, await newCode(app, secrets.operatorToken), '二号考站');
  const found: Asked[] = [];
  for (const route of routesOf(app).filter((one) => one.includes(' /v1/'))) {
    const [method, pattern = ''] = route.split(' ') as [Asked[0], string?];
    const url = pattern.replace(/:\w+/, 'a'.repeat(64));
    const payload = method === 'GET' ? {} : { payload: {} };
    const [stranger, known] = [
      await app.inject({ method, url, ...payload }),
      await honest.call(method, url, method === 'GET' ? undefined : {}),
    ];
    if (stranger.statusCode === 401 && known.statusCode !== 401) found.push([method, url]);
  }
  return found;
}

const enrols = (ask: (center: TestCenter, code: string) => Promise<{ reason?: string }>): Promise<Seen> =>
  withCenter(async (center) => {
    const { reason } = await ask(center, await newCode(center.app, center.secrets.operatorToken));
    return reason ? { outcome: 'prevented', said: reason } : { outcome: 'open', said: 'it is vouched for' };
  });

const ask = async ({ app }: TestCenter, payload: object) =>
  (await app.inject({ method: 'POST', url: paths.enrol, payload })).json<{ reason?: string }>();

export const attacksOnKeys: readonly Attack[] = [
  {
    name: 'result-by-a-revoked-key',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'signs a result with the key of a station that was revoked',
    outcome: 'prevented',
    by: 'the center logs nothing of it; it counts what was asked, and keeps the first signed requests for the operator (`station list`)',
    told: ['station-revoked'],
    replay: () =>
      revokedAt(async ({ app, center, secrets }, stolen) => {
        const reply = await stolen.call('POST', paths.batches, await batchOf(stolen, [recordOf(stolen)]));
        const [{ count } = {}] = await center.db.query('SELECT count(*) AS count FROM records');
        const url = operatorPaths.stations;
        const headers = { authorization: `Bearer ${secrets.operatorToken}` };
        const { stations } = ListedStations.parse((await app.inject({ url, headers })).json());
        const { refused, requests = [] } = stations.find(({ id }) => id === stolen.stationId)?.revoked ?? {};
        const { reason } = reply.json<{ reason: string }>();
        return Number(count) === 0 && refused === 1 && requests.length === 1
          ? { outcome: 'prevented', said: reason }
          : { outcome: 'open', said: `${count} records, ${refused} refused, ${requests.length} kept` };
      }),
  },
  {
    name: 'revoked-station-asks',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'asks for roster, questions, photos and mail with the key of a station that was revoked, by each route there is',
    outcome: 'prevented',
    by: 'the center refuses each before it reads more than who asks',
    told: ['station-revoked'],
    replay: () =>
      revokedAt(async (center, stolen) => {
        const routes = await stationRoutes(center);
        const answered: string[] = [];
        for (const [method, path] of routes) {
          const reply = await stolen.call(method, path, method === 'GET' ? undefined : {});
          if (reply.json<{ reason?: string }>().reason !== 'station-revoked') answered.push(path);
        }
        const missed = [paths.assignment, paths.beginnings].filter((path) => !routes.some(([, one]) => one === path));
        return answered.length + missed.length > 0
          ? { outcome: 'open', said: [...answered, ...missed.map((path) => `${path} not asked`)].join(', ') }
          : { outcome: 'prevented', said: `each of ${routes.length} routes: station-revoked` };
      }),
  },
  {
    name: 'revoked-key-enrols-anew',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'enrols the key of a revoked station again, with a new code',
    outcome: 'prevented',
    by: 'the center: a machine comes back with a new key only',
    told: ['key-weak'],
    replay: () =>
      revokedAt(async ({ app, secrets }, stolen) => {
        const reply = await enrolWith(app, await newCode(app, secrets.operatorToken), stolen.signer);
        const { reason } = reply.json<{ reason?: string }>();
        return reason ? { outcome: 'prevented', said: reason } : { outcome: 'open', said: 'it is vouched for' };
      }),
  },
  {
    name: 'revocation-made-up',
    about: 'keys',
    attacker: 'somebody on the line',
    does: 'tells a station that it is revoked, to keep people from their exam',
    outcome: 'prevented',
    by: 'the station believes what the center has signed of it alone',
    told: ['none of three is believed'],
    replay: () =>
      revokedAt(async ({ center }, { stationId }) => {
        const { publicKey } = center.signer;
        const says = { format: 'exam-station/revocation@1', stationId, at: '2026-03-05T06:00:00.000Z', cause: 'lost' };
        const forged = [
          newSigner().sign('exam-station/revocation', says),
          center.signer.sign('exam-station/revocation', { ...says, stationId: 'st_other' }),
          center.signer.sign('exam-station/time', says),
        ];
        const believed = forged.filter((jws) => verifyRevocation(jws, stationId, publicKey));
        return believed.length > 0
          ? { outcome: 'open', said: 'it is believed' }
          : { outcome: 'prevented', said: 'none of three is believed' };
      }),
  },
  {
    name: 'enrols-the-key-of-another',
    about: 'keys',
    attacker: 'stranger',
    does: 'enrols the public key of somebody else with a code that was found, so that another’s signatures pass for this station’s',
    outcome: 'prevented',
    by: 'the center: the key has to sign the code it is enrolled with',
    told: ['key-unproven'],
    replay: () =>
      enrols(async (center, code) => {
        const { publicKey } = newSigner();
        return ask(center, { code, publicKey, name: '考站', proof: proveKey(newSigner(), code) });
      }),
  },
  {
    name: 'enrolment-carried-elsewhere',
    about: 'keys',
    attacker: 'somebody on the line',
    does: 'shows the proof of a station that meant another center',
    outcome: 'prevented',
    by: 'the center, where the station was given the key of the one it means',
    told: ['key-unproven'],
    replay: () =>
      enrols(async (center, code) => {
        const signer = newSigner();
        const proof = proveKey(signer, code, newSigner().publicKey);
        return ask(center, { code, publicKey: signer.publicKey, name: '考站', proof });
      }),
  },
  {
    name: 'enrols-a-key-of-everybody',
    about: 'keys',
    attacker: 'administrator of a station',
    does: 'enrols a key of small order, with which anybody can sign, to deny each result later; or the key of the center itself',
    outcome: 'prevented',
    by: 'the center',
    told: ['key-weak'],
    replay: () =>
      enrols(async (center, code) => {
        const keys = ['00'.repeat(32), `01${'00'.repeat(31)}`, `ec${'ff'.repeat(30)}7f`].map((hex) =>
          PublicKey.parse(Buffer.from(hex, 'hex').toString('base64url')),
        );
        const said = [];
        for (const publicKey of [...keys, center.center.signer.publicKey])
          said.push((await ask(center, { code, publicKey, name: '考站', proof: 'a.b.c' })).reason);
        return said.every((reason) => reason === 'key-weak') ? { reason: 'key-weak' } : {};
      }),
  },
  {
    name: 'enrols-with-an-old-code',
    about: 'keys',
    attacker: 'stranger',
    does: 'enrols a station with a code that was written down five years ago and never used',
    outcome: 'prevented',
    by: 'the center: a code works for a day, or for as many days as its operator said, 30 at the most',
    told: ['code-expired'],
    replay: () => {
      let at = Date.now() - 5 * 365 * 86_400_000;
      return withCenter(
        async ({ app, secrets }) => {
          at = Date.now();
          const { reason } = (await enrolWith(app, secrets.enrolmentCode, newSigner())).json<{ reason?: string }>();
          return reason ? { outcome: 'prevented', said: reason } : { outcome: 'open', said: 'it is vouched for' };
        },
        () => new Date(at),
      );
    },
  },
  {
    name: 'stolen-key-before-it-is-revoked',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'signs results with the key of a station before anybody has noticed that it was stolen',
    outcome: 'open',
    by: 'until its operator revokes the station; each such result is still held against all that the center knows (see *Results at the center*)',
    replay: () =>
      withCenter(async ({ app, secrets }) => {
        const stolen = await enrolStation(app, secrets.enrolmentCode);
        const reply = await stolen.call('POST', paths.batches, await batchOf(stolen, [recordOf(stolen)]));
        return reply.statusCode === 200
          ? { outcome: 'open', said: 'it is logged' }
          : { outcome: 'prevented', said: String(reply.statusCode) };
      }),
  },
];

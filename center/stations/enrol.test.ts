import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { proveKey } from '../../proof/index.ts';
import { enrolStation, enrolWith, newCode, newSigner, openTestCenter, type TestCenter } from '../testing/index.ts';

let open: TestCenter;
let clock = Date.parse('2026-03-05T06:00:00.000Z');
const DAY = 86_400_000;

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(clock) });
});
afterAll(() => open.close());

const code = () => newCode(open.app, open.secrets.operatorToken);
const send = async (payload: object) => {
  const reply = await open.app.inject({ method: 'POST', url: paths.enrol, payload });
  return reply.statusCode === 200 ? 'ok' : reply.json<{ reason: string }>().reason;
};

describe('whoever enrols proves that the key is theirs', () => {
  test('for this code, and at this center', async () => {
    const [signer, other, text] = [newSigner(), newSigner(), await code()];
    const { publicKey } = signer;
    const wish = { code: text, publicKey, name: '考站' };
    const { publicKey: ours } = open.center.signer;
    for (const proof of [
      undefined,
      '',
      proveKey(other, text),
      proveKey(signer, 'AAAA-BBBB-CCCC'),
      proveKey(signer, text, other.publicKey),
      signer.sign('exam-station/request', { codeHash: 'a' }),
    ])
      expect(await send({ ...wish, proof })).toBe('key-unproven');
    expect(await send({ ...wish, proof: proveKey(signer, text.toLowerCase(), ours) })).toBe('ok');
    // Asked again because the answer was lost, it is the same, whoever carries the question.
    expect(await send(wish)).toBe('ok');
  });

  test('and it is a key that one can have alone', async () => {
    const text = await code();
    const { publicKey: ours } = open.center.signer;
    const small = PublicKey.parse(Buffer.alloc(32).toString('base64url'));
    for (const publicKey of [small, ours])
      expect(await send({ code: text, publicKey, name: '考站', proof: 'a.b.c' })).toBe('key-weak');
  });

  test('and none that came with a revoked station', async () => {
    const stolen = await enrolStation(open.app, await code());
    const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
    const url = `${operatorPaths.stations}/${stolen.stationId}`;
    await open.app.inject({ method: 'DELETE', url, headers, payload: { cause: 'stolen' } });
    const reply = await enrolWith(open.app, await code(), stolen.signer);
    expect(reply.json()).toMatchObject({ reason: 'key-weak' });
    expect((await enrolWith(open.app, await code(), newSigner())).statusCode).toBe(200);
  });
});

describe('an enrolment code', () => {
  const enrolled = async (text: string) => {
    const reply = await enrolWith(open.app, text, newSigner());
    return reply.statusCode === 200 ? 'ok' : reply.json<{ reason: string }>().reason;
  };
  const codeFor = async (payload: object) => {
    const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
    return open.app.inject({ method: 'POST', url: operatorPaths.codes, headers, payload });
  };

  test('works for a day, or as long as was said', async () => {
    const [first, second, late] = [await code(), await code(), (await codeFor({ days: 7 })).json().code];
    clock += DAY - 1;
    expect(await enrolled(first)).toBe('ok');
    clock += 2;
    expect(await enrolled(second)).toBe('code-expired');
    clock += 6 * DAY - 2;
    expect(await enrolled(late)).toBe('ok');
    for (const days of [0, 31, 1.5]) expect((await codeFor({ days })).statusCode).toBe(400);
  });

  test('does not work after five years, but says to whoever used it what it said', async () => {
    const [signer, used, unused] = [newSigner(), await code(), await code()];
    const before = (await enrolWith(open.app, used, signer)).json();
    clock += 5 * 365 * DAY;
    expect((await enrolWith(open.app, used, signer)).json()).toEqual(before);
    expect(await enrolled(used)).toBe('code-used');
    expect(await enrolled(unused)).toBe('code-expired');
  });
});

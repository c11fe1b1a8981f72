import { describe, expect, test } from 'vitest';
import { AUTH_SCHEME, paths } from '../../contract/station-center/center-api.ts';
import { instant } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import type { JwsType } from '../../proof/jws.ts';
import type { Center } from '../base/index.ts';
import { newSigner } from '../testing/index.ts';
import { authenticate } from './authenticate.ts';

const signer = newSigner();
const now = new Date('2026-03-05T06:00:00.000Z');
const row = { id: 'st_one', tenantId: 'tn_demo', name: 'n', publicKey: signer.publicKey, certificate: 'c' };
const query = async (sql: string, [id]: readonly unknown[] = []) =>
  (sql.includes('revocations') ? [] : [row, { ...row, id: 'st_two', publicKey: newSigner().publicKey }]).filter(
    (station) => station.id === id,
  );
const center = { db: { query }, now: () => now } as unknown as Center;

const request = { method: 'GET', path: paths.assignment };
const statement = { ...request, stationId: 'st_one', bodyHash: sha256(''), at: instant(now) };
const sign = (payload: object, by = signer, type: JwsType = 'exam-station/request') =>
  `${AUTH_SCHEME} ${by.sign(type, payload)}`;
const ask = (authorization: string | undefined) => authenticate(center, { ...request, authorization });
const minutesOff = (minutes: number) => sign({ ...statement, at: instant(new Date(now.getTime() + minutes * 60_000)) });

test('a signed request is its station, with what it said of the body', async () => {
  expect(await ask(sign(statement))).toEqual({ actor: { kind: 'station', ...row }, statement });
});

describe('refused as unauthorised', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64url');
  test.each([
    ['no header', undefined],
    ['another scheme', sign(statement).replace(AUTH_SCHEME, 'Bearer')],
    ['no token', AUTH_SCHEME],
    ['something after the token', `${sign(statement)} x`],
    ['no JWS', `${AUTH_SCHEME} x`],
    ['a payload that is null', `${AUTH_SCHEME} e30.${base64('null')}.x`],
    ['an id that is none', `${AUTH_SCHEME} e30.${base64('{"stationId":{}}')}.x`],
    ['an unknown station', sign({ ...statement, stationId: 'st_none' })],
    ['another station', sign({ ...statement, stationId: 'st_two' })],
    ['another key', sign(statement, newSigner())],
    ['another kind of statement', sign(statement, signer, 'exam-station/batch')],
    ['another path', sign({ ...statement, path: `${paths.assignment}?x` })],
    ['another method', sign({ ...statement, method: 'POST' })],
    ['half a statement', sign({ stationId: 'st_one' })],
  ])('%s', async (_, authorization) => {
    await expect(ask(authorization)).rejects.toMatchObject({ reason: 'unauthorised' });
  });
});

test('a clock may be ten minutes off, either way, and no more', async () => {
  for (const minutes of [-10, 10]) expect(await ask(minutesOff(minutes))).toBeDefined();
  for (const minutes of [-10.01, 10.01])
    await expect(ask(minutesOff(minutes))).rejects.toMatchObject({ reason: 'clock-skew' });
});

import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Grant } from '../../contract/records/grants.ts';
import { UNCHANGED } from '../../contract/station-center/center-api.ts';
import type { Refusal } from '../../contract/words/reasons.ts';
import { assignmentRevision, generateSigningKey, openSigner, sha256 } from '../../proof/index.ts';
import { assignmentOf } from '../station.fixture.ts';
import { openAssignments } from './assignments.ts';

const signer = openSigner(generateSigningKey());
const STATION = 'st_test';
const LATER = '2026-03-04T06:00:00.000Z';
const told = assignmentOf();
const text = JSON.stringify(told);
const revision = assignmentRevision(text);
const sign = (says: object, by = signer) => by.sign('exam-station/assignment', { stationId: STATION, ...says });
const whole = () => Response.json({ assignment: text, signature: sign({ hash: sha256(text) }) });
const nothingNew = (jws: string) => new Response(null, { status: 304, headers: { [UNCHANGED]: jws } });
const unchanged = () => nothingNew(sign({ hash: revision, unchangedAt: LATER }));

/** Asks one after the other for what a center answers in turn. */
function openWith(...answers: (() => Response)[]) {
  const asked: (string | undefined)[] = [];
  const ask = openAssignments({
    ask: async (_path, headers) => {
      asked.push(headers['if-none-match']);
      return answers.shift()?.() ?? Response.error();
    },
    identity: { enrolment: { stationId: STATION, tenantId: told.tenant.id } as never },
    centerNow: () => signer.publicKey,
  });
  return { asked, ask, reasonOf: () => ask().then(String, (error) => (error as Refusal).reason) };
}

it('what has not changed is as of the moment at which the center said so', async () => {
  const { ask, asked } = openWith(whole, unchanged, unchanged);
  expect(await ask()).toEqual(told);
  expect(await ask()).toEqual({ ...told, issuedAt: LATER });
  expect(await ask()).toEqual({ ...told, issuedAt: LATER });
  expect(asked).toEqual([undefined, `"${revision}"`, `"${revision}"`]);
});

it('what comes packed is unpacked, and not without an end', async () => {
  const headers = { 'content-encoding': 'gzip' };
  const packed = async () => gzipSync(await whole().text());
  const body = await packed();
  expect(await openWith(() => new Response(body, { headers })).ask()).toEqual(told);
  expect(await openWith(() => new Response('no gzip', { headers })).reasonOf()).toBe('center-refused');
});

it.each<[string, () => string]>([
  ['says nothing', () => ''],
  ['is signed by somebody else', () => sign({ hash: revision, unchangedAt: LATER }, openSigner(generateSigningKey()))],
  ['is for another station', () => sign({ hash: revision, unchangedAt: LATER, stationId: 'st_other' })],
  ['is of another revision', () => sign({ hash: sha256('another'), unchangedAt: LATER })],
  ['does not say when', () => sign({ hash: revision })],
])('that nothing has changed is not believed where it %s, and all of it is asked for again', async (_, jws) => {
  const { ask, asked, reasonOf } = openWith(whole, () => nothingNew(jws()), whole);
  await ask();
  expect(await reasonOf()).toBe('signature-invalid');
  expect(await ask()).toEqual(told);
  expect(asked.at(-1)).toBeUndefined();
});

it('a center that says so unasked has said nothing', async () => {
  expect(await openWith(unchanged).reasonOf()).toBe('center-refused');
});

it('each grant has its own', async () => {
  const { ask, asked } = openWith(whole, whole, unchanged);
  const grant = { id: 'gr_1', tenantId: told.tenant.id } as unknown as Grant;
  await ask();
  await ask(grant);
  expect((await ask(grant)).issuedAt).toBe(LATER);
  expect(asked).toEqual([undefined, undefined, `"${revision}"`]);
});

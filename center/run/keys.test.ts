import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import {
  AUTH_SCHEME,
  healthFor,
  KNOWS_CENTER_KEYS,
  paths,
  type SignedAssignment,
} from '../../contract/station-center/center-api.ts';
import { instant } from '../../contract/words/ids.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import {
  generateSigningKey,
  keyId,
  openCenterKeys,
  openSigner,
  sha256,
  verifyAuditExport,
  verifyCertificate,
  verifyProofFile,
} from '../../proof/index.ts';
import { openCheckpointBy } from '../../proof/transparency/index.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { batchOf, enrolStation, newCode, openEmpty, recordOf, signIn } from '../testing/index.ts';
import { readKeysWish } from './command-wishes.ts';
import { changeKeysIn } from './keys.ts';
import { openCenter } from './service.ts';

const DAY_MS = 24 * 3_600_000;
const NOW = new Date();
const later = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const wish = (data: string, ...args: readonly string[]) => {
  const read = readKeysWish(['keys', ...args, '--data', data], {});
  if (!read) throw new Error('it begins with keys');
  return read;
};
const kidOf = (jws: string): string => JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()).kid;

/** A center that is started again and again over one database, which stays open. */
async function started() {
  const data = temporaryFolder();
  const db = await openEmpty();
  onTestFinished(() => db.close());
  const database = { ...db, close: async () => undefined };
  const open = (now = new Date()) => openCenter({ data, database, seed: 'none', now: () => now });
  const change = (args: readonly string[], now = new Date()) => changeKeysIn(db, data, wish(data, ...args), now);
  const first = await open();
  const secrets: FirstRun = JSON.parse(await readFile(first.firstRun, 'utf8'));
  await first.close();
  return { data, database, open, change, secrets };
}

test('a center with an issuing key signs everything with it, keeps being the same center, and needs no root', async () => {
  const { data, open, change, secrets } = await started();
  const issued = (await change(['issue', '--days', '90'])) as { keyId: string; file: string };
  if (process.platform !== 'win32') expect((await stat(issued.file)).mode & 0o777).toBe(0o600);
  const away = join(temporaryFolder(), 'root.key');
  expect(await change(['take-offline', '--to', away])).toMatchObject({ keyId: keyId(secrets.centerKey) });
  await expect(stat(join(data, 'center.key'))).rejects.toThrow('ENOENT');

  const { app, center, close } = await open();
  const served = (await app.inject('/v1/keys')).json();
  const keys = openCenterKeys(secrets.centerKey, served);
  expect([keys.keys.length, served.verifiers.length]).toEqual([1, 2]);
  const challenge = 'A'.repeat(43);
  const health = (await app.inject(healthFor(challenge))).json();
  expect(health).toEqual({ ok: true, version: '0.1.0', centerKey: secrets.centerKey, proof: expect.any(String) });
  const code = await newCode(app, secrets.operatorToken);
  const station = await enrolStation(app, code);
  expect(station.centerKey).toBe(secrets.centerKey);
  const batch = await batchOf(station, [recordOf(station)]);
  const receipt = (await station.call('POST', paths.batches, batch)).json();
  const assignment = (await station.call('GET', paths.assignment)).json<SignedAssignment>().signature;
  const time = (await station.call('POST', paths.time, { nonce: 'a'.repeat(64) })).json().token;
  const head = (await app.inject('/v1/log/head')).json().treeHead;
  const said = [health.proof, station.certificate, receipt.treeHead, assignment, time, head];
  expect(said.map(kidOf)).toEqual(said.map(() => issued.keyId));
  expect(verifyCertificate(station.certificate, keys)).toMatchObject({ ok: true });
  expect(verifyCertificate(station.certificate, secrets.centerKey)).toMatchObject({ reason: 'signature-invalid' });
  const checkpoint = (await app.inject('/checkpoint')).body;
  expect(openCheckpointBy(checkpoint, keys)).toMatchObject({ origin: center.logName, size: 3 });
  expect(openCheckpointBy(checkpoint, secrets.centerKey)).toBe('unsigned');

  const [{ id } = {}] = await center.db.query('SELECT id FROM batches');
  const headers = { authorization: `Bearer ${secrets.operatorToken}` };
  const file = await app.inject({ url: `/proof/${id}`, headers });
  const proof = file.rawPayload;
  expect(await verifyProofFile(proof, secrets.centerKey)).toMatchObject({ ok: true, summary: { verdict: 'proven' } });
  const audit = (await app.inject({ url: `${operatorPaths.audit}/export`, headers })).json();
  expect(verifyAuditExport(audit, secrets.centerKey)).toMatchObject({ ok: true });
  expect(verifyAuditExport({ ...audit, keys: undefined }, secrets.centerKey)).toMatchObject({ ok: false });
  const entries = (await app.inject('/v1/log/entries'))
    .json()
    .entries.map(({ text }: { text: string }) => JSON.parse(text));
  expect(entries[0]).toEqual({ format: 'exam-station/log-entry@1', kind: 'key', statement: keys.keys[0] });
  await close();
});

test('a center without an issuing key says nothing of keys, and signs with its root', async () => {
  const { open, secrets } = await started();
  const { app, center, close } = await open();
  expect((await app.inject('/v1/keys')).json()).toMatchObject({
    keys: [],
    revocations: [],
    verifiers: [expect.any(String)],
  });
  expect((await app.inject('/v1/health')).json()).toEqual({ ok: true, version: '0.1.0', centerKey: secrets.centerKey });
  expect(center.signer.publicKey).toBe(secrets.centerKey);
  await close();
});

test('an issuing key is made where every station knows such keys, or somebody says so', async () => {
  const { data, open, change, secrets } = await started();
  const first = await open();
  const station = await enrolStation(first.app, secrets.enrolmentCode, '二号考站');
  await first.close();
  await expect(change(['issue'])).rejects.toThrow('二号考站 has not said that it knows issuing keys');
  const again = await open();
  const readiness = { status: 'READY', at: instant(new Date()), checks: [], knows: [KNOWS_CENTER_KEYS] };
  const body = JSON.stringify(readiness);
  const [method, path] = ['POST', paths.readiness] as const;
  const statement = { stationId: station.stationId, method, path, bodyHash: sha256(body), at: instant(new Date()) };
  const authorization = `${AUTH_SCHEME} ${station.signer.sign('exam-station/request', statement)}`;
  const headers = { authorization, 'content-type': 'application/json' };
  expect((await again.app.inject({ method, url: path, headers, payload: body })).statusCode).toBe(200);
  await again.close();
  expect(await change(['issue'])).toMatchObject({ file: join(data, 'issuing.key') });
});

test('a center whose issuing key is over starts with its root alone, and says what is missing', async () => {
  const { open, change, secrets } = await started();
  await change(['issue', '--days', '20']);
  const soon = await open();
  expect((await soon.app.inject('/v1/health')).json()).toMatchObject({ issuingKeyEnds: expect.any(String) });
  const cookie = await signIn(soon.app, secrets.operatorToken);
  expect((await soon.app.inject({ url: '/?lang=en', headers: { cookie } })).body).toContain('It is good until');
  await soon.close();
  const withRoot = await open(later(21));
  expect(withRoot.center.signer.publicKey).toBe(secrets.centerKey);
  await withRoot.close();
  const away = join(temporaryFolder(), 'root.key');
  await expect(change(['take-offline', '--to', away], later(21))).rejects.toThrow('no issuing key is good');
  await change(['take-offline', '--to', away]);
  await expect(open(later(21))).rejects.toMatchObject({ reason: 'issuing-key-missing' });
  await expect(change(['issue'], later(21))).rejects.toThrow('--root FILE');
  await change(['issue', '--root', away], later(21));
  const again = await open(later(22));
  expect([...again.center.keys.byId]).toHaveLength(3);
  await again.close();
});

test('an issuing key that runs out while the center runs signs nothing more', async () => {
  const { data, database, change } = await started();
  await change(['issue', '--days', '1']);
  await change(['take-offline', '--to', join(temporaryFolder(), 'root.key')]);
  let now = new Date();
  const { app, close } = await openCenter({ data, database, seed: 'none', now: () => now });
  expect((await app.inject('/v1/log/head')).statusCode).toBe(200);
  now = later(2);
  const refused = await app.inject('/v1/log/head');
  expect([refused.statusCode, refused.json().reason]).toEqual([503, 'issuing-key-missing']);
  expect((await app.inject('/v1/health')).statusCode).toBe(200);
  await close();
});

test('a revoked key is served as such, and signs no more', async () => {
  const { open, change, secrets } = await started();
  const issued = (await change(['issue'])) as { keyId: string };
  const away = join(temporaryFolder(), 'root.key');
  await change(['take-offline', '--to', away]);
  await expect(change(['revoke', issued.keyId])).rejects.toThrow('--root FILE');
  await expect(change(['revoke', 'a'.repeat(16), '--root', away])).rejects.toThrow('no issuing key');
  const revoked = await change(['revoke', issued.keyId, '--root', away]);
  expect(await change(['revoke', issued.keyId, '--root', away], later(1))).toEqual(revoked);
  await expect(open()).rejects.toMatchObject({ reason: 'issuing-key-missing' });
  await change(['issue', '--root', away]);
  const { app, center, close } = await open();
  const keys = openCenterKeys(secrets.centerKey, (await app.inject('/v1/keys')).json());
  expect([keys.keys.length, keys.revocations.length]).toEqual([2, 1]);
  expect(kidOf((await app.inject('/v1/log/head')).json().treeHead)).not.toBe(issued.keyId);
  const kinds = await center.db.query('SELECT kind FROM log_entries ORDER BY index');
  expect(kinds.map(({ kind }) => kind)).toEqual(['key', 'key-revocation', 'key']);
  await close();
});

test('a key that is revoked beside a center that runs signs no receipt, and one that is issued then does', async () => {
  const { data, database, change, secrets } = await started();
  const { keyId: first } = (await change(['issue'])) as { keyId: string };
  const away = join(temporaryFolder(), 'root.key');
  await change(['take-offline', '--to', away]);
  const { app, close } = await openCenter({ data, database, seed: 'none' });
  const station = await enrolStation(app, secrets.enrolmentCode);
  const batch = await batchOf(station, [recordOf(station)]);
  await change(['revoke', first, '--root', away]);
  const send = () => station.call('POST', paths.batches, batch);
  const refused = await send();
  expect([refused.statusCode, refused.json().reason]).toEqual([503, 'issuing-key-missing']);
  expect((await app.inject('/v1/keys')).json().revocations).toHaveLength(1);
  await change(['issue', '--root', away]);
  await eventually(async () => expect((await send()).statusCode).toBe(200));
  expect(kidOf((await app.inject('/v1/log/head')).json().treeHead)).not.toBe(first);
  // A folder that is away for a moment ends nothing.
  await rm(join(data, 'issuing.key'));
  await setTimeout(2_100);
  const next = await batchOf(station, [recordOf(station)], { number: 1, batch });
  expect((await station.call('POST', paths.batches, next)).statusCode).toBe(200);
  await close();
});

test('a root that is copied is tried before it is erased, and never over another file', async () => {
  const { data, open, change, secrets } = await started();
  const file = join(temporaryFolder(), 'root.key');
  await expect(change(['take-offline', '--to', file])).rejects.toThrow('no issuing key is good');
  await change(['issue']);
  await writeFile(file, 'something');
  await expect(change(['take-offline', '--to', file])).rejects.toThrow('EEXIST');
  expect(await readFile(file, 'utf8')).toBe('something');
  await rm(file);
  await change(['take-offline', '--to', file]);
  expect(openSigner(await readFile(file)).publicKey).toBe(secrets.centerKey);
  await copyFile(file, join(data, 'center.key'));
  const again = await open();
  expect(again.center.keys.root).toBe(secrets.centerKey);
  await again.close();
});

test('a key that the root never signed starts no center, and another root issues none', async () => {
  const { data, open, change } = await started();
  await writeFile(join(data, 'issuing.key'), generateSigningKey());
  await expect(open()).rejects.toThrow('never signed');
  const other = join(temporaryFolder(), 'other.key');
  await writeFile(other, generateSigningKey());
  await expect(change(['issue', '--root', other])).rejects.toThrow('is not the root of this center');
});

test('what is typed is read, and nothing else', () => {
  expect(readKeysWish(['tenant', 'add'], {})).toBeUndefined();
  for (const args of [['issue', '--days', '0'], ['issue', 'x'], ['take-offline'], ['revoke'], ['revoke', 'x'], []])
    expect(() => readKeysWish(['keys', ...args], {})).toThrow(/keys takes|--days takes/);
  expect(readKeysWish(['keys', 'issue', '--stations-are-current'], {})).toMatchObject({ days: 365, isCurrent: true });
});

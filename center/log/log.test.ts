import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { certificateEntry, grantEntry } from '../../contract/log/entries.ts';
import {
  ConsistencyReply,
  CosignaturesReply,
  consistencyFor,
  evidenceFor,
  LogEvidence,
  LoggedEntries,
  LogIdentity,
  logPaths,
  NewestHead,
} from '../../contract/log/log-api.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { TreeHead } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { leafHash, verifyConsistency, verifyInclusion, verifyJws } from '../../proof/index.ts';
import {
  type Checkpoint,
  checkpointText,
  cosign,
  cosignaturesOf,
  logKey,
  openCheckpoint,
  readAddCheckpoint,
  readNoteKey,
  sealEntry,
  signCheckpoint,
  witnessKey,
  writeNote,
  writeNoteKey,
} from '../../proof/transparency/index.ts';
import type { CenterOptions } from '../run/index.ts';
import { logIssued } from '../stations/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  newSigner,
  openTestCenter,
  recordOf,
  type TestCenter,
} from '../testing/index.ts';
import { askWitness, openLogName } from './index.ts';

let open: TestCenter;
const start = async (options: Partial<CenterOptions> = {}) => {
  open = await openTestCenter({ seed: 'none', ...options });
  return open;
};
afterEach(() => open.close());

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const get = async (url: string) => open.app.inject({ url });
const headNow = async () => {
  const { treeHead } = NewestHead.parse((await get(logPaths.head)).json());
  const { size, root } = TreeHead.parse(verifyJws(treeHead, 'exam-station/tree-head', open.center.signer.publicKey));
  return { size, root: bytes(root) };
};
const checkpointNow = async () => {
  const { logName, signer } = open.center;
  const text = (await get(logPaths.checkpoint)).body;
  const opened = openCheckpoint(text, logKey(logName, signer.publicKey));
  if (typeof opened === 'string') throw new Error(opened);
  return { ...opened, text };
};
const leaves = async () => {
  const rows = await open.center.db.query('SELECT hash FROM log_nodes WHERE level = 0 ORDER BY index');
  return rows.map(({ hash }) => Buffer.from(hash as Uint8Array).toString('hex'));
};
const leafOf = (entry: Parameters<typeof sealEntry>[0]): string => Buffer.from(sealEntry(entry).leaf).toString('hex');

describe('the log', () => {
  test('holds a certificate and a grant from when they are given on', async () => {
    const { app, secrets } = await start();
    const station = await enrolStation(app, secrets.enrolmentCode);
    await addOtherTenant(open);
    const wish = { tenantId: 'tn_other', stations: 'all', exams: 'all' };
    const times = { from: '2026-01-01T00:00:00.000Z', until: '2099-01-01T00:00:00.000Z' };
    const headers = { authorization: `Bearer ${secrets.operatorToken}` };
    await app.inject({ method: 'POST', url: operatorPaths.grants, payload: { ...wish, ...times }, headers });
    const { grants } = (await station.call('GET', paths.grants)).json<{ grants: [string] }>();
    const given = [leafOf(certificateEntry(station.certificate)), leafOf(grantEntry(grants[0]))];
    expect(await leaves()).toEqual(given);
    const { entries } = LoggedEntries.parse((await get(logPaths.entries)).json());
    expect(entries.map(({ text }) => Buffer.from(leafHash(text)).toString('hex'))).toEqual(given);
    expect(LoggedEntries.parse((await get(`${logPaths.entries}?from=1`)).json()).entries).toEqual(entries.slice(1));
    await logIssued({ kind: 'system' }, open.center);
    expect(await leaves()).toEqual(given);
  });

  test('gets the certificates and grants of a center that logged none, once, and goes on from what it was', async () => {
    const { app, secrets, center } = await start();
    const station = await enrolStation(app, secrets.enrolmentCode);
    await station.call('POST', paths.batches, await batchOf(station, [recordOf(station)]));
    await center.db.query(
      `INSERT INTO grants (tenant_id, id, owner_id, station_id, jws, begins_at, ends_at, given_at, ended_at)
       VALUES ($1, 'gr_old', $1, $2, 'a.b.c', '2026-01-01', '2027-01-01', '2026-01-01', '2026-02-01')`,
      [station.tenantId, station.stationId],
    );
    // As an older program left it.
    for (const table of ['log_entries', 'issued_logged']) await center.db.query(`DELETE FROM ${table}`);
    const before = await headNow();
    await logIssued({ kind: 'system' }, center);
    await logIssued({ kind: 'system' }, center);
    const after = await headNow();
    expect(after.size).toBe(before.size + 3);
    const kinds = await center.db.query('SELECT kind FROM log_entries ORDER BY index');
    expect(kinds.map(({ kind }) => kind)).toEqual(['certificate', 'grant', 'grant-end']);
    // Once is enough: each is logged as it is made.
    await center.db.query('DELETE FROM log_entries');
    await logIssued({ kind: 'system' }, center);
    expect((await headNow()).size).toBe(after.size);
    const { path } = ConsistencyReply.parse((await get(consistencyFor(before.size, after.size))).json());
    expect(verifyConsistency(before, after, path.map(bytes))).toBe(true);
  });

  test('takes no batch of a station whose certificate is not in it', async () => {
    const { app, secrets, center } = await start();
    const station = await enrolStation(app, secrets.enrolmentCode);
    await center.db.query('DELETE FROM log_entries');
    const reply = await station.call('POST', paths.batches, await batchOf(station, [recordOf(station)]));
    expect(reply.json()).toMatchObject({ reason: 'not-logged' });
  });

  test('says of nothing that it is empty, and of no size that it has it', async () => {
    await start();
    expect((await get(logPaths.head)).json()).toMatchObject({ reason: 'log-empty' });
    expect((await checkpointNow()).size).toBe(0);
    expect((await get(consistencyFor(0, 1))).json()).toMatchObject({ reason: 'log-shorter' });
    expect((await get(consistencyFor(1, 0))).json()).toMatchObject({ reason: 'bad-message' });
    for (const query of ['', '?from=1', '?from=01&to=2', '?from=-1&to=2', '?from=1&to=1e3', '?from=1&from=1&to=2'])
      expect((await get(`${logPaths.consistency}${query}`)).statusCode).toBe(400);
    for (const url of [evidenceFor(3, []), evidenceFor(0, ['0'.repeat(64)])])
      expect((await get(url)).statusCode).toBe(404);
  });

  test('shows what a proof needs: the newest checkpoint, and where an entry is in it', async () => {
    const { app, secrets } = await start();
    const station = await enrolStation(app, secrets.enrolmentCode);
    const before = await headNow();
    await station.call('POST', paths.batches, await batchOf(station, [recordOf(station), recordOf(station)]));
    const leaf = leafOf(certificateEntry(station.certificate));
    const shown = LogEvidence.parse((await get(evidenceFor(before.size, [leaf]))).json());
    const newest = await checkpointNow();
    expect(shown.checkpoint).toBe(newest.text);
    expect(verifyConsistency(before, newest, shown.consistency.map(bytes))).toBe(true);
    const [{ index, path }] = shown.inclusions as [(typeof shown.inclusions)[0]];
    expect(verifyInclusion(bytes(leaf), index, newest.size, path.map(bytes), newest.root)).toBe(true);
  });

  test('has tiles that its root is made of, and none of entries', async () => {
    const { app, secrets } = await start();
    const station = await enrolStation(app, secrets.enrolmentCode);
    const records = Array.from({ length: 299 }, () => recordOf(station));
    await station.call('POST', paths.batches, await batchOf(station, records));
    const tile = async (path: string) => get(`${logPaths.tile}${path}`);
    const [full, partial, above] = await Promise.all(['0/000', '0/001.p/44', '1/000.p/1'].map(tile));
    expect(full?.headers['cache-control']).toContain('immutable');
    const row = Buffer.concat([full?.rawPayload ?? Buffer.of(), partial?.rawPayload ?? Buffer.of()]);
    expect(row.toString('hex')).toBe((await leaves()).join(''));
    expect(above?.rawPayload).toHaveLength(32);
    for (const path of ['0/001', '0/001.p/45', '1/000.p/2', '0/002.p/1', 'entries/000', '0/0', ''])
      expect((await tile(path)).statusCode).toBe(404);
  });

  test('keeps its name', async () => {
    const { center } = await start({ logName: 'log.example/exams' });
    expect(LogIdentity.parse((await get(logPaths.about)).json())).toEqual({
      origin: 'log.example/exams',
      key: writeNoteKey(logKey('log.example/exams', center.signer.publicKey)),
    });
    expect((await checkpointNow()).origin).toBe('log.example/exams');
    for (const logName of ['log.example/other', 'with space', 'cosignature/v1', 'exam-station/x'])
      await expect(openLogName(center.db, center.keys.root, logName)).rejects.toThrow(logName);
    expect(await openLogName(center.db, center.keys.root, undefined)).toBe('log.example/exams');
  });
});

describe('witnesses', () => {
  const signer = newSigner();
  const key = witnessKey('witness.example/1', signer.publicKey);
  const witnesses = [{ key }];
  const bring = async (note: string) =>
    open.app.inject({ method: 'POST', url: logPaths.cosignatures, payload: Buffer.from(note) });

  test('that the operator named are heard, once, and shown below the checkpoint and in what a proof needs', async () => {
    const { app, secrets } = await start({ witnesses });
    await enrolStation(app, secrets.enrolmentCode);
    const { text, note } = await checkpointNow();
    const cosigned = `${text}${cosign(note.text, key.name, signer, new Date())}\n`;
    const stranger = cosign(note.text, 'somebody.example', newSigner(), new Date());
    expect(CosignaturesReply.parse((await bring(`${cosigned}${stranger}\n`)).json())).toEqual({ taken: 1, unknown: 1 });
    expect(CosignaturesReply.parse((await bring(cosigned)).json())).toEqual({ taken: 0, unknown: 0 });
    expect((await checkpointNow()).text).toBe(cosigned);
    // Where a newer one was seen by nobody, the one that somebody saw is shown.
    await enrolStation(app, (await addOtherTenant(open)).code);
    expect((await checkpointNow()).note.signatures).toHaveLength(1);
    expect(LogEvidence.parse((await get(evidenceFor(1, []))).json()).checkpoint).toBe(cosigned);
    expect(LogEvidence.parse((await get(evidenceFor(2, []))).json()).checkpoint).toBe((await checkpointNow()).text);
  });

  test('are not heard of what is no checkpoint of this log, nor where they did not sign', async () => {
    const { app, secrets, center } = await start({ witnesses });
    await enrolStation(app, secrets.enrolmentCode);
    const now = await checkpointNow();
    const reasonOf = async (note: string) => (await bring(note)).json<{ reason: string }>().reason;
    const other = cosign(now.note.text.replace('\n1\n', '\n2\n'), key.name, signer, new Date());
    expect(await reasonOf(`${now.text}${other}\n`)).toBe('signature-invalid');
    expect(await reasonOf('')).toBe('bad-message');
    expect(await reasonOf(now.text.replace('\n1\n', '\n2\n'))).toBe('bad-message');
    // Our key signed another tree: the database was rolled back, or somebody has the key.
    for (const size of [1, 7]) {
      const forked: Checkpoint = { origin: center.logName, size, root: leafHash('another') };
      const note = writeNote(checkpointText(forked), [signCheckpoint(forked, center.signer)]);
      expect(await reasonOf(note)).toBe('log-forked');
    }
  });

  test('that have an address are brought what is new, from what they saw last', async () => {
    const asked: { old: number; proof: number }[] = [];
    let seen = 0;
    const server = createServer(async (request, response) => {
      const body = readAddCheckpoint(Buffer.concat(await request.toArray()).toString());
      asked.push({ old: body?.old ?? -1, proof: body?.path.length ?? -1 });
      if (!body || body.old !== seen) return response.writeHead(409).end(`${seen}\n`);
      const opened = openCheckpoint(body.checkpoint, logKey(open.center.logName, open.center.signer.publicKey));
      if (typeof opened === 'string') return response.writeHead(403).end();
      seen = opened.size;
      return response.end(`${cosign(opened.note.text, key.name, signer, new Date())}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const witness = { key, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    const { app, secrets, center } = await start();
    const station = await enrolStation(app, secrets.enrolmentCode);
    expect(await askWitness(center, witness)).toMatchObject({ said: 'cosigned' });
    expect(await askWitness(center, witness)).toBeUndefined();
    await station.call('POST', paths.batches, await batchOf(station, [recordOf(station), recordOf(station)]));
    seen = 0;
    expect(await askWitness(center, witness)).toMatchObject({ said: 'cosigned' });
    expect(asked).toEqual([
      { old: 0, proof: 0 },
      { old: 1, proof: 2 },
      { old: 0, proof: 0 },
    ]);
    expect(cosignaturesOf((await checkpointNow()).note, [key])).toHaveLength(1);
    seen = 9;
    await enrolStation(app, (await addOtherTenant(open)).code);
    expect(await askWitness(center, witness)).toMatchObject({ said: 'refused', detail: expect.stringContaining('9') });
    expect(readNoteKey(writeNoteKey(key))).toEqual(key);
  });
});

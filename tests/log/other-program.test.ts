import { spawn, spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchOf, enrolStation, openTestCenter, recordOf, type TestCenter } from '../../center/testing/index.ts';
import { LogIdentity, logPaths } from '../../contract/log/log-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { sealRecord } from '../../proof/index.ts';
import { newSigner } from '../../proof/proof.fixture.ts';
import { logKey, writeNoteKey } from '../../proof/transparency/index.ts';

/** Python 3 with openssl or python3-cryptography: not ours, and not our language. */
const missing = spawnSync('python3', ['--version']).status === 0 ? undefined : 'python3 is not here';

/** What our own code writes, read by a program that has nothing of it. */
describe.skipIf(missing)(`a log read by Python${missing ? ` (NOT PROVEN HERE: ${missing})` : ''}`, () => {
  let open: TestCenter;
  let url: string;
  const records: string[] = [];
  beforeAll(async () => {
    open = await openTestCenter({ seed: 'none' });
    await open.app.listen({ port: 0, host: '127.0.0.1' });
    url = `http://127.0.0.1:${(open.app.server.address() as AddressInfo).port}`;
    const station = await enrolStation(open.app, open.secrets.enrolmentCode);
    // With the certificate, one tile and a part of the next.
    const made = Array.from({ length: 299 }, () => recordOf(station));
    await station.call('POST', paths.batches, await batchOf(station, made));
    records.push(...made.map((record) => sealRecord(record).text));
  });
  afterAll(() => open.close());

  const check = (record: string, key: string) =>
    new Promise<{ code: number | null; said: string }>((done) => {
      const child = spawn('python3', [join(import.meta.dirname, 'check_log.py'), url, key]);
      let said = '';
      for (const pipe of [child.stdout, child.stderr])
        pipe.on('data', (piece) => {
          said += piece;
        });
      child.on('close', (code) => done({ code, said: said.trim() }));
      child.stdin.end(record);
    });
  const key = async () => LogIdentity.parse(await (await fetch(new URL(logPaths.about, url))).json()).key;

  test('holds a record that was logged', async () => {
    for (const at of [0, 254, 255, 298])
      expect(await check(records[at] ?? '', await key())).toEqual({ code: 0, said: `in the log at ${at + 1} of 300` });
  });

  test('holds none that was not, and is signed by no other key', async () => {
    const changed = records[7]?.replace('"marks":86', '"marks":87') ?? '';
    expect(await check(changed, await key())).toEqual({ code: 1, said: 'NOT VALID: the record is not in the log' });
    const other = writeNoteKey(logKey(open.center.logName, newSigner().publicKey));
    expect((await check(records[7] ?? '', other)).said).toBe('NOT VALID: not signed by the log');
  });

  test('is told from one in which a hash was changed', async () => {
    await open.center.db.query(
      "UPDATE log_nodes SET hash = decode(repeat('00', 32), 'hex') WHERE level = 0 AND index = 9",
    );
    expect((await check(records[7] ?? '', await key())).said).toBe('NOT VALID: the tiles are not what was signed');
  });
});

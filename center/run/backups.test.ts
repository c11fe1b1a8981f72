import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { logPaths } from '../../contract/log/log-api.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import { verifyAuditExport, verifyProofFile } from '../../proof/index.ts';
import { sharedFolder, temporaryFolder } from '../../tests/kit/folders.ts';
import { type Database, wayNow } from '../database/index.ts';
import { openFolderObjects } from '../objects/index.ts';
import {
  batchOf,
  enrolStation,
  newCode,
  openEmpty,
  openMemory,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { type BackupWish, readBackupWish } from './backup-wish.ts';
import { obeyBackupWish, obeyIn } from './backups.ts';
import { type OpenCenter, openCenter } from './service.ts';

const folder = sharedFolder();
const PASSPHRASE = join(folder, 'passphrase');
let old: TestCenter;
let station: TestStation;
let first: Awaited<ReturnType<typeof batchOf>>;

beforeAll(async () => {
  await writeFile(PASSPHRASE, 'a horse, a battery, a staple\n');
  old = await openTestCenter();
  station = await enrolStation(old.app, old.secrets.enrolmentCode);
  first = await batchOf(station, [recordOf(station), recordOf(station)]);
  expect((await station.call('POST', paths.batches, first)).statusCode).toBe(200);
});
afterAll(() => old.close());

type InDatabase = Exclude<BackupWish, { readonly backup: 'check' }>;
const wishOf = (...args: readonly string[]) => readBackupWish(args, {}) as BackupWish;
const done = (db: Database, data: string, ...args: readonly string[]) =>
  obeyIn({ db, data, objects: openFolderObjects(data) }, wishOf(...args) as InDatabase, new Date());

let made = 0;
async function backedUp(...more: readonly string[]): Promise<string> {
  const file = join(folder, `backup-${made++}`);
  await done(old.center.db, old.center.data, 'backup', '--to', file, ...more);
  return file;
}

/** Another machine, on which nothing is yet. */
async function elsewhere(open = openEmpty) {
  const data = temporaryFolder();
  const db = await open();
  onTestFinished(() => db.close());
  const database = { ...db, close: async () => undefined };
  const start = async (): Promise<OpenCenter> => {
    const opened = await openCenter({ data, database });
    onTestFinished(() => opened.close());
    return opened;
  };
  return { data, db, start };
}

/** The same station, whose center is at another address now. */
const movedTo = ({ app }: OpenCenter, method: 'GET' | 'POST', path: string, body?: object) => {
  const [inject, here] = [app.inject.bind(app), old.app.inject];
  old.app.inject = inject as typeof here;
  return station.call(method, path, body).finally(() => {
    old.app.inject = here;
  });
};

const ASKED = [logPaths.about, logPaths.checkpoint, logPaths.keys, `${logPaths.entries}?from=0`];
async function answersOf({ app }: OpenCenter, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const open = await Promise.all(ASKED.map(async (url) => (await app.inject(url)).body));
  const urls = [operatorPaths.exams, operatorPaths.candidates, operatorPaths.proctors, operatorPaths.stations];
  const own = await Promise.all(urls.map(async (url) => (await app.inject({ url, headers })).json()));
  return { open, own };
}

describe.each([
  ['of the same kind', openEmpty],
  ['of the other kind', openMemory],
])('a center that is brought back, in a database %s', (_, open) => {
  test('is the same center: it answers alike, its proofs hold, and a station goes on', async () => {
    const file = await backedUp('--with-keys', '--passphrase-file', PASSPHRASE);
    const there = await elsewhere(open);
    const args = ['restore', '--from', file, '--passphrase-file', PASSPHRASE, '--nothing-newer'];
    expect(await done(there.db, there.data, ...args)).toMatchObject({
      tables: { records: 2, batches: 1, center: 1, stations: 1 },
      log: { size: 3, goesOn: true },
    });
    const again = await there.start();
    const { operatorToken, centerKey }: FirstRun = old.secrets;
    expect(await answersOf(again, operatorToken)).toEqual(await answersOf(old, operatorToken));
    const headers = { authorization: `Bearer ${operatorToken}` };
    const [{ id } = {}] = await again.center.db.query('SELECT id FROM batches');
    const proof = await again.app.inject({ url: `/proof/${id}`, headers });
    expect(await verifyProofFile(proof.rawPayload, centerKey)).toMatchObject({
      ok: true,
      summary: { verdict: 'proven' },
    });
    const audit = (await again.app.inject({ url: `${operatorPaths.audit}/export`, headers })).json();
    expect(verifyAuditExport(audit, centerKey)).toMatchObject({ ok: true });
    const films = await readdir(join(there.data, 'media'));
    expect(films.sort()).toEqual((await readdir(join(old.center.data, 'media'))).sort());
    expect((await stat(join(there.data, 'center.key'))).mode & 0o077).toBe(0);
    const second = await batchOf(station, [recordOf(station)], { number: 1, batch: first });
    expect((await movedTo(again, 'POST', paths.batches, second)).statusCode).toBe(200);
    // Numbers that the database counts by itself, and rows that refer to others, go on too.
    await expect(again.center.db.query('INSERT INTO batches SELECT * FROM batches')).rejects.toThrow('duplicate');
    await expect(again.center.db.query("UPDATE audit_lines SET what = ''")).rejects.toThrow('never changed');
  }, 120_000);
});

describe('a backup that is older than what the center signed', () => {
  test('takes nothing in and signs no head until somebody has looked, and not where results are missing', async () => {
    const file = await backedUp('--with-keys', '--passphrase-file', PASSPHRASE);
    const headOf = async ({ app }: OpenCenter) => (await app.inject(logPaths.head)).json().treeHead as string;
    const heads = async (name: string) => {
      const said = { format: 'exam-station/log-heads@1', last: await headOf(old), unproven: [], contradictions: [] };
      await writeFile(join(folder, name), JSON.stringify(said));
      return join(folder, name);
    };
    const asItWas = await heads('as-it-was.json');
    const checkpoint = join(folder, 'checkpoint.json');
    const last = (await old.app.inject(logPaths.checkpoint)).body;
    await writeFile(checkpoint, JSON.stringify({ format: 'exam-station/log-heads@1', last, unproven: [] }));
    const there = await elsewhere();
    await done(there.db, there.data, 'restore', '--from', file, '--passphrase-file', PASSPHRASE);
    const again = await there.start();
    const refused = await again.app.inject(logPaths.head);
    expect([refused.statusCode, refused.json().reason]).toEqual([503, 'log-restored']);
    const second = await batchOf(station, [recordOf(station)], { number: 1, batch: first });
    expect((await movedTo(again, 'POST', paths.batches, second)).json()).toMatchObject({ reason: 'log-restored' });
    // What it had before is still given out, byte for byte.
    expect((await movedTo(again, 'POST', paths.batches, first)).body).toBe(
      (await station.call('POST', paths.batches, first)).body,
    );
    expect((await station.call('POST', paths.batches, second)).statusCode).toBe(200);
    const longer = await heads('longer.json');
    await expect(done(there.db, there.data, 'log', 'go-on', '--heads', asItWas, '--heads', longer)).rejects.toThrow(
      'results are missing',
    );
    expect((await again.app.inject(logPaths.head)).statusCode).toBe(503);
    await expect(done(there.db, there.data, 'log', 'go-on', '--heads', await forged(longer))).rejects.toThrow(
      'not signed',
    );
    expect(await done(there.db, there.data, 'log', 'go-on', '--heads', asItWas, '--heads', checkpoint)).toEqual({
      log: { size: 3, goesOn: true },
    });
    expect((await again.app.inject(logPaths.head)).statusCode).toBe(200);
  });
});

async function forged(file: string): Promise<string> {
  const said = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(`${file}.forged`, JSON.stringify({ ...said, last: `${said.last.slice(0, -4)}AAAA` }));
  return `${file}.forged`;
}

describe('a backup', () => {
  test('is of one moment, though stations go on handing in', async () => {
    const busy = await enrolStation(old.app, await newCode(old.app, old.secrets.operatorToken), '三号考站');
    let previous: Parameters<typeof batchOf>[2] = null;
    const sending = (async () => {
      for (let number = 1; number <= 6; number++) {
        const batch = await batchOf(busy, [recordOf(busy)], previous);
        expect((await busy.call('POST', paths.batches, batch)).statusCode).toBe(200);
        previous = { number, batch };
      }
    })();
    const files = [await backedUp('--without-media'), await backedUp('--without-media')];
    await sending;
    for (const file of files) {
      const there = await elsewhere();
      const restored = await done(there.db, there.data, 'restore', '--from', file);
      const { tables, log } = restored as { tables: Record<string, number>; log: { size: number } };
      // Each entry of the log is a record, or is kept as what it says.
      expect(log.size).toBe((tables.records ?? 0) + (tables.log_entries ?? 0));
    }
  });

  test('holds no key without a passphrase, and none where nobody asked', async () => {
    const there = await elsewhere();
    await expect(backedUp('--with-keys')).rejects.toThrow('--passphrase-file');
    const file = await backedUp('--without-media');
    expect((await stat(file)).mode & 0o077).toBe(0);
    const key = (await readFile(join(old.center.data, 'center.key'))).toString('base64');
    expect(gunzipSync(await readFile(file)).toString()).not.toContain(key.slice(0, 40));
    await done(there.db, there.data, 'restore', '--from', file, '--nothing-newer');
    await expect(there.start()).rejects.toThrow('restore it from your backup');
    await copyFile(join(old.center.data, 'center.key'), join(there.data, 'center.key'));
    expect((await there.start()).center.keys.root).toBe(old.secrets.centerKey);
  });

  test('is never written over another file, nor restored over another center', async () => {
    const file = await backedUp();
    await expect(done(old.center.db, old.center.data, 'backup', '--to', file)).rejects.toThrow('is there already');
    await expect(done(old.center.db, old.center.data, 'restore', '--from', file)).rejects.toThrow('empty one');
  });

  test('is made and restored on the lane of what nobody waits for', async () => {
    const lanes = new Set<string>();
    const noted = (db: Database): Database => ({
      ...db,
      transaction: (work) => {
        lanes.add(wayNow().lane);
        return db.transaction(work);
      },
    });
    const file = join(folder, `backup-${made++}`);
    await done(noted(old.center.db), old.center.data, 'backup', '--to', file, '--without-media');
    const there = await elsewhere();
    await done(noted(there.db), there.data, 'restore', '--from', file);
    expect([...lanes]).toEqual(['upkeep']);
  });

  test('with a film that its disk changed says so, and brings back everything else', async () => {
    const media = join(old.center.data, 'media');
    const [name = '', other = ''] = (await readdir(media)).toSorted();
    const film = await readFile(join(media, name));
    onTestFinished(() => writeFile(join(media, name), film));
    await writeFile(join(media, name), film.subarray(1));
    const file = join(folder, `backup-${made++}`);
    const args = ['backup', '--to', file] as const;
    expect(await done(old.center.db, old.center.data, ...args)).toMatchObject({ missing: [name] });
    expect(await obeyBackupWish(wishOf('backup', '--check', file))).toMatchObject({ missing: [name] });
    const there = await elsewhere();
    expect(await done(there.db, there.data, 'restore', '--from', file)).toMatchObject({ missing: [name] });
    const films = await readdir(join(there.data, 'media'));
    expect([films.includes(other), films.filter((one) => one.startsWith(name))]).toEqual([true, []]);
  });

  test('that is sealed is nothing without its passphrase', async () => {
    const file = await backedUp('--passphrase-file', PASSPHRASE);
    expect(await obeyBackupWish(wishOf('backup', '--check', file, '--passphrase-file', PASSPHRASE))).toMatchObject({
      tables: { records: expect.any(Number) },
      keys: false,
    });
    await expect(obeyBackupWish(wishOf('backup', '--check', file))).rejects.toThrow('is sealed');
    const other = join(folder, 'other');
    await writeFile(other, 'some other passphrase');
    await expect(obeyBackupWish(wishOf('backup', '--check', file, '--passphrase-file', other))).rejects.toThrow(
      'does not open',
    );
  });

  test.each([
    ['sealed', ['--passphrase-file', PASSPHRASE]],
    ['open', []],
  ])('that is %s and was changed, cut off or added to anywhere is found out', async (_, more) => {
    const whole = await readFile(await backedUp(...more));
    const file = join(folder, `changed-${made++}`);
    const check = async (bytes: Uint8Array) => {
      await writeFile(file, bytes);
      return obeyBackupWish(wishOf('backup', '--check', file, ...more)).then(
        () => 'whole',
        (error: unknown) => (error instanceof Error ? 'found' : 'thrown'),
      );
    };
    expect(await check(whole)).toBe('whole');
    for (const part of [0.1, 0.5, 0.9]) {
      const at = Math.floor(whole.length * part);
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 1;
      expect(await check(changed)).toBe('found');
      expect(await check(whole.subarray(0, at))).toBe('found');
    }
    expect(await check(whole.subarray(0, whole.length - 1))).toBe('found');
    expect(await check(Buffer.concat([whole, whole]))).toBe('found');
    expect(await check(Buffer.alloc(0))).toBe('found');
  });

  test('whose rows were changed, left out or put elsewhere is found out, though it is packed well', async () => {
    const lines = gunzipSync(await readFile(await backedUp()))
      .toString()
      .split('\n');
    const file = join(folder, 'repacked');
    const check = async (changed: readonly string[]) => {
      await writeFile(file, gzipSync(changed.join('\n')));
      return obeyBackupWish(wishOf('backup', '--check', file));
    };
    expect(await check(lines)).toMatchObject({ schema: expect.any(Number) });
    const row = lines.findIndex((line) => line.startsWith('["'));
    await expect(check(lines.toSpliced(row, 1))).rejects.toThrow('was changed');
    await expect(check(lines.toSpliced(row, 0, lines[row] as string))).rejects.toThrow('was changed');
    await expect(check(lines.toSpliced(-2, 1))).rejects.toThrow('cut off');
    await expect(check(lines.toSpliced(1, 0, '{"file":"../../etc/passwd"}'))).rejects.toThrow();
  });

  test('of a newer program is refused, and leaves nothing', async () => {
    const lines = gunzipSync(await readFile(await backedUp()))
      .toString()
      .split('\n');
    const head = JSON.parse(lines[0] as string);
    const said = [JSON.stringify({ ...head, schema: [...head.schema, 9_999] }), ...lines.slice(1, -2)].join('\n');
    const hash = createHash('sha256').update(`${said}\n`).digest('hex');
    const file = join(folder, 'newer');
    await writeFile(file, gzipSync(`${said}\n${JSON.stringify({ end: 'backup', hash })}\n`));
    const there = await elsewhere();
    await expect(done(there.db, there.data, 'restore', '--from', file)).rejects.toThrow('use a newer program');
    expect(await there.db.query("SELECT 1 FROM pg_class WHERE relname = 'records'")).toEqual([]);
    expect(await readdir(there.data)).toEqual([]);
  });
});

test('what is typed is read, and nothing else', () => {
  expect(readBackupWish(['keys'], {})).toBeUndefined();
  expect(wishOf('backup', '--to', 'x')).toMatchObject({ backup: 'make', media: true, keys: false });
  for (const args of [
    ['backup'],
    ['backup', 'x', '--to', 'y'],
    ['backup', '--to', 'x', '--check', 'y'],
    ['restore'],
    ['log', 'go-on'],
    ['log', 'go-on', '--heads', 'x', '--nothing-newer'],
    ['log', '--nothing-newer'],
  ])
    expect(() => readBackupWish(args, {})).toThrow(/takes/);
});

describe('whoever was erased since a backup', () => {
  test('is erased again with it, by the list beside the backup or in the data folder, and by the next start', async () => {
    const before = await backedUp('--with-keys', '--passphrase-file', PASSPHRASE);
    const entry = {
      tenantId: 'tn_demo',
      candidateId: 'cd_demo-3',
      at: '2026-11-27T08:00:00.000Z',
      by: null,
      why: 'rule',
    };
    const torn = '{"tenantId":"tn_demo","candi';
    await writeFile(`${before}.erasures.jsonl`, `${torn}\n${JSON.stringify(entry)}\n`);
    const args = ['restore', '--from', before, '--passphrase-file', PASSPHRASE, '--nothing-newer'];
    const there = await elsewhere();
    expect(await done(there.db, there.data, ...args)).toMatchObject({ erasedAgain: 1 });
    const names = async () =>
      (await there.db.query(`SELECT id, name FROM candidates WHERE id IN ('cd_demo-3', 'cd_demo-4') ORDER BY id`)).map(
        ({ name }) => name === '',
      );
    expect(await names()).toEqual([true, false]);
    await writeFile(join(there.data, 'erasures.jsonl'), `${JSON.stringify({ ...entry, candidateId: 'cd_demo-4' })}\n`);
    await there.start();
    expect(await names()).toEqual([true, true]);
    // Of both the list has a line by now, so that a backup that is made here takes it along.
    const list = await readFile(join(there.data, 'erasures.jsonl'), 'utf8');
    for (const id of ['cd_demo-3', 'cd_demo-4']) expect(list).toContain(`"${id}"`);
    await done(there.db, there.data, 'backup', '--to', join(folder, 'later'));
    expect(await readFile(join(folder, 'later.erasures.jsonl'), 'utf8')).toBe(list);
    const missing = ['--erasures', join(folder, 'nowhere.jsonl')];
    await expect(done((await elsewhere()).db, temporaryFolder(), ...args, ...missing)).rejects.toThrow('is not there');
  }, 120_000);
});

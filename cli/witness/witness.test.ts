import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leafHash } from '../../proof/index.ts';
import { ORIGIN, openSmallLog, type SmallLog } from '../../proof/log.fixture.ts';
import { newSigner } from '../../proof/proof.fixture.ts';
import {
  cosignaturesOf,
  logKey,
  readNote,
  writeAddCheckpoint,
  writeNote,
  writeNoteKey,
} from '../../proof/transparency/index.ts';
import { answeringWithoutEnd } from '../../tests/kit/endless.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { admit } from './admit.ts';
import { lookAt } from './look.ts';
import { serveWitness } from './serve.ts';
import { watchedLog } from './watched-log.ts';
import { makeWitness, openWitness } from './witness-folder.ts';

const center = newSigner();
const key = logKey(ORIGIN, center.publicKey);
const leaves = (count: number) => Array.from({ length: count }, (_, n) => leafHash(`leaf ${n}`));
const logOf = async (all: readonly Uint8Array[]) => {
  const log = openSmallLog(center, all);
  await log.ready;
  return log;
};
function witness() {
  const dir = temporaryFolder();
  makeWitness(dir, 'witness.example/1');
  const folder = openWitness(dir);
  onTestFinished(() => folder[Symbol.dispose]());
  return { dir, folder };
}
const bodyOf = async (log: SmallLog, old = 0, size = log.leaves.length) => {
  const path = old > 0 && old <= size ? (await log.consistency(old, size)).map((hex) => Buffer.from(hex, 'hex')) : [];
  return writeAddCheckpoint({ old, path, checkpoint: await log.checkpoint([], size) });
};

/** A center that shows whichever log it wants. @returns its address */
async function show(shown: { log: SmallLog; size?: number; broken?: boolean }) {
  const posted: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://center');
    const { log, size = log.leaves.length } = shown;
    if (request.method === 'POST') {
      posted.push(Buffer.concat(await request.toArray()).toString());
      return response.end('{"taken":1,"unknown":0}');
    }
    if (pathname === '/checkpoint') return response.end(await log.checkpoint([], size));
    if (shown.broken) return response.writeHead(502).end('<html>');
    const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
    if (to > size) return response.writeHead(404).end('{"reason":"log-shorter"}');
    return response.end(JSON.stringify({ path: await log.consistency(from, to) }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted };
}

it('takes checkpoints by each key that a log signs with, and by no other', async () => {
  const [next, stranger] = [newSigner(), newSigner()];
  const watched = watchedLog([key, logKey(ORIGIN, next.publicKey)]);
  const signedBy = async (signer: typeof center) => {
    const log = openSmallLog(signer, leaves(3));
    await log.ready;
    return writeAddCheckpoint({ old: 0, path: [], checkpoint: await log.checkpoint() });
  };
  const folders = [witness(), witness(), witness(), witness()];
  const told = await Promise.all([center, next, stranger, next].map(signedBy));
  const logs = [watched, watched, watched, key];
  const statuses = told.map(
    (body, at) => admit((folders[at] as (typeof folders)[0]).folder, logs[at] as never, body, new Date()).status,
  );
  expect(statuses).toEqual([200, 200, 403, 403]);
});

describe('add-checkpoint', () => {
  it('is answered as c2sp.org/tlog-witness says', async () => {
    const { folder } = witness();
    const log = await logOf(leaves(9));
    const said = (body: string) => admit(folder, key, body, new Date());
    expect(said('nonsense')).toMatchObject({ status: 400 });
    expect(said(await bodyOf(log, 3, 2))).toMatchObject({ status: 400 });
    const other = openSmallLog(newSigner(), leaves(9));
    await other.ready;
    expect(said(await bodyOf(other))).toMatchObject({ status: 403 });
    const foreign = writeAddCheckpoint({
      old: 0,
      path: [],
      checkpoint: (await log.checkpoint()).replaceAll(ORIGIN, 'x.example'),
    });
    expect(said(foreign)).toMatchObject({ status: 404 });
    expect(said(await bodyOf(log, 3))).toEqual({ status: 409, size: 0 });
    expect(said(await bodyOf(log, 0, 5))).toMatchObject({ status: 200, size: 5 });
    expect(said(await bodyOf(log, 0, 9))).toEqual({ status: 409, size: 5 });
    const [wrongPath, proof] = [await bodyOf(log, 5, 8), await bodyOf(log, 5, 9)];
    const mixed = `${wrongPath.slice(0, wrongPath.indexOf('\n\n'))}${proof.slice(proof.indexOf('\n\n'))}`;
    expect(said(mixed)).toMatchObject({ status: 422, found: 'unproven' });
    expect(said(proof)).toMatchObject({ status: 200, size: 9 });
    expect(said(await bodyOf(log, 9, 9))).toMatchObject({ status: 200, size: 9 });
    const forked = await logOf(leaves(9).with(2, leafHash('rewritten')));
    expect(said(await bodyOf(forked, 9, 9))).toMatchObject({ status: 422, found: 'fork' });
    expect(said(await bodyOf(log, 9, 9))).toMatchObject({ status: 200 });
  });

  it('is given out only once it is on disk, and another process knows it', async () => {
    const { dir, folder } = witness();
    const log = await logOf(leaves(4));
    const admitted = admit(folder, key, await bodyOf(log), new Date());
    const again = openWitness(dir);
    onTestFinished(() => again[Symbol.dispose]());
    expect(again.last(ORIGIN)).toMatchObject({ size: 4, note: admitted.status === 200 ? admitted.note : '' });
    expect(admit(again, key, await bodyOf(log), new Date())).toEqual({ status: 409, size: 4 });
  });

  it('is served over HTTP, and shows what was seen last', async () => {
    const { folder, dir } = witness();
    const forks: string[] = [];
    const server = await serveWitness(folder, key, { host: '127.0.0.1', port: 0 }, (file) => forks.push(file));
    onTestFinished(() => server[Symbol.asyncDispose]());
    const log = await logOf(leaves(4));
    const send = async (body: string) => fetch(`${server.url}/add-checkpoint`, { method: 'POST', body });
    const path = `${server.url}/${createHash('sha256').update(ORIGIN).digest('hex')}/checkpoint`;
    expect((await fetch(path)).status).toBe(404);
    const lines = await (await send(await bodyOf(log))).text();
    const note = readNote(`${await log.checkpoint()}${lines}`);
    expect(note && cosignaturesOf(note, [folder.key])).toHaveLength(1);
    expect(await (await fetch(path)).text()).toBe(`${await log.checkpoint()}${lines}`);
    const conflict = await send(await bodyOf(log));
    expect([conflict.status, conflict.headers.get('content-type'), await conflict.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '4\n',
    ]);
    const forked = await logOf(leaves(4).with(0, leafHash('rewritten')));
    const stuffed = `${await bodyOf(forked, 4, 4)}— stranger.example ${Buffer.alloc(68, 1).toString('base64')}\n`;
    for (const body of [await bodyOf(forked, 4, 4), stuffed]) expect((await send(body)).status).toBe(422);
    expect((await send('x'.repeat(200_000))).status).toBe(413);
    // However often and with whatever below it is brought: one fork, one file.
    expect(new Set(forks)).toEqual(
      new Set(readdirSync(dir).flatMap((name) => (/^fork-/.test(name) ? [join(dir, name)] : []))),
    );
    expect(new Set(forks).size).toBe(1);
  });
});

describe('a look', () => {
  it('cosigns what goes on from what was seen, and brings it to the center', async () => {
    const { folder } = witness();
    const log = await logOf(leaves(5));
    const { url, posted } = await show({ log });
    const watched = { url, key, post: true };
    expect(await lookAt(folder, watched)).toEqual({ found: 'cosigned', size: 5, posted: true });
    await log.add(leafHash('more'));
    expect(await lookAt(folder, watched)).toEqual({ found: 'cosigned', size: 6, posted: true });
    expect(await lookAt(folder, { ...watched, post: false })).toEqual({ found: 'same', size: 6 });
    expect(posted.map((note) => cosignaturesOf(readNote(note) as never, [folder.key]).length)).toEqual([1, 1]);
  });

  it('at two trees of one size ends with both checkpoints as evidence', async () => {
    const { folder } = witness();
    const shown: { log: SmallLog; size?: number } = { log: await logOf(leaves(8)) };
    const { url } = await show(shown);
    const watched = { url, key, post: false };
    await lookAt(folder, watched);
    shown.log = await logOf(leaves(8).with(7, leafHash('rewritten')));
    const look = await lookAt(folder, watched);
    expect(look).toMatchObject({ found: 'forked' });
    const evidence = JSON.parse(readFileSync(look.found === 'forked' ? look.evidence : '', 'utf8'));
    const sizes = [evidence.first, evidence.second].map((note: string) => readNote(note)?.text.split('\n')[1]);
    expect(sizes).toEqual(['8', '8']);
    expect(folder.last(ORIGIN)?.size).toBe(8);
  });

  it.each<[string, (log: SmallLog) => Promise<{ log: SmallLog; size?: number }>]>([
    ['another tree that is larger', async () => ({ log: await logOf(leaves(12).with(3, leafHash('rewritten'))) })],
    ['another tree that is smaller', async () => ({ log: await logOf(leaves(5).with(3, leafHash('rewritten'))) })],
    ['fewer entries, and that it has no more', async (log) => ({ log, size: 5 })],
  ])('at %s finds no proof, holds that against nobody, and cosigns nothing', async (_, change) => {
    const { folder, dir } = witness();
    const shown: { log: SmallLog; size?: number } = { log: await logOf(leaves(8)) };
    const { url } = await show(shown);
    const watched = { url, key, post: false };
    await lookAt(folder, watched);
    Object.assign(shown, await change(shown.log));
    expect(await lookAt(folder, watched)).toMatchObject({ found: 'unproven' });
    expect(readdirSync(dir).filter((name) => name.startsWith('fork'))).toEqual([]);
    expect(folder.last(ORIGIN)?.size).toBe(8);
  });

  it('at an older answer of the same log finds it behind, and nothing wrong', async () => {
    const { folder } = witness();
    const log = await logOf(leaves(8));
    admit(folder, key, await bodyOf(log), new Date());
    const server = await show({ log });
    const older = { checkpoint: await log.checkpoint([], 5) };
    const proxy = createServer(async (request, response) => {
      if (request.url === '/checkpoint') return response.end(older.checkpoint);
      return response.end(await (await fetch(`${server.url}${request.url}`)).text());
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    onTestFinished(() => void proxy.close());
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    expect(await lookAt(folder, { url, key, post: false })).toEqual({ found: 'behind', size: 5 });
  });

  it('at a line that breaks finds nothing out', async () => {
    const { folder, dir } = witness();
    const shown = { log: await logOf(leaves(8)), broken: false };
    const { url } = await show(shown);
    await lookAt(folder, { url, key, post: false });
    await shown.log.add(leafHash('more'));
    shown.broken = true;
    expect(await lookAt(folder, { url, key, post: false })).toMatchObject({ found: 'unproven' });
    expect(await lookAt(folder, { url: 'http://127.0.0.1:9', key, post: false })).toMatchObject({ found: 'silent' });
    expect(readdirSync(dir).filter((name) => name.startsWith('fork'))).toEqual([]);
    expect(writeNote('a\n', ['b'])).toBe('a\n\nb\n');
  });
});

describe('a look at somebody who answers without an end', () => {
  it('reads no more than a checkpoint has', async () => {
    const { folder } = witness();
    const { url, sent } = await answeringWithoutEnd();
    expect(await lookAt(folder, { url, key, post: false })).toMatchObject({ found: 'silent' });
    expect(sent()).toBeLessThan(32_000_000);
  });

  it('reads no more than a proof has, and finds none', async () => {
    const { folder } = witness();
    const log = await logOf(leaves(5));
    admit(folder, key, await bodyOf(log), new Date());
    await log.add(leafHash('more'));
    const { url, sent } = await answeringWithoutEnd(async (path) =>
      path === '/checkpoint' ? log.checkpoint() : undefined,
    );
    expect(await lookAt(folder, { url, key, post: false })).toMatchObject({ found: 'unproven' });
    expect(sent()).toBeLessThan(32_000_000);
  });
});

describe('exam-station witness', () => {
  const cli = (...args: readonly string[]) =>
    new Promise<{ code: number | null; out: string }>((done) => {
      const child = spawn(process.execPath, [resolve(import.meta.dirname, '../main.ts'), 'witness', ...args]);
      let out = '';
      child.stdout.on('data', (piece) => {
        out += piece;
      });
      child.on('close', (code) => done({ code, out }));
    });

  it('says by its exit code what it found', async () => {
    const dir = join(temporaryFolder(), 'w');
    const made = await cli('init', '--dir', dir, '--name', 'witness.example/1', '--json');
    expect(JSON.parse(made.out)).toMatchObject({ ok: true, key: expect.stringContaining('witness.example/1+') });
    expect((await cli('init', '--dir', dir, '--name', 'again')).code).toBe(2);
    const shown = { log: await logOf(leaves(3)) };
    const { url } = await show(shown);
    const check = () => cli('check', '--dir', dir, '--log', url, '--key', writeNoteKey(key), '--json');
    expect((await check()).code).toBe(0);
    shown.log = await logOf(leaves(2).with(0, leafHash('rewritten')));
    const unproven = await check();
    expect([unproven.code, JSON.parse(unproven.out)]).toMatchObject([
      5,
      { ok: false, reason: 'log-unproven', found: 'unproven' },
    ]);
    shown.log = await logOf(leaves(3).with(0, leafHash('rewritten')));
    const forked = await check();
    expect([forked.code, JSON.parse(forked.out)]).toMatchObject([
      4,
      { ok: false, reason: 'log-forked', found: 'forked' },
    ]);
    expect((await cli('check', '--dir', dir, '--log', url, '--key', 'x')).code).toBe(2);
  });
});

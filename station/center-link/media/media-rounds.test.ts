import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { EXAM, PICTURE } from '../../../authoring/bank.fixture.ts';
import { FILM, LEARNING, PAPER } from '../../../authoring/course.fixture.ts';
import { spanOf } from '../../../contract/page/media.ts';
import { paths } from '../../../contract/station-center/center-api.ts';
import { sha256 } from '../../../proof/index.ts';
import { openTinyCenter } from '../../../proof/proof.fixture.ts';
import { eventually } from '../../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { openGrants } from '../../keep/grants/index.ts';
import { openIdentity } from '../../keep/identity/index.ts';
import { type MediaStore, openMediaStore } from '../../keep/media/index.ts';
import { openRoster } from '../../keep/roster/index.ts';
import { assignmentOf, manualClock } from '../../station.fixture.ts';
import { openCenterClient } from '../center-client.ts';
import { startMediaRounds } from './index.ts';

const ALL = [FILM, PAPER, PICTURE];
const HASHES = ALL.map(sha256);
type Answer = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => void;

/** As a center does it, parts included. */
const inParts: Answer = ({ headers }, response, bytes) => {
  const span = spanOf(headers.range, bytes.length);
  if (span === 'unsatisfiable') return void response.writeHead(416).end();
  if (span === 'whole') return void response.writeHead(200).end(bytes);
  const { from, to } = span;
  response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}` });
  response.end(bytes.subarray(from, to + 1));
};

/** What was sent is on the station's disk. */
function onceHere(response: ServerResponse, bytes: Buffer, media: MediaStore, then: () => void): void {
  const timer = setInterval(() => {
    if (media.partOf(sha256(bytes)) === 0) return;
    clearInterval(timer);
    then();
  }, 5);
  response.on('close', () => clearInterval(timer));
}

/** The line breaks once so many bytes are through. */
function breakOff(response: ServerResponse, bytes: Buffer, after: number, media: MediaStore): void {
  response.writeHead(200, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, after));
  onceHere(response, bytes, media, () => response.destroy());
}

async function open({ exams = [EXAM, LEARNING] as object[], data = temporaryFolder() } = {}) {
  const asked: string[] = [];
  const state = { answer: inParts, busy: false, changes: 0 };
  const server = createServer((request, response) => {
    const [, kind, hash] = /^\/v1\/(media|pictures)\/([0-9a-f]{64})$/.exec(request.url ?? '') ?? [];
    asked.push(`${kind} ${ALL.findIndex((one) => sha256(one) === hash)} ${request.headers.range ?? 'whole'}`);
    const bytes = ALL.find((one) => sha256(one) === hash);
    if (!bytes || (kind === 'pictures') !== (bytes === PICTURE)) return void response.writeHead(404).end();
    state.answer(request, response, bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [database, vault, clock] = [openDatabase(':memory:'), openVault(randomBytes(32)), manualClock()];
  const identity = openIdentity(database, vault);
  identity.saveEnrolment(openTinyCenter().enrol(identity.signer.publicKey));
  const roster = openRoster(database, vault);
  roster.apply(assignmentOf({ exams }));
  const media = openMediaStore(data);
  const logged: string[] = [];
  const rounds = startMediaRounds({
    ...{ data, media, roster, identity, clock, grants: openGrants(database, () => identity.enrolment) },
    client: openCenterClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, identity, clock),
    busy: () => state.busy,
    onChange() {
      state.changes += 1;
    },
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await rounds.stop();
    server.close();
  });
  return { data, media, rounds, asked, state, clock, logged };
}

it('what courses show comes from the center, the smallest first, and is asked for once', async () => {
  const { media, rounds, asked, state } = await open();
  await rounds.turn();
  await rounds.turn();
  expect(HASHES.map(media.has)).toEqual([true, true, true]);
  expect(asked).toEqual(['media 1 whole', 'media 0 whole', 'pictures 2 whole']);
  expect(state.changes).toBe(3);
});

it('where no course is assigned nothing is asked for', async () => {
  const { rounds, asked } = await open({ exams: [EXAM] });
  await rounds.turn();
  expect(asked).toEqual([]);
});

it('a film that breaks off goes on from there after a while', async () => {
  const { media, rounds, asked, state, clock } = await open();
  state.answer = (request, response, bytes) => {
    if (bytes !== FILM) return inParts(request, response, bytes);
    breakOff(response, bytes, 2_000, media);
  };
  await rounds.turn();
  expect([media.has(sha256(FILM)), media.partOf(sha256(FILM))]).toEqual([false, 2_000]);
  state.answer = inParts;
  await rounds.turn();
  expect(media.has(sha256(FILM))).toBe(false);
  clock.advance(61_000);
  await rounds.turn();
  expect(media.read(sha256(FILM))).toEqual(FILM);
  expect(asked.at(-1)).toBe('media 0 bytes=2000-');
});

it('a center that knows no parts, or has fewer bytes than are here, sends all of it', async () => {
  const { media, rounds, state, clock } = await open();
  state.answer = (request, response, bytes) =>
    bytes === PICTURE ? inParts(request, response, bytes) : breakOff(response, bytes, bytes.length - 1, media);
  await rounds.turn();
  expect(media.partOf(sha256(PAPER))).toBe(PAPER.length - 1);
  // One byte too many of something else lies there: what is asked for cannot be given.
  writeFileSync(join(media.folder, `${sha256(PAPER)}.part`), Buffer.alloc(PAPER.length));
  state.answer = (request, response, bytes) =>
    bytes === FILM ? void response.writeHead(200).end(bytes) : inParts(request, response, bytes);
  clock.advance(61_000);
  await rounds.turn();
  expect(HASHES.map(media.has)).toEqual([true, true, true]);
});

it('what is not what it is called is not kept, and keeps the others from nothing', async () => {
  const { media, rounds, state, logged } = await open();
  state.answer = (request, response, bytes) =>
    inParts(request, response, bytes === FILM ? Buffer.from(bytes).fill('x', 9, 20) : bytes);
  await rounds.turn();
  expect(HASHES.map(media.has)).toEqual([false, true, true]);
  expect(media.partOf(sha256(FILM))).toBe(0);
  expect(logged.join('')).toContain('hash-mismatch');
});

it('while somebody sits an exam nothing is fetched, and a film that comes stops', async () => {
  const { media, rounds, asked, state } = await open();
  state.busy = true;
  await rounds.turn();
  expect(asked).toEqual([]);
  state.busy = false;
  state.answer = (request, response, bytes) => {
    if (bytes !== FILM) return inParts(request, response, bytes);
    response.writeHead(200);
    response.write(bytes.subarray(0, 1_000));
    onceHere(response, bytes, media, () => {
      state.busy = true;
      response.end(bytes.subarray(1_000));
    });
  };
  await rounds.turn();
  expect([media.has(sha256(PAPER)), media.has(sha256(FILM)), media.has(sha256(PICTURE))]).toEqual([true, false, false]);
  expect(media.partOf(sha256(FILM))).toBe(1_000);
});

it('a station that ends breaks off what comes', async () => {
  const { rounds, asked, state, media } = await open();
  state.answer = (request, response, bytes) => {
    if (bytes !== FILM) return inParts(request, response, bytes);
    response.writeHead(200);
    response.write(bytes.subarray(0, 1_000));
  };
  void rounds.turn();
  await eventually(() => expect(asked).toContain('media 0 whole'));
  await rounds.stop();
  expect(media.has(sha256(FILM))).toBe(false);
});

it('what lies in the inbox is taken, whatever it is called, once a course shows it', async () => {
  const { data, media, rounds, asked, state } = await open();
  state.busy = true;
  const inbox = join(data, 'inbox/media');
  writeFileSync(join(inbox, '影片 (1).mp4'), FILM);
  writeFileSync(join(inbox, 'holiday.mp4'), 'nobody asked for it');
  await rounds.turn();
  // What is new may still be growing.
  expect(media.has(sha256(FILM))).toBe(false);
  await rounds.turn();
  expect(media.read(sha256(FILM))).toEqual(FILM);
  expect(readdirSync(inbox)).toEqual(['holiday.mp4']);
  expect(existsSync(join(data, 'media', sha256('nobody asked for it')))).toBe(false);
  expect(asked).toEqual([]);
});

it('the path of a file is the one that the center answers', () => {
  expect(paths.media(sha256(FILM))).toBe(`/v1/media/${sha256(FILM)}`);
});

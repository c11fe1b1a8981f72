import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from '../../../contract/words/reasons.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { fetchModel, type WantedModel } from './fetch-models.ts';

const WEIGHTS = randomBytes(200_000);
const MODEL: WantedModel = {
  file: 'net.onnx',
  sha256: createHash('sha256').update(WEIGHTS).digest('hex'),
  bytes: WEIGHTS.length,
};

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`;
}

/** A server that knows ranges, and what was asked of it. */
async function honest() {
  const asked: string[] = [];
  const mirror = await serve(({ url, headers: { range = 'all' } }, response) => {
    asked.push(`${url} ${range}`);
    const from = Number(/bytes=(\d+)-/.exec(range)?.[1] ?? 0);
    response.writeHead(range === 'all' ? 200 : 206).end(WEIGHTS.subarray(from));
  });
  return { mirror, asked };
}

const refusalOf = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => (error instanceof Refusal ? error : Promise.reject(error)),
  );

describe('fetching weights', () => {
  it('brings them whole, says how far it is, and fetches nothing twice', async () => {
    const { mirror, asked } = await honest();
    const folder = temporaryFolder();
    const seen: number[] = [];
    expect(await fetchModel(MODEL, folder, mirror, (bytes) => seen.push(bytes))).toBe('fetched');
    expect(readFileSync(join(folder, MODEL.file)).equals(WEIGHTS)).toBe(true);
    expect(seen.at(-1)).toBe(MODEL.bytes);
    expect(await fetchModel(MODEL, folder, mirror, () => undefined)).toBe('there');
    expect(asked).toEqual(['/mirror/net.onnx all']);
  });

  it('goes on where it was cut off', async () => {
    const { mirror, asked } = await honest();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'net.onnx.part'), WEIGHTS.subarray(0, 150_000));
    expect(await fetchModel(MODEL, folder, mirror, () => undefined)).toBe('fetched');
    expect(asked).toEqual(['/mirror/net.onnx bytes=150000-']);
    expect(existsSync(join(folder, 'net.onnx.part'))).toBe(false);
  });

  it('begins again where more was kept than there should be', async () => {
    const { mirror, asked } = await honest();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'net.onnx.part'), randomBytes(MODEL.bytes + 1));
    expect(await fetchModel(MODEL, folder, mirror, () => undefined)).toBe('fetched');
    expect(asked).toEqual(['/mirror/net.onnx all']);
  });

  it('begins again where the server knows no ranges', async () => {
    const mirror = await serve((_, response) => void response.end(WEIGHTS));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'net.onnx.part'), WEIGHTS.subarray(0, 150_000));
    expect(await fetchModel(MODEL, folder, mirror, () => undefined)).toBe('fetched');
  });

  it('follows a publisher that moved', async () => {
    const { mirror } = await honest();
    const moved = await serve(
      ({ url }, response) => void response.writeHead(302, { location: new URL(url ?? '', mirror).href }).end(),
    );
    expect(await fetchModel(MODEL, temporaryFolder(), moved, () => undefined)).toBe('fetched');
  });

  it('gives up on one that moves in circles', async () => {
    const circle = await serve(({ url }, response) => void response.writeHead(302, { location: url }).end());
    expect((await refusalOf(fetchModel(MODEL, temporaryFolder(), circle, () => undefined))).reason).toBe(
      'download-failed',
    );
  });

  it('replaces a file of that name that is another', async () => {
    const { mirror } = await honest();
    const folder = temporaryFolder();
    writeFileSync(join(folder, MODEL.file), 'another');
    expect(await fetchModel(MODEL, folder, mirror, () => undefined)).toBe('fetched');
  });

  it('keeps what came before the line broke, and says so', async () => {
    const mirror = await serve((_, response) => {
      response.writeHead(200, { 'content-length': WEIGHTS.length });
      response.write(WEIGHTS.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 50));
    });
    const folder = temporaryFolder();
    expect((await refusalOf(fetchModel(MODEL, folder, mirror, () => undefined))).reason).toBe('download-failed');
    expect(existsSync(join(folder, MODEL.file))).toBe(false);
    expect(readFileSync(join(folder, 'net.onnx.part')).length).toBeGreaterThan(0);
    const { mirror: better } = await honest();
    expect(await fetchModel(MODEL, folder, better, () => undefined)).toBe('fetched');
  });

  it.each<[string, RequestListener, string]>([
    ['other bytes', (_, response) => void response.end(randomBytes(MODEL.bytes)), 'models-altered'],
    ['too much', (_, response) => void response.end(randomBytes(MODEL.bytes * 3)), 'download-failed'],
    ['too little', (_, response) => void response.end('short'), 'download-failed'],
    ['nothing there', (_, response) => void response.writeHead(404).end(), 'download-failed'],
  ])('never gives the name to %s', async (_, answer, reason) => {
    const folder = temporaryFolder();
    const refused = await refusalOf(fetchModel(MODEL, folder, await serve(answer), () => undefined));
    expect([refused.reason, existsSync(join(folder, MODEL.file))]).toEqual([reason, false]);
  });

  it('says where nobody publishes them', async () => {
    expect(await fetchModel(MODEL, temporaryFolder(), undefined, () => undefined)).toBe('unpublished');
  });
});

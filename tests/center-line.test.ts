import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCenter, type TestCenter } from '../center/testing/index.ts';
import { OWN_FILE } from '../center/tls/index.ts';
import { openOperator } from '../cli/operator.ts';
import { logPaths } from '../contract/log/log-api.ts';
import { paths } from '../contract/station-center/center-api.ts';
import { openCenterLine, wayTo, whoAnswers } from '../proof/center-line/index.ts';
import { newSigner } from '../proof/proof.fixture.ts';
import { refusalOf } from './kit/refusals.ts';

let center: TestCenter & { url: string };
beforeAll(async () => {
  const open = await openTestCenter({ tls: 'own' });
  center = { ...open, url: await open.app.listen({ host: '127.0.0.1', port: 0 }) };
});
afterAll(() => center.close());

const lineOf = (key = center.secrets.centerKey) => openCenterLine(center.url, { key: () => key });

/** The certificate that whoever connects is shown. */
async function shown(): Promise<string> {
  const socket = connectTls({ port: Number(new URL(center.url).port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 = '' } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256.replaceAll(':', '').toLowerCase();
}

describe('where an address leads', () => {
  it.each([
    ['https://center.example', 'tls'],
    ['https://127.0.0.1:8480', 'tls'],
    ['http://127.0.0.1:8480', 'this-machine'],
    ['http://127.1.2.3', 'this-machine'],
    ['http://localhost:1', 'this-machine'],
    ['http://[::1]:1', 'this-machine'],
    ['http://2130706433:8480', 'this-machine'],
    ['http://10.0.0.5', 'plain'],
    ['http://127.0.0.1.example', 'plain'],
    ['http://localhost.example', 'plain'],
    ['http://center', 'plain'],
  ])('%s: %s', (url, way) => {
    expect(wayTo(url)).toBe(way);
  });
});

describe('a center with a certificate of its own', () => {
  it('keeps it for its own user alone, and shows it', async () => {
    const file = join(center.center.data, OWN_FILE);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/BEGIN CERTIFICATE.*BEGIN PRIVATE KEY/s);
    expect(await shown()).toBe(center.tls?.current.fingerprint);
  });

  it('is known by its key: what the key has signed is taken, without an authority', async () => {
    const line = lineOf();
    expect(line.vouched).toBeUndefined();
    const reply = await line.ask(paths.health);
    expect([reply.status, line.vouched]).toEqual([200, 'center-key']);
    expect((await whoAnswers(center.url)).certificates).toEqual([center.tls?.current.fingerprint]);
  });

  it('is not taken by whoever does not know its key, or knows another', async () => {
    expect(await refusalOf(openCenterLine(center.url).ask(paths.health))).toBe('center-certificate-other');
    expect(await refusalOf(lineOf(newSigner().publicKey).ask(paths.health))).toBe('center-other');
  });

  it('is asked many things at once, long answers and bodies among them', async () => {
    const line = lineOf();
    const operator = { authorization: `Bearer ${center.secrets.operatorToken}` };
    const picture = Buffer.alloc(300_000, 7);
    const asked = [
      line.ask(logPaths.checkpoint),
      line.ask('/v1/operator/overview', { headers: operator }),
      line.ask('/v1/operator/pictures', {
        ...{ method: 'POST', body: picture },
        headers: { ...operator, 'content-type': 'application/octet-stream' },
      }),
      line.ask('/style.css'),
    ];
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    // It is no picture, and the center has read all of it to say so.
    expect(statuses[2]).toBe(422);
  });

  it('is known by its key at a station whose clock is years off, too', async () => {
    const old = await openTestCenter({ tls: 'own', now: () => new Date('2020-01-01') });
    const url = await old.app.listen({ host: '127.0.0.1', port: 0 });
    try {
      expect(old.tls?.current.until.getUTCFullYear()).toBe(2020);
      expect((await openCenterLine(url, { key: () => old.secrets.centerKey }).ask(paths.health)).status).toBe(200);
    } finally {
      await old.close();
    }
  });

  it('makes it anew before it ends, and whoever knows the key goes on', async () => {
    let at = Date.now();
    const young = await openTestCenter({ tls: 'own', now: () => new Date(at) });
    const url = await young.app.listen({ host: '127.0.0.1', port: 0 });
    try {
      const ask = () => openCenterLine(url, { key: () => young.secrets.centerKey }).ask(paths.health);
      const first = young.tls?.current.fingerprint;
      await young.tls?.look();
      expect(young.tls?.current.fingerprint).toBe(first);
      at += 336 * 86_400_000;
      await young.tls?.look();
      expect(young.tls?.current.fingerprint).not.toBe(first);
      expect((await ask()).status).toBe(200);
    } finally {
      await young.close();
    }
  });

  it('tells no browser to come by https alone, and gives it a cookie for https', async () => {
    const reply = await lineOf().ask(`/?token=${center.secrets.operatorToken}`);
    expect(reply.headers.get('strict-transport-security')).toBeNull();
    expect(reply.headers.get('set-cookie')).toContain('; Secure');
  });

  it('hears operators who know its key', async () => {
    expect(await refusalOf(openOperator(center.url, center.secrets.operatorToken).overview())).toBe(
      'center-certificate-other',
    );
    process.env.EXAM_CENTER_KEY = center.secrets.centerKey;
    try {
      expect((await openOperator(center.url, center.secrets.operatorToken).overview()).exams).not.toEqual([]);
    } finally {
      delete process.env.EXAM_CENTER_KEY;
    }
  });

  it('sees what comes in a body, so that a body that hardly comes is still not waited for', async () => {
    const socket = connectTls({ port: Number(new URL(center.url).port), rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const asked = once(center.app.server, 'request') as Promise<[IncomingMessage]>;
    socket.write(`POST ${paths.enrol} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`);
    socket.write('content-length: 9000\r\n\r\n');
    const [{ socket: theirs }] = await asked;
    const before = theirs.bytesRead;
    socket.write(Buffer.alloc(5_000, 32));
    await expect.poll(() => theirs.bytesRead - before).toBeGreaterThanOrEqual(5_000);
    socket.destroy();
  });
});

describe('a line without TLS', () => {
  it('to another machine is refused before anything is sent, unless somebody said that it may be', async () => {
    const url = 'http://192.0.2.1';
    expect(await refusalOf(openCenterLine(url).ask('/'))).toBe('center-plain');
    const signal = AbortSignal.timeout(50);
    expect(await refusalOf(openCenterLine(url, { plain: () => true }).ask('/', { signal }))).toBe('center-down');
  });

  it('goes nowhere else where it is sent on', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(307, { location: `http://localhost:${(server.address() as AddressInfo).port}/caught` }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const line = openCenterLine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { status } = await line.ask('/v1/stations', { method: 'POST', body: '{"code":"ABCD"}' });
    server.close();
    expect([status, asked]).toEqual([307, ['POST /v1/stations']]);
  });

  it('asks no other address than that of the center', async () => {
    expect(await refusalOf(openCenterLine('http://127.0.0.1:9').ask('https://other.example/'))).toBe('center-refused');
    expect(await refusalOf(openCenterLine('http://127.0.0.1:9').ask('//other.example/'))).toBe('center-refused');
  });
});

it('what speaks no TLS is no center behind https', async () => {
  const server = createServer((_, response) => response.end('{}'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await refusalOf(openCenterLine(url, { key: () => center.secrets.centerKey }).ask('/'))).toBe('center-down');
  server.close();
});

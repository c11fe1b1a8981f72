import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { FILM } from '../../../authoring/course.fixture.ts';
import type { Transport } from '../../../contract/page/rpc/transport.ts';
import { zipOf } from '../../../courseware/package.fixture.ts';
import { sha256 } from '../../../proof/index.ts';
import { eventually } from '../../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { uncaughtDuring } from '../../../tests/kit/uncaught.ts';
import { openBrowserHost } from './browser-host.ts';

const PACKAGE = zipOf({ 'index.html': '<p>课' });

type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

async function open(attach: (transport: Transport) => boolean = () => true) {
  const folder = temporaryFolder();
  const page = join(folder, 'page');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), '<title>考站</title>');
  writeFileSync(join(page, 'app.js'), '// page');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  mkdirSync(join(folder, 'media'));
  writeFileSync(join(folder, 'media', sha256(FILM)), FILM);
  mkdirSync(join(page, 'player'));
  writeFileSync(join(page, 'player/player.html'), 'player');
  writeFileSync(join(folder, 'media', sha256(PACKAGE)), PACKAGE);
  writeFileSync(join(folder, 'media', `${sha256(FILM)}.part`), 'secret');
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const host = await openBrowserHost({ page, media: join(folder, 'media'), port: 0, attach, log });
  const url = new URL(host.url);
  onTestFinished(() => Promise.race([host.close(), new Promise<void>((resolve) => setTimeout(resolve, 500))]));
  return { host, logged, port: Number(url.port), token: url.hash.slice(1), origin: url.origin };
}
type Host = Awaited<ReturnType<typeof open>>;

/** One request, its path sent exactly as written. */
function get({ port }: Host, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  httpRequest({ host: '127.0.0.1', port, path, headers, agent: false }, async (response) => {
    const body = Buffer.concat(await response.toArray()).toString();
    resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
  })
    .on('error', reject)
    .end();
  return promise;
}

/** A WebSocket as the page opens it, but for what the test changes. @returns `open`, or the status it was refused with */
function knock(host: Host, changes: { protocols?: string[]; headers?: Record<string, string> } = {}) {
  const { protocols = ['exam-station', host.token], headers = {} } = changes;
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/`, protocols, {
    headers: { origin: host.origin, ...headers },
  });
  onTestFinished(() => socket.terminate());
  const answer = Promise.withResolvers<string>();
  socket.on('open', () => answer.resolve('open'));
  socket.on('error', (error) => answer.resolve(/response: (\d+)/.exec(error.message)?.[1] ?? error.message));
  return { socket, answer: answer.promise };
}

/** An upgrade request as bytes, for what no WebSocket client would send. */
function upgrade({ port, origin }: Host, protocols: string): Buffer {
  const lines = [
    'GET / HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: ${protocols}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function tcp({ port }: Host, allowHalfOpen = false): Promise<Socket> {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const socket = connectTcp({ port, host: '127.0.0.1', allowHalfOpen }, () => resolve(socket));
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return promise;
}

const within = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('too late'), ms));

describe('the page', () => {
  it('is served with a policy that lets in nothing from elsewhere', async () => {
    const host = await open();
    for (const path of ['/', '/app.js', '/nothing']) {
      const { headers } = await get(host, path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      // Packages of courses, each under a name of its own below `localhost`.
      const packages = `frame-src http://*.localhost:${host.port};`;
      expect(policy).toContain(packages);
      expect(policy.replace(packages, '')).not.toMatch(/unsafe|https?:|\s\*/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    }
  });

  it('is what lies in its folder', async () => {
    const host = await open();
    expect(await get(host, '/')).toMatchObject({ status: 200, body: '<title>考站</title>' });
    expect(await get(host, '/app.js')).toMatchObject({ status: 200, body: '// page' });
  });

  it.each([
    '/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/app.js/../../secret.txt',
    '//secret.txt',
    '/%00',
    '/%E0%A4%A',
    '/.env',
  ])('%s is not there', async (path) => {
    const { status, body } = await get(await open(), path);
    expect(body).not.toContain('secret');
    expect(status).toBe(404);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example:80', '127.0.0.1', 'localhost', '[::1]:80'])(
    'is not served under the name "%s"',
    async (host) => {
      expect((await get(await open(), '/', { host })).status).toBe(403);
    },
  );

  it('is reached only from this machine, and its token is in no line of the log', async () => {
    const host = await open();
    expect(host.host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{32}$/);
    await get(host, '/');
    await knock(host).answer;
    await knock(host, { headers: { origin: 'http://evil.example' } }).answer;
    expect(host.logged.join('')).not.toContain(host.token);
  });

  it('has another token at each launch', async () => {
    expect((await open()).token).not.toBe((await open()).token);
  });
});

describe('a film', () => {
  const path = `/media/${sha256(FILM)}`;

  it('comes whole, or the part that is asked for, with its type', async () => {
    const host = await open();
    const whole = await get(host, path);
    expect(whole).toMatchObject({ status: 200, headers: { 'content-type': 'video/webm', 'accept-ranges': 'bytes' } });
    expect(whole.headers['content-length']).toBe(String(FILM.length));
    const part = await get(host, path, { range: 'bytes=4-13' });
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': `bytes 4-13/${FILM.length}` } });
    expect(part.body).toBe(FILM.subarray(4, 14).toString());
    expect((await get(host, path, { range: 'bytes=9999-' })).status).toBe(416);
    expect(String(whole.headers['content-security-policy'])).toContain("media-src 'self'");
  });

  it('is only for our own page, and nothing else lies beside it', async () => {
    const host = await open();
    const from = async (site: string) => (await get(host, path, { 'sec-fetch-site': site })).status;
    expect([await from('same-origin'), await from('cross-site'), await from('same-site')]).toEqual([200, 403, 403]);
    expect((await get(host, path, { host: 'evil.example:80' })).status).toBe(403);
    const others = [
      `${path}.part`,
      '/media/../secret.txt',
      '/media/%2e%2e/secret.txt',
      `/media/${'0'.repeat(64)}`,
      '/media/',
    ];
    for (const other of others) {
      const { status, body } = await get(host, other);
      expect([other, status, body.includes('secret')]).toEqual([other, 404, false]);
    }
  });
});

describe('a package', () => {
  const nameOf = ({ port }: Host): string => `p-${'0'.repeat(32)}.localhost:${port}`;
  const path = `/${sha256(PACKAGE)}/index.html`;

  it('is on an origin of its own, which has nothing of the station’s', async () => {
    const host = await open();
    const own = { host: nameOf(host) };
    expect(await get(host, `${path}?page=2`, own)).toMatchObject({ status: 200, body: '<p>课' });
    expect(await get(host, '/player.html', own)).toMatchObject({ status: 200, body: 'player' });
    for (const other of ['/', '/index.html', '/app.js', `/media/${sha256(FILM)}`, '/%2e%2e/secret.txt'])
      expect([other, (await get(host, other, own)).status]).toEqual([other, 404]);
    expect((await get(host, path)).status).toBe(404);
  });

  it('is shown by the station’s page alone, in every answer', async () => {
    const host = await open();
    for (const asked of [path, '/player.html', '/none']) {
      const { headers } = await get(host, asked, { host: nameOf(host) });
      expect(headers['content-security-policy']).toContain(
        `http://127.0.0.1:${host.port} http://localhost:${host.port}`,
      );
      expect(headers).toMatchObject({
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it('gets no line to the station from there, and puts no program before it', async () => {
    const host = await open();
    const [name, origin] = [nameOf(host), `http://${nameOf(host)}`];
    expect(await knock(host, { headers: { host: name, origin } }).answer).toBe('403');
    expect(await knock(host, { headers: { origin } }).answer).toBe('403');
    expect((await get(host, path, { host: name, 'service-worker': 'script' })).status).toBe(405);
  });
});

describe('a connection', () => {
  it('from our own page is let in and reaches the station, text and bytes', async () => {
    const got: (string | Uint8Array)[] = [];
    const host = await open((transport) => {
      transport.onMessage((message) => void got.push(message));
      transport.send('hello');
      return true;
    });
    const { socket, answer } = knock(host);
    const hello = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    expect([await answer, await hello]).toEqual(['open', 'hello']);
    socket.send('text');
    socket.send(Uint8Array.of(1, 2, 3));
    await expect.poll(() => got).toEqual(['text', Uint8Array.of(1, 2, 3)]);
  });

  it.each<[string, (host: Host) => Parameters<typeof knock>[1]]>([
    ['without a token', () => ({ protocols: ['exam-station'] })],
    ['with a wrong token', ({ token }) => ({ protocols: ['exam-station', token.replace(/./g, 'a')] })],
    ['with a token cut short', ({ token }) => ({ protocols: ['exam-station', token.slice(0, -1)] })],
    ['with the token first', ({ token }) => ({ protocols: [token, 'exam-station'] })],
    ['with another protocol', ({ token }) => ({ protocols: ['other', token] })],
    ['with no protocol at all', () => ({ protocols: [] })],
    ['from a page elsewhere', () => ({ headers: { origin: 'http://evil.example' } })],
    ['from another port of this machine', () => ({ headers: { origin: 'http://127.0.0.1:1' } })],
    ['from a file', () => ({ headers: { origin: 'null' } })],
    ['under another name', () => ({ headers: { host: 'evil.example:80', origin: 'http://evil.example:80' } })],
  ])('%s is refused', async (_, changes) => {
    let attached = 0;
    const host = await open(() => ++attached > 0);
    expect(await knock(host, changes(host)).answer).toBe('403');
    expect(attached).toBe(0);
  });

  it('is closed with 4001 and the reason where another window has the station', async () => {
    let windows = 0;
    const host = await open(() => ++windows === 1);
    const first = knock(host);
    expect(await first.answer).toBe('open');
    const closed = new Promise((resolve) => {
      knock(host).socket.on('close', (code, reason) => resolve([code, String(reason)]));
    });
    expect(await closed).toEqual([4001, 'second-window']);
    expect(first.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is shown the station where the window before it is just going, with everything it said meanwhile', async () => {
    let taken = true;
    const said: unknown[] = [];
    const host = await open((transport) => {
      if (taken) return false;
      transport.onMessage((text) => void said.push(text));
      return true;
    });
    const second = knock(host);
    expect(await second.answer).toBe('open');
    second.socket.send('"early"');
    await new Promise((resolve) => setTimeout(resolve, 200));
    taken = false;
    await eventually(() => expect(said).toEqual(['"early"']));
    expect(second.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('that sends more than a frame can be is closed, and the station goes on', async () => {
    const host = await open();
    const { socket, answer } = knock(host);
    await answer;
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.send(new Uint8Array(24 + 1920 * 1920 * 4 + 1));
    expect(await closed).toBe(1009);
    expect((await get(host, '/')).status).toBe(200);
  });
});

describe('a program on this machine that means harm', () => {
  it('does not end the station with a token of strange letters', async () => {
    const host = await open();
    let answer = 'none';
    const uncaught = await uncaughtDuring(async () => {
      const socket = await tcp(host);
      const first = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data).slice(9, 12))));
      socket.write(upgrade(host, `exam-station, ${'é'.repeat(host.token.length)}`));
      answer = await Promise.race([first, within(500)]);
    });
    expect(uncaught).toEqual([]);
    expect(answer).toBe('403');
  });

  it('does not end the station by hanging up while it is refused', async () => {
    const host = await open();
    const uncaught = await uncaughtDuring(async () => {
      for (let n = 0; n < 20; n++) {
        const socket = await tcp(host);
        const gone = new Promise((resolve) => socket.on('close', resolve));
        socket.write(upgrade(host, 'exam-station, wrong'), () => socket.resetAndDestroy());
        await gone;
      }
      await within(50);
    });
    expect(uncaught).toEqual([]);
  });

  it('is closed after seconds where it opens a line and says nothing, or never ends its request', async () => {
    const host = await open();
    const gone = ['', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '].map(async (said) => {
      const socket = await tcp(host);
      socket.resume();
      socket.write(said);
      await new Promise((resolve) => socket.on('close', resolve));
      return 'closed';
    });
    expect(await Promise.race([Promise.all(gone), within(8_000)])).toEqual(['closed', 'closed']);
  });

  it('keeps no page out by taking the station and then not being there', async () => {
    let seated = 0;
    const host = await open((transport) => {
      if (seated > 0) return false;
      seated += 1;
      transport.onClose(() => {
        seated -= 1;
      });
      return true;
    });
    const silent = await tcp(host);
    silent.write(upgrade(host, `exam-station, ${host.token}`));
    await new Promise((resolve) => silent.once('data', resolve));
    expect(seated).toBe(1);
    await eventually(() => expect(seated).toBe(0));
    const page = knock(host);
    expect(await page.answer).toBe('open');
    await eventually(() => expect(seated).toBe(1));
    // One that is there stays, however long it has nothing to say.
    await within(7_500);
    expect([seated, page.socket.readyState]).toEqual([1, WebSocket.OPEN]);
  });

  it('is turned away a thousand times while the page goes on, and leaves nothing open', async () => {
    const said: string[] = [];
    let seated = false;
    const host = await open((transport) => {
      if (seated) return false;
      seated = true;
      transport.onMessage((text) => void said.push(String(text)));
      return true;
    });
    const page = knock(host);
    expect(await page.answer).toBe('open');
    const ends = Array.from({ length: 1_000 }, async () => {
      const { socket } = knock(host);
      socket.on('open', () => socket.send('{"id":1,"method":"leave","params":{}}'));
      return new Promise((resolve) => socket.on('close', (code, reason) => resolve(`${code} ${reason}`)));
    });
    page.socket.send('here');
    await eventually(() => expect(said).toEqual(['here']));
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['4001 second-window']));
    expect([said, page.socket.readyState]).toEqual([['here'], WebSocket.OPEN]);
  });

  it('does not keep the station from closing by holding on to a refused connection', async () => {
    const host = await open();
    const socket = await tcp(host, true);
    socket.write(upgrade(host, 'exam-station, wrong'));
    await new Promise((resolve) => socket.once('data', resolve));
    expect(await Promise.race([host.host.close().then(() => 'closed'), within(1_000)])).toBe('closed');
  });
});

describe('closing', () => {
  it('ends every connection and frees the port', async () => {
    const host = await open();
    const { socket, answer } = knock(host);
    await answer;
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await host.host.close();
    await closed;
    await expect(get(host, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

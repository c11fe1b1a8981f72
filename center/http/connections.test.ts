import { connect, type Socket } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../tests/kit/eventually.ts';
import { type ConnectionLimits, limitConnections, type Patience, patient, workInSilence } from './connections.ts';

async function listen(limits: Partial<ConnectionLimits> = {}, patience?: Patience) {
  const app = Fastify(patient(patience));
  limitConnections(app, { all: 100, ofOneAddress: 100, windowMs: 200, leastBytes: 10, ...limits });
  app.post('/', async ({ body }) => ({ got: (body as { x: string }).x.length }));
  for (const path of ['/idle', '/silent'])
    app.get(path, async (request) => {
      if (path === '/silent') workInSilence(request);
      await new Promise((resolve) => setTimeout(resolve, 700));
      return 'done';
    });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const { port } = app.server.address() as { port: number };
  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', reject);
      onTestFinished(() => void socket.destroy());
    });
  return { open };
}

const head = (length: number) =>
  `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

describe('a body', () => {
  it('that hardly comes is not waited for', async () => {
    const { open } = await listen();
    const sockets = await Promise.all(Array.from({ length: 40 }, open));
    let ended = 0;
    for (const socket of sockets) {
      socket.on('close', () => (ended += 1));
      socket.write(head(1_000));
      const drip = setInterval(() => socket.writable && socket.write('{'), 50);
      onTestFinished(() => clearInterval(drip));
    }
    await eventually(() => expect(ended).toBe(40));
  });

  it('that comes slowly and steadily is taken, however long that takes', async () => {
    // Each of these bounds is shorter than the body takes.
    const { open } = await listen({}, { headersMs: 100, idleMs: 400, lookMs: 50 });
    const socket = await open();
    const body = JSON.stringify({ x: 'y'.repeat(100) });
    socket.write(head(body.length));
    let reply = '';
    socket.on('data', (data) => (reply += data));
    for (const piece of body.match(/.{1,8}/g) ?? []) {
      socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await eventually(() => expect(reply).toContain('"got":100'));
  });
});

it('work that says nothing for long is not ended as idle where it said so before, and what is idle after it is', async () => {
  const { open } = await listen({}, { headersMs: 60_000, idleMs: 200, lookMs: 50 });
  const served = async (path: string) => {
    const socket = await open();
    let reply = '';
    const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(reply)));
    socket.on('data', (data) => (reply += data));
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    return ended;
  };
  expect(await served('/silent')).toContain('done');
  expect(await served('/idle')).toBe('');
});

it('headers that do not come are not waited for', async () => {
  const { open } = await listen({}, { headersMs: 200, idleMs: 60_000, lookMs: 50 });
  const socket = await open();
  const ended = new Promise((resolve) => socket.on('close', () => resolve('ended')));
  socket.on('data', () => undefined);
  const drip = setInterval(() => socket.writable && socket.write('x'), 20);
  onTestFinished(() => clearInterval(drip));
  socket.write('POST / HTTP/1.1\r\nhost: x\r\nx-slow: ');
  expect(await ended).toBe('ended');
});

it('more connections than there may be are refused, and the others are served', async () => {
  const { open } = await listen({ all: 3 });
  const sockets = await Promise.all([open(), open(), open()]);
  const fourth = await open();
  const refused = new Promise((resolve) => fourth.on('close', () => resolve('refused')));
  expect(await refused).toBe('refused');
  let reply = '';
  sockets[0]?.on('data', (data) => (reply += data));
  sockets[0]?.write(`${head(9)}{"x":"y"}`);
  await eventually(() => expect(reply).toContain('"got":1'));
});
